import { UserError } from "../user_error.ts";

const PAGE_BYTES = 65_536;

/**
 * Makes a kernel memory at least `bytes` long; what it holds stays.
 *
 * @throws {UserError} If that is more than WebAssembly or this machine allows.
 */
export function growMemory(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES);
  if (missing <= 0) return;
  try {
    memory.grow(missing);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const gibibytes = (bytes / 2 ** 30).toFixed(2);
    throw new UserError(
      `Cannot train: the run needs ${gibibytes} GiB of kernel memory, which this machine refuses`,
      1,
    );
  }
}
