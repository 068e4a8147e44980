import { readOwnFile } from "../files/read_file.ts";

/** Compiles the committed functions of assembly/exact_math.ts; the module can be sent to workers. */
export async function loadMathModule(): Promise<WebAssembly.Module> {
  return await WebAssembly.compile(await readOwnFile(new URL("./math.wasm", import.meta.url)));
}
