import asc from "assemblyscript/asc";

/** The kernels' source: what the module exports. */
const KERNELS_SOURCE = new URL("./assembly/kernels.ts", import.meta.url);

const OPTIONS = [
  "--outFile=module.wasm",
  "--optimizeLevel=3",
  "--converge",
  "--noAssert",
  "--enable=simd",
  "--runtime=stub",
  "--importMemory",
  "--use=abort=",
];

/**
 * Compiles AssemblyScript: the kernels, or another file with what it imports.
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
      try {
        return Deno.readTextFileSync(new URL(path, folder));
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

if (import.meta.main) {
  const target = new URL("./kernels.wasm", import.meta.url);
  await Deno.writeFile(target, await compileKernels());
}
