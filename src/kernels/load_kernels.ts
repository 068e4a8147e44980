import { readOwnFile } from "../files/read_file.ts";
import type { Kernels, Precision } from "./kernels.ts";

/** Compiles the committed kernels; the module can be sent to workers without compiling it again. */
export async function loadKernelsModule(): Promise<WebAssembly.Module> {
  return await WebAssembly.compile(await readOwnFile(new URL("./kernels.wasm", import.meta.url)));
}

/**
 * Kernels of one precision, with their own memory.
 *
 * The module exports every kernel of the interface by its name: it is compiled that way, and a test
 * compares the committed module with its source.
 */
export function instantiateKernels(module: WebAssembly.Module, precision: Precision): Kernels {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const prefix = `${precision}_`;
  const kernels = Object.entries(exports)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, kernel]) => [name.slice(prefix.length), kernel]);
  return { precision, memory, ...Object.fromEntries(kernels) };
}
