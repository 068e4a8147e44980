import { compileNative } from "../kernels/compile_native.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import { findNativeLibraries, removeReplacedLibraries } from "../kernels/native_library.ts";
import { listWords } from "../list_words.ts";
import { isFaster } from "../trainers/choose_library.ts";
import { settleKernels } from "../trainers/settle_kernels.ts";
import { UserError } from "../user_error.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Compiles the native kernels for this machine, and compares them with WebAssembly's. */
export async function native({ options: { widths, json } }: Invocation): Promise<number> {
  const known = (await findNativeLibraries()).map(({ path }) => path);
  const libraries = await compileNative({ widths });
  removeReplacedLibraries(libraries);
  const kernels = await loadKernelsModule();
  for (const library of libraries) {
    const { problem } = settleKernels({ kernels }, { ...library, precisions: ["f32", "f64"] });
    if (problem !== undefined) throw new UserError(problem, 1);
  }
  const isKnown = libraries.every(({ path }) => known.includes(path));
  const isTaken = isFaster(libraries[0]);
  if (json) {
    const found = libraries.map(({ path, bits }) => ({ path, bits }));
    print(documentText("native", { compiled: !isKnown, libraries: found, isFaster: isTaken }));
    return 0;
  }
  const verb = isKnown ? "There already are" : "Compiled";
  const all = listWords(libraries.map(({ bits }) => String(bits)), "and");
  print(`${verb} native kernels for vectors of ${all} bits`);
  print(
    isTaken
      ? "sweep and train take them from now on; verify does with --kernels native"
      : "On this processor, WebAssembly is faster: only --kernels native takes them",
  );
  return 0;
}
