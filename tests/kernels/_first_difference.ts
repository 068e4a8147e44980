import { Buffer } from "node:buffer";
import type { Precision } from "../../src/kernels/kernels.ts";

/**
 * The first byte, counted from the memories' start, at which two memories of numbers differ from
 * `start` on; NaNs are equal whatever their payloads, which processors choose.
 */
export function firstDifference(
  precision: Precision,
  a: Uint8Array,
  b: Uint8Array,
  start = 0,
): number | undefined {
  if (Buffer.compare(a.subarray(start), b.subarray(start)) === 0) return undefined;
  const [words, others] = [a, b].map((bytes) => new Int32Array(bytes.buffer, bytes.byteOffset));
  const isNan = nanIn(precision, words), isOtherNan = nanIn(precision, others);
  for (let n = start / 4; n < words.length; n++) {
    if (words[n] !== others[n] && !(isNan(n) && isOtherNan(n))) return 4 * n;
  }
  return undefined;
}

/** Whether the number that a word is part of is NaN. */
function nanIn(precision: Precision, words: Int32Array): (word: number) => boolean {
  const { buffer, byteOffset } = words;
  if (precision === "f32") {
    const values = new Float32Array(buffer, byteOffset);
    return (word) => Number.isNaN(values[word]);
  }
  const values = new Float64Array(buffer, byteOffset);
  return (word) => Number.isNaN(values[word >> 1]);
}

/** Gives all NaNs of a memory the same payload; float64 may be in it whatever its precision. */
export function canonicalizeNans(
  precision: Precision,
  memory: Uint8Array,
  float64s: readonly number[] = [],
): void {
  const { buffer, byteOffset } = memory;
  const doubles = new Float64Array(buffer, byteOffset);
  for (const at of float64s) if (Number.isNaN(doubles[at / 8])) doubles[at / 8] = NaN;
  const values = precision === "f32" ? new Float32Array(buffer, byteOffset) : doubles;
  for (let n = 0; n < values.length; n++) if (Number.isNaN(values[n])) values[n] = NaN;
}
