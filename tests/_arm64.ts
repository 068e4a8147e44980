import { join } from "node:path";
import { findProgram } from "./_find_program.ts";
import { ROOT } from "./_source_files.ts";

/** What `setUpArm64()` leaves behind, outside Git. */
export const ARM64_FOLDER = join(ROOT, "tests/tmp/arm64");

/** A command that runs Deno's arm64 build on this machine; nothing if it is not set up. */
export function arm64Deno(): string[] | undefined {
  const emulator = findProgram("qemu-aarch64-static", "qemu-aarch64") ??
    existing(join(ARM64_FOLDER, "qemu-aarch64-static"));
  const deno = existing(join(ARM64_FOLDER, "deno"));
  return emulator && deno ? [emulator, "-L", join(ARM64_FOLDER, "root"), deno] : undefined;
}

/** What `compileNative()` takes to compile for arm64. */
export const ARM64_TARGET = {
  compilers: ["aarch64-linux-gnu-gcc"],
  target: "aarch64-unknown-linux-gnu",
} as const;

/** What compiles for arm64 here; nothing if Debian's packages for it are not installed. */
export function arm64Compiler(): string | undefined {
  const hasHeaders = existing("/usr/aarch64-linux-gnu/include/stdint.h") !== undefined;
  return hasHeaders ? findProgram("aarch64-linux-gnu-gcc") : undefined;
}

function existing(path: string): string | undefined {
  try {
    return Deno.statSync(path).isFile ? path : undefined;
  } catch {
    return undefined;
  }
}
