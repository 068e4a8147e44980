import { decimalsOf, formatFixed } from "../format_number.ts";
import type { MetricScale } from "./metric_scale.ts";

/** Values below this share of their interval's width are 0 but for rounding. */
const NOISE = 1e-9;

/** A mean and an interval, in the metric's own units. */
interface Estimate {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

/** What no value is beyond, in the units shown. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  /** A bound as text; without a value, both of them. */
  readonly write: (bound?: number) => string;
}

/** `97.1 to 97.7`, or `95.5 to 100.0, cut off at 100%` of an interval that goes on beyond. */
export function intervalWords(
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
export function digitsOf({ mean, low, high }: Estimate, { factor, decimals }: MetricScale): number {
  if (low === undefined || high === undefined || low === high) return decimals;
  const looksLikeZero = (value: number) =>
    Math.abs(value) > NOISE * (high - low) && Number((value * factor).toFixed(digits)) === 0;
  const most = decimals + 1;
  const fitting = decimalsOf((high - low) / 2 * factor, most);
  let digits = Math.max(Math.min(1, decimals), Math.min(fitting, most));
  while (digits <= decimals && [mean, low, high].some(looksLikeZero)) digits++;
  return digits;
}
