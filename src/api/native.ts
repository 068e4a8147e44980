import type { WidthsChoice } from "../kernels/native_options.ts";
import { UserError } from "../user_error.ts";

/** Native kernels that give the same bits as those of WebAssembly. */
export interface NativeCompilation {
  /** The libraries with the bits of their vectors, that of the widest first. */
  readonly libraries: readonly { readonly path: string; readonly bits: number }[];
  /** False if all of them were there. */
  readonly compiled: boolean;
  /** Whether they are faster than WebAssembly on this processor, so that `auto` takes them. */
  readonly isFaster: boolean;
}

/**
 * Compiles the native kernels with this machine's C compiler, and compares what they compute with
 * WebAssembly's.
 *
 * @example
 * ```ts
 * import { compileNative } from "@regsweep/regsweep";
 *
 * for (const { path, bits } of (await compileNative()).libraries) console.log(bits, path);
 * ```
 *
 * @param options.widths `widest` of the vectors that this processor has, if not given.
 * @throws {UserError} If there is no C compiler, it fails, or the kernels give other bits.
 */
export async function compileNative(
  { widths }: { readonly widths?: WidthsChoice } = {},
): Promise<NativeCompilation> {
  const [{ compileNative: compile }, { loadKernelsModule }, native, { isFaster }, settled] =
    await Promise.all([
      import("../kernels/compile_native.ts"),
      import("../kernels/load_kernels.ts"),
      import("../kernels/native_library.ts"),
      import("../trainers/choose_library.ts"),
      import("../trainers/settle_kernels.ts"),
    ]);
  const known = (await native.findNativeLibraries()).map(({ path }) => path);
  const libraries = await compile({ widths });
  native.removeReplacedLibraries(libraries);
  const kernels = await loadKernelsModule();
  for (const library of libraries) {
    const candidate = { ...library, precisions: ["f32", "f64"] as const };
    const { problem } = settled.settleKernels({ kernels }, candidate);
    if (problem !== undefined) throw new UserError(problem, 1);
  }
  const compiled = !libraries.every(({ path }) => known.includes(path));
  return { libraries, compiled, isFaster: isFaster(libraries[0]) };
}
