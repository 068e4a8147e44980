import { meanInterval } from "../../src/statistics/_mean_interval.ts";
import type { PairedSample } from "../../src/statistics/compare_pair.ts";

/** The paired differences of a cell; NaN where a run of the pair did not complete. */
export function pairedSample(values: readonly number[]): PairedSample {
  const there = values.filter((value) => !Number.isNaN(value));
  const { mean = NaN, sd = NaN } = meanInterval(there, 0);
  return { values, n: there.length, mean, sd };
}

/** By seed, the differences of three cells. */
export const REFERENCE = [
  [0.021, 0.018, -0.004],
  [0.013, 0.016, 0.002],
  [0.027, 0.020, -0.009],
  [0.009, 0.012, 0.006],
  [0.018, 0.011, -0.001],
  [0.024, 0.022, 0.003],
];

export const REFERENCE_SAMPLES = [0, 1, 2].map((cell) =>
  pairedSample(REFERENCE.map((row) => row[cell]))
);
