import type { Kernels } from "../../src/kernels/kernels.ts";
import type { KernelCase } from "./_case_memory.ts";
import { canonicalizeNans } from "./_first_difference.ts";

/** What a kernel returns and leaves of a case's memory, its NaNs made equal. */
export function callCase(
  { memory, ...kernels }: Kernels,
  { kernel, precision, args, memory: before, float64s }: KernelCase,
): { result: unknown; after: Uint8Array<ArrayBuffer> } {
  const missing = before.length - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  new Uint8Array(memory.buffer).set(before);
  const result = (kernels[kernel] as (...args: readonly number[]) => unknown)(...args);
  const after = new Uint8Array(memory.buffer, 0, before.length).slice();
  canonicalizeNans(precision, after, float64s);
  return { result, after };
}
