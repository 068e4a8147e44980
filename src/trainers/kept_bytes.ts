import type { Kernels } from "../kernels/kernels.ts";
import { UnfitState } from "./unfit_state.ts";

/** Bytes that a run keeps from step to step, in place: to be copied and overwritten. */
export interface KeptBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** True: copies leave them out while all of their bits are set. */
  readonly isMask?: true;
}

/** Copies of kept bytes, by name. */
export type KeptCopies = Readonly<Record<string, Uint8Array>>;

/** Bytes of a kernel memory. */
export function bytesAt(
  { memory: { buffer } }: Kernels,
  offset: number,
  length: number,
): Uint8Array {
  return new Uint8Array(buffer, offset, length);
}

/** Copies bytes of a kernel memory to another place in it. */
export function copyBytes(kernels: Kernels, from: number, to: number, length: number): void {
  new Uint8Array(kernels.memory.buffer).copyWithin(to, from, from + length);
}

export function copyKept(kept: readonly KeptBytes[]): KeptCopies {
  const copied = kept.filter(({ bytes, isMask }) => !(isMask && isAllSet(bytes)));
  return Object.fromEntries(copied.map(({ name, bytes }) => [name, bytes.slice()]));
}

/**
 * Overwrites kept bytes by copies.
 *
 * @throws {UnfitState} If their names or sizes differ.
 */
export function restoreKept(kept: readonly KeptBytes[], copies: KeptCopies): void {
  checkCopies(kept, copies);
  for (const { name, bytes } of kept) {
    if (copies[name]) bytes.set(copies[name]);
    else bytes.fill(0xff);
  }
}

/** @throws {UnfitState} If copies do not have the names and sizes of kept bytes. */
export function checkCopies(kept: readonly KeptBytes[], copies: KeptCopies): void {
  const unknown = new Set(Object.keys(copies));
  for (const { name, bytes, isMask } of kept) {
    const copy = unknown.delete(name) ? copies[name] : undefined;
    if (!copy && isMask) continue;
    if (!(copy instanceof Uint8Array) || copy.length !== bytes.length) {
      const actual = copy instanceof Uint8Array ? `${copy.length} bytes` : "none";
      throw new UnfitState(`A state must have ${bytes.length} bytes of ${name}; it has ${actual}`);
    }
  }
  if (unknown.size > 0) throw new UnfitState(`A state must not have ${[...unknown].join(", ")}`);
}

function isAllSet(bytes: Uint8Array): boolean {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  for (let n = 0; n < words.length; n++) if (words[n] !== 0xffffffff) return false;
  return true;
}
