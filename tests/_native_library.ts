import { join } from "node:path";
import { compileNative } from "../src/kernels/compile_native.ts";
import { type VectorBits, widestVectors } from "../src/kernels/native_kernels.ts";
import { findNativeLibrary } from "../src/kernels/native_library.ts";
import { IS_CI } from "./_ci.ts";
import { findProgram } from "./_find_program.ts";
import { ROOT } from "./_source_files.ts";

const LOCK = join(ROOT, "tests/tmp/native.lock");
const WIDTHS: readonly VectorBits[] = [128, 256, 512];

/** A library of native kernels, and the widths of vectors that this machine can run of it. */
export interface NativeLibrary {
  readonly path: string;
  readonly widths: readonly VectorBits[];
}

/** The native kernels of the source as it is; undefined without a C compiler, except on CI. */
export async function nativeLibrary(): Promise<NativeLibrary | undefined> {
  if (!IS_CI && findProgram("cc", "gcc", "clang") === undefined) return undefined;
  const path = await compileOnce();
  return { path, widths: WIDTHS.filter((bits) => bits <= widestVectors(path)) };
}

/** One test file compiles; those that run beside it wait. */
async function compileOnce(): Promise<string> {
  await Deno.mkdir(join(ROOT, "tests/tmp"), { recursive: true });
  using lock = await Deno.open(LOCK, { write: true, create: true });
  await lock.lock(true);
  return await findNativeLibrary() ?? await compileNative();
}
