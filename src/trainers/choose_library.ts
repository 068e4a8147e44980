import { callText } from "../called_as.ts";
import { widestVectors } from "../kernels/native_kernels.ts";
import {
  findNativeLibraries,
  LIBRARY_EXTENSION,
  nativeFolder,
  type NativeKernels,
} from "../kernels/native_library.ts";
import type { Precision } from "../kernels/kernels.ts";
import { UserError } from "../user_error.ts";
import type { KernelsChoice } from "./kernels_choice.ts";
import type { Trainer } from "./trainer.ts";

/** A library of native kernels that may be loaded, and must be compared with WebAssembly's first. */
export interface ChosenLibrary extends NativeKernels {
  /** Those of the trainers' kernels. */
  readonly precisions: readonly Precision[];
}

/**
 * Finds the library that some trainers' runs may use on this machine, if there is one.
 *
 * Code of the user's own must not be able to load anything, so where it trains, in the same workers,
 * there is none.
 *
 * @param onProblem Called with the reason why none is used, if native kernels were asked for or there
 * are some.
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
  const isPossible = canUseLibraries(trainers);
  if (!isRequired && !isPossible) return undefined;
  const found = await usableLibrary(choice);
  if ("reason" in found) {
    if (isRequired) throw new UserError(`Cannot use native kernels: ${found.reason}`);
    if (found.isBuilt) onProblem(`Native kernels are not used on this machine: ${found.reason}`);
    return undefined;
  }
  if (isPossible) return { ...found, precisions: precisionsOf(trainers) };
  onProblem(
    "Native kernels are not used: workers that train with code of your own may not load them",
  );
  return undefined;
}

/** Whether some trainers' runs may use a library on other machines, which share this one's folder. */
export async function othersMayUseLibraries(
  choice: KernelsChoice,
  trainers: readonly Trainer[],
): Promise<boolean> {
  if (choice === "wasm" || !canUseLibraries(trainers)) return false;
  return Array.isArray(await loadableLibraries());
}

function canUseLibraries(trainers: readonly Trainer[]): boolean {
  return precisionsOf(trainers).length > 0 && trainers.every(({ own }) => own === undefined);
}

function precisionsOf(trainers: readonly Trainer[]): Precision[] {
  return [...new Set(trainers.flatMap(({ precision }) => precision ?? []))];
}

/** Why no library is used. */
interface Unusable {
  /** In words for a user. */
  readonly reason: string;
  /** Whether there are some that may be loaded. */
  readonly isBuilt?: true;
}

/** The library that this process may load and should, or the reason why there is none. */
export async function usableLibrary(
  choice: Exclude<KernelsChoice, "wasm">,
): Promise<NativeKernels | Unusable> {
  const libraries = await loadableLibraries();
  if ("reason" in libraries) return libraries;
  const widest = widestOf(libraries);
  // One that cannot be loaded is chosen, too: the worker that tries says why.
  const library = libraries.find(({ bits }) => widest === undefined || bits <= widest);
  if (library === undefined) {
    const reason = `they are for vectors wider than this processor's of ${widest} bits (` +
      `${callText(["native"])} adds those)`;
    return { reason, isBuilt: true };
  }
  if (choice === "auto" && !isFaster(library)) {
    const reason = `with vectors of ${library.bits} bits, WebAssembly's are faster (--kernels ` +
      "native uses native ones)";
    return { reason, isBuilt: true };
  }
  return library;
}

/** Whether a library is faster than WebAssembly: with vectors of 128 bits, not on x86. */
export function isFaster({ bits }: NativeKernels): boolean {
  return bits > 128 || Deno.build.arch !== "x86_64";
}

/** The libraries that this process may load, or the reason why there are none. */
async function loadableLibraries(): Promise<readonly NativeKernels[] | Unusable> {
  if (LIBRARY_EXTENSION === undefined) {
    return { reason: `they are not supported on ${Deno.build.os}` };
  }
  const libraries = await findNativeLibraries();
  if (libraries.length === 0) {
    return { reason: `there are none yet (${callText(["native"])} compiles them)` };
  }
  const { state } = await Deno.permissions.query({ name: "ffi", path: nativeFolder() });
  if (state === "granted") return libraries;
  return { reason: `this process may not load them; --allow-ffi=${nativeFolder()} allows it` };
}

/** The widest vectors of this processor, as the first library that can be loaded says. */
function widestOf(libraries: readonly NativeKernels[]): number | undefined {
  for (const { path } of libraries) {
    try {
      return widestVectors(path);
    } catch {
      // Another may know.
    }
  }
  return undefined;
}
