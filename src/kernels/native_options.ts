/**
 * How the native kernels are compiled. Nothing here changes arithmetic: products are not fused with
 * sums, and the order of sums stays. That roots set no errno lets them be vectors.
 */
export const NATIVE_OPTIONS: readonly string[] = [
  "-std=c11",
  "-O3",
  "-fPIC",
  "-ffp-contract=off",
  "-fno-math-errno",
];

/** Bits of a vector that native kernels are compiled for. */
export type VectorBits = 128 | 256 | 512;

/** By architecture and by the width of vectors, what the processor must have. */
export const NATIVE_WIDTHS: Record<string, Record<string, readonly string[]>> = {
  x86_64: {
    "128": ["-msse4.1"],
    "256": ["-mavx2"],
    "512": [
      ...["-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl"],
      "-mprefer-vector-width=512",
    ],
  },
  aarch64: { "128": [] },
};

/** What to compile for: the widest vectors that this processor has, or all that it can run. */
export type WidthsChoice = "widest" | "all";

export const WIDTHS_CHOICES = ["widest", "all"] as const satisfies WidthsChoice[];
