import type { Precision } from "../../src/kernels/kernels.ts";

/**
 * Kinds of numbers: usual ones; half of them zeros of either sign; those whose products are denormal,
 * or near the largest; denormal ones; and usual ones among which one in 40 or in 400 is special.
 */
export const NUMBER_KINDS = [
  "usual",
  "zeros",
  "small",
  "denormal",
  "large",
  "special",
  "rarely special",
] as const;
export type NumberKind = typeof NUMBER_KINDS[number];

/** Special numbers: all of a float32, the sign, exponent and first digits of a float64. */
const SPECIAL: Record<Precision, readonly number[]> = {
  // Zeros, infinities, quiet and signaling NaNs of several payloads and signs, the smallest and
  // largest denormal and normal numbers.
  f32: [
    ...[0, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x7fc12345, 0xffd54321],
    ...[0x7f800001, 0xff812345, 1, 0x80000001, 0x007fffff, 0x807fffff, 0x00800000, 0x80800000],
    ...[0x7f7fffff, 0xff7fffff],
  ],
  f64: [
    ...[0, 0x80000000, 0x7ff00000, 0xfff00000, 0x7ff80000, 0xfff80000, 0x7ff92345, 0xfffc4321],
    ...[0x7ff00001, 0xfff12345, 1, 0x80000001, 0x000fffff, 0x800fffff, 0x00100000, 0x80100000],
    ...[0x7fefffff, 0xffefffff],
  ],
};

/** About the root of the smallest normal number, and of the largest one. */
const SCALES: Record<Precision, Partial<Record<NumberKind, number>>> = {
  f32: { small: 2 ** -66, denormal: 2 ** -130, large: 2 ** 62 },
  f64: { small: 2 ** -515, denormal: 2 ** -1030, large: 2 ** 510 },
};

const SHARES: Partial<Record<NumberKind, number>> = { special: 40, "rarely special": 400 };

/** Fills a memory with numbers of a kind, which the seed alone determines. */
export function fillWithKind(
  precision: Precision,
  memory: Uint8Array<ArrayBuffer>,
  kind: NumberKind,
  seed: number,
): void {
  const { buffer } = memory;
  const values = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const words = new Uint32Array(buffer);
  const wordsEach = precision === "f32" ? 1 : 2;
  const scale = SCALES[precision][kind] ?? 1;
  const share = SHARES[kind];
  const special = SPECIAL[precision];
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state ^ (state >>> 15);
  };
  for (let n = 0; n < values.length; n++) {
    const word = next();
    values[n] = (state / 2 ** 31 - 1) * scale * (word % 7 === 0 ? 30 : 1);
    if (kind === "zeros" && word % 2 === 0) values[n] *= 0;
    if (share !== undefined && (word >>> 3) % share === 0) {
      // A float64's last word comes first in memory.
      words[n * wordsEach + wordsEach - 1] = special[(next() >>> 4) % special.length];
      if (wordsEach === 2) words[2 * n] = next() % 3 === 0 ? next() : 0;
    }
  }
}
