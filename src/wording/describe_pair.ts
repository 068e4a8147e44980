import { countOf, formatSigned } from "../format_number.ts";
import type { Comparison } from "../results/comparison.ts";
import type { Interval } from "../statistics/interval.ts";
import { differenceDecimals } from "./difference_decimals.ts";
import { intervalWords } from "./interval_words.ts";
import type { MetricScale } from "./metric_scale.ts";

/** A mean difference of two cells, in the metric's own units. */
export interface PairDifference {
  /** Number of pairs. */
  readonly n: number;
  /** Absent without pairs. */
  readonly mean?: number;
  readonly interval?: Interval;
}

/** How a difference is written. */
export interface PairWords {
  readonly scale: MetricScale;
  /** What the interval is called. */
  readonly intervalName: string;
  /** What a pair is: a seed, or with folds a run. */
  readonly noun: "seed" | "run";
}

/**
 * A difference of two cells in words, with its interval: `+0.8 points (95% interval 0.3 to 1.3, 10
 * seeds)`.
 */
export function describePair(
  { n, mean, interval }: PairDifference,
  { scale, intervalName: name, noun }: PairWords,
): string {
  if (mean === undefined) return `no ${noun} completed in both cells`;
  const digits = differenceDecimals({ mean, ...interval }, scale);
  const gap = formatSigned(mean * scale.factor, digits) +
    scale.differenceUnit + scale.differenceSubject;
  if (interval) {
    const words = describeInterval({ ...interval, name, meanDifference: mean }, scale);
    return `${gap} (${words}, ${countOf(n, noun)})`;
  }
  if (n === 1) return `${gap} on a single ${noun} (no interval is possible)`;
  return mean === 0
    ? `no difference on ${n === 2 ? "either" : "any"} of ${countOf(n, noun)}`
    : `${gap} on each of ${countOf(n, noun)}`;
}

/** An interval of a difference, with its name: `95% interval 0.3 to 1.3`. */
export function describeInterval(
  { name = "95% interval", meanDifference: mean = NaN, low, high }:
    & { readonly name?: string; readonly low: number; readonly high: number }
    & Pick<Comparison, "meanDifference">,
  scale: MetricScale,
): string {
  const [least, most] = scale.differenceBounds;
  const estimate = { mean, low, high };
  const bounds = {
    least,
    most,
    write: (bound?: number) => {
      const sign = bound === undefined ? "±" : bound < 0 ? "−" : "+";
      return `${sign}${most}${scale.differenceUnit}`;
    },
  };
  const words = intervalWords(estimate, scale, bounds, differenceDecimals(estimate, scale));
  return `${name} ${words}`;
}
