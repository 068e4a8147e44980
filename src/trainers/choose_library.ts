import { findNativeLibrary, LIBRARY_EXTENSION, NATIVE_FOLDER } from "../kernels/native_library.ts";
import type { Precision } from "../kernels/kernels.ts";
import { UserError } from "../user_error.ts";
import type { KernelsChoice } from "./kernels_choice.ts";
import type { Trainer } from "./trainer.ts";

/** A library of native kernels that may be loaded, and must be compared with WebAssembly's first. */
export interface ChosenLibrary {
  readonly path: string;
  /** Those of the trainers' kernels. */
  readonly precisions: readonly Precision[];
}

/**
 * Finds the library that some trainers' runs may use, if there is one.
 *
 * Code of the user's own must not be able to load anything, so where it trains, in the same workers,
 * there is none.
 *
 * @param onProblem Called with the reason why there is none, if native kernels were asked for.
 * @throws {UserError} If native kernels are required and there is no library of them, or no
 * permission to load it.
 */
export async function chooseLibrary(
  choice: KernelsChoice,
  trainers: readonly Trainer[],
  onProblem: (text: string) => void,
): Promise<ChosenLibrary | undefined> {
  if (choice === "wasm") return undefined;
  const isRequired = choice === "native";
  const precisions = [...new Set(trainers.flatMap(({ precision }) => precision ?? []))];
  const isPossible = precisions.length > 0 && trainers.every(({ own }) => own === undefined);
  if (!isRequired && !isPossible) return undefined;
  const path = await usableLibrary();
  if (typeof path !== "string") {
    if (isRequired) throw new UserError(`Cannot use native kernels: ${path.reason}`);
    return undefined;
  }
  if (isPossible) return { path, precisions };
  onProblem(
    "Native kernels are not used: workers that train with code of your own may not load them",
  );
  return undefined;
}

/** The library that this process may load, or the reason why there is none. */
export async function usableLibrary(): Promise<string | { readonly reason: string }> {
  if (LIBRARY_EXTENSION === undefined) {
    return { reason: `they are not supported on ${Deno.build.os}` };
  }
  const path = await findNativeLibrary();
  if (path === undefined) return { reason: "there are none yet (deno task native compiles them)" };
  const { state } = await Deno.permissions.query({ name: "ffi", path: NATIVE_FOLDER });
  if (state !== "granted") {
    return { reason: `this process may not load them; --allow-ffi=${NATIVE_FOLDER} allows it` };
  }
  return path;
}
