import { join } from "node:path";
import { compileNative } from "../src/kernels/compile_native.ts";
import type { NativeKernels } from "../src/kernels/native_library.ts";
import { IS_CI } from "./_ci.ts";
import { findProgram } from "./_find_program.ts";
import { ROOT } from "./_source_files.ts";

const LOCK = join(ROOT, "tests/tmp/native.lock");

/**
 * The native kernels of the source as it is, for each width that this machine can run, the widest
 * first; none without a C compiler, except on CI.
 */
export async function nativeLibraries(): Promise<readonly NativeKernels[]> {
  if (!IS_CI && findProgram("cc", "gcc", "clang") === undefined) return [];
  // One test file compiles; those that run beside it wait.
  await Deno.mkdir(join(ROOT, "tests/tmp"), { recursive: true });
  using lock = await Deno.open(LOCK, { write: true, create: true });
  await lock.lock(true);
  return await compileNative({ widths: "all" });
}
