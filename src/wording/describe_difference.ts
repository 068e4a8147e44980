import { formatFixed } from "../format_number.ts";
import type { Comparison } from "../results/comparison.ts";
import { significantDecimals } from "./difference_decimals.ts";
import { digitsOf, intervalWords } from "./interval_words.ts";
import { describePair } from "./describe_pair.ts";
import { type MetricScale, scaleOf } from "./metric_scale.ts";
import { intervalName, verdictInterval, type Verdicts } from "./verdict_interval.ts";

/**
 * A comparison's difference in words, with the interval that its verdict rests on: `+0.8 points (95%
 * interval 0.3 to 1.3, 10 seeds)`.
 */
export function describeDifference(comparison: Comparison, verdicts: Verdicts): string {
  const { n, meanDifference: mean } = comparison;
  return describePair({ n, mean, interval: verdictInterval(comparison) }, {
    scale: scaleOf(verdicts),
    intervalName: intervalName(verdicts),
    // With folds, a seed has several pairs of runs.
    noun: verdicts.question.folds === undefined ? "seed" : "run",
  });
}

/**
 * A mean and its 95% interval in words: `97.4% (95% interval 97.1 to 97.7)`.
 *
 * @param decimals How many there are at least; else the interval's width decides, and three digits.
 */
export function describeMean(
  { mean, ciLow: low, ciHigh: high }: {
    readonly mean: number;
    readonly ciLow?: number;
    readonly ciHigh?: number;
  },
  scale: MetricScale,
  decimals = 0,
): string {
  const estimate = { mean, low, high };
  const [least, most] = scale.bounds;
  const bounds = {
    least,
    most,
    write: (bound?: number) =>
      bound === undefined
        ? `${least}${scale.unit} and ${most}${scale.unit}`
        : `${bound}${scale.unit}`,
  };
  const digits = Math.max(
    decimals,
    digitsOf(estimate, scale),
    significantDecimals(mean * scale.factor, scale.decimals),
  );
  const text = formatFixed(mean * scale.factor, digits) + scale.unit;
  if (low !== undefined && low === high) return `${text} (the same on every seed)`;
  const words = intervalWords(estimate, scale, bounds, digits);
  return words ? `${text} (95% interval ${words})` : text;
}

/** A size of differences, to so many significant digits: `0.5 points`. */
export function describeSize(
  size: number,
  { factor, differenceUnit }: Pick<MetricScale, "factor" | "differenceUnit">,
  digits = 6,
): string {
  const value = Number((size * factor).toPrecision(digits));
  const decimals = (String(value).split(".")[1] ?? "").length;
  const unit = value === 1 ? differenceUnit.replace(/points$/, "point") : differenceUnit;
  return (value < 1000 ? String(value) : formatFixed(value, decimals)) + unit;
}
