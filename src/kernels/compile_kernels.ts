import asc from "assemblyscript/asc";
import { fileURLToPath } from "node:url";
import { namesInSync } from "../files/folders.ts";
import { readOwnFileSync } from "../files/read_file.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { exportSource } from "./_export_source.ts";
import { rowBlockSource } from "./_row_block_source.ts";
import { tileSource } from "./_tile_source.ts";
import { referenceKernels } from "./reference.ts";

const ASSEMBLY = new URL("./assembly/", import.meta.url);

/** The kernels' source: what the module exports. */
const KERNELS_SOURCE = new URL("./exports.ts", ASSEMBLY);

/** The source of the functions that trainers of one's own get: see `ExactMath`. */
export const MATH_SOURCE = new URL("./exact_math.ts", ASSEMBLY);

/**
 * Files that do not exist on disk, but are generated when they are read: exports and unrolled
 * loops.
 */
const WRITTEN_OUT = new Map([
  ["exports.ts", writeExports],
  ["tiles.ts", tileSource],
  ["row_blocks.ts", rowBlockSource],
]);

const OPTIONS = [
  "--outFile=module.wasm",
  // Level 3 moves arithmetic to its last use, which takes more registers than the machine has.
  "--optimizeLevel=2",
  "--noAssert",
  "--enable=simd",
  "--runtime=stub",
  "--importMemory",
  "--noExportMemory",
  // An initial size of 0 would cost a second bounds check per load.
  "--initialMemory=1",
  "--use=abort=",
];

/**
 * Compiles AssemblyScript: the kernels, or another file with its imports.
 *
 * @returns the module's bytes, the same on every machine.
 * @throws {Error} If the source does not compile; the message is the compiler's.
 */
export async function compileKernels(source = KERNELS_SOURCE): Promise<Uint8Array<ArrayBuffer>> {
  const folder = new URL(".", source);
  const name = source.href.slice(folder.href.length);
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main([name, ...OPTIONS], {
    readFile: (path: string) => {
      const write = WRITTEN_OUT.get(path);
      if (write) return write();
      try {
        return readSource(new URL(path, folder));
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return null; // asc tries several places
        throw error;
      }
    },
    writeFile: (_path: string, contents: Uint8Array | string) => {
      if (typeof contents !== "string") wasm = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`Kernels do not compile: ${error?.message}\n${stderr}`);
  return wasm;
}

/** Exports of every kernel: the interface lists them for the type checker, its twins at run time. */
function writeExports(): string {
  const { precision: _, memory: __, ...twins } = referenceKernels(
    "f32",
    new WebAssembly.Memory({ initial: 1 }),
  );
  const files = namesInSync(fileURLToPath(ASSEMBLY)).sort();
  const texts = files.map((name): [string, string] => [
    name.replace(/\.ts$/, ""),
    readSource(new URL(name, ASSEMBLY)),
  ]);
  return exportSource(Object.keys(twins), new Map(texts));
}

function readSource(url: URL): string {
  return new TextDecoder().decode(readOwnFileSync(url));
}

if (import.meta.main) {
  const sources = { "kernels.wasm": KERNELS_SOURCE, "math.wasm": MATH_SOURCE };
  for (const [name, source] of Object.entries(sources)) {
    const target = new URL(name, import.meta.url);
    await writeFileAtomically(fileURLToPath(target), await compileKernels(source));
  }
}
