import { compileNative } from "../api/native.ts";
import { listWords } from "../list_words.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Compiles the native kernels for this machine, and compares them with WebAssembly's. */
export async function native({ options: { widths, json } }: Invocation): Promise<number> {
  const { libraries, compiled, isFaster } = await compileNative({ widths });
  if (json) {
    const found = libraries.map(({ path, bits }) => ({ path, bits }));
    print(documentText("native", { compiled, libraries: found, isFaster }));
    return 0;
  }
  const verb = compiled ? "Compiled" : "There already are";
  const all = listWords(libraries.map(({ bits }) => String(bits)), "and");
  print(`${verb} native kernels for vectors of ${all} bits`);
  print(
    isFaster
      ? "sweep and train take them from now on; verify does with --kernels native"
      : "On this processor, WebAssembly is faster: only --kernels native takes them",
  );
  return 0;
}
