import { compileNative } from "../kernels/compile_native.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import { findNativeLibrary, removeOtherLibraries } from "../kernels/native_library.ts";
import { NATIVE_WIDTHS } from "../kernels/native_options.ts";
import { listWords } from "../list_words.ts";
import { settleKernels } from "../trainers/settle_kernels.ts";
import { print, printAside } from "./output.ts";

/** Compiles the native kernels for this machine, and compares them with WebAssembly's. */
export async function native(): Promise<number> {
  const known = await findNativeLibrary();
  const path = await compileNative();
  removeOtherLibraries(path);
  const kernels = await loadKernelsModule();
  const settled = settleKernels({ kernels }, { path, precisions: ["f32", "f64"] });
  if (!settled.native) {
    printAside(settled.problem ?? "");
    return 1;
  }
  const widths = listWords(Object.keys(NATIVE_WIDTHS[Deno.build.arch]), "and");
  const verb = path === known ? "There already are" : "Compiled";
  print(`${verb} native kernels for vectors of ${widths} bits`);
  print(
    `On this processor they use ${settled.native.bits} bits. sweep and train take them from now on; ` +
      "verify does with --kernels native",
  );
  return 0;
}
