import { countOf, decimalsOf, formatFixed, formatSigned } from "../format_number.ts";
import type { Comparison } from "../results/comparison.ts";
import { type MetricScale, scaleOf } from "./metric_scale.ts";
import { intervalName, verdictInterval, type Verdicts } from "./verdict_interval.ts";

/** Values below this share of their interval's width are 0 but for rounding. */
const NOISE = 1e-9;

/** A mean and an interval, in the metric's own units. */
interface Estimate {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

/**
 * A comparison's difference in words, with the interval that its verdict rests on: `+0.8 points (95%
 * interval 0.3 to 1.3, 10 seeds)`.
 *
 * The interval's width decides how many digits are shown.
 */
export function describeDifference(comparison: Comparison, verdicts: Verdicts): string {
  const { n, meanDifference: mean } = comparison;
  // With folds, a seed has several pairs of runs.
  const noun = verdicts.question.folds === undefined ? "seed" : "run";
  if (mean === undefined) return `no ${noun} completed in both cells`;
  const scale = scaleOf(verdicts);
  const interval = verdictInterval(comparison);
  const digits = digitsOf({ mean, ...interval }, scale);
  const gap = formatSigned(mean * scale.factor, digits) +
    scale.differenceUnit + scale.differenceSubject;
  if (interval) {
    const words = describeInterval(
      { ...interval, name: intervalName(verdicts), meanDifference: mean },
      scale,
    );
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
  const words = intervalWords({ mean, low, high }, scale, {
    least,
    most,
    write: (bound) => {
      const sign = bound === undefined ? "±" : bound < 0 ? "−" : "+";
      return `${sign}${most}${scale.differenceUnit}`;
    },
  });
  return `${name} ${words}`;
}

/**
 * A mean and its 95% interval in words: `97.4% (95% interval 97.1 to 97.7)`.
 *
 * @param decimals How many there are at least; else the interval's width decides.
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
  const digits = Math.max(decimals, digitsOf(estimate, scale));
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

/** What no value is beyond, in the units shown. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  /** A bound as text; without a value, both of them. */
  readonly write: (bound?: number) => string;
}

/** `97.1 to 97.7`, or `95.5 to 100.0, cut off at 100%` of an interval that goes on beyond. */
function intervalWords(
  estimate: Estimate,
  scale: MetricScale,
  { least, most, write }: Bounds,
  digits = digitsOf(estimate, scale),
): string | undefined {
  const { low, high } = estimate;
  if (low === undefined || high === undefined) return undefined;
  const [from, to] = [low * scale.factor, high * scale.factor];
  const ends = [Math.max(from, least), Math.min(to, most)];
  const text = ends.map((end) => formatFixed(end, digits)).join(" to ");
  if (from >= least && to <= most) return text;
  const bound = to <= most ? least : from >= least ? most : undefined;
  return `${text}, cut off at ${write(bound)}`;
}

/**
 * Decimals that suit an interval's width, with more where a nonzero number would look like 0: at
 * least one, unless tables have none, and at most one more than tables have.
 */
function digitsOf({ mean, low, high }: Estimate, { factor, decimals }: MetricScale): number {
  if (low === undefined || high === undefined || low === high) return decimals;
  const looksLikeZero = (value: number) =>
    Math.abs(value) > NOISE * (high - low) && Number((value * factor).toFixed(digits)) === 0;
  const most = decimals + 1;
  const fitting = decimalsOf((high - low) / 2 * factor, most);
  let digits = Math.max(Math.min(1, decimals), Math.min(fitting, most));
  while (digits <= decimals && [mean, low, high].some(looksLikeZero)) digits++;
  return digits;
}
