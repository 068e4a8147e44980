import { powerOfTen } from "../format_number.ts";
import type { NumberFormat } from "../measures/measure.ts";
import { columnOf, DEFAULT_METRIC, type Metric, partsOf } from "../measures/metrics.ts";

/** How the report writes and draws a metric. */
export interface MetricScale {
  /** In the middle of a sentence; and with the unit of its values. */
  readonly noun: string;
  readonly nounAndUnit: string;
  /** What values are multiplied by to be shown: 100 makes percent of an accuracy. */
  readonly factor: number;
  /** What no value is beyond, though its interval may be. */
  readonly bounds: readonly [number, number];
  /** The same of differences. */
  readonly differenceBounds: readonly [number, number];
  /** Digits after the point that suffice where many values stand together. */
  readonly decimals: number;
  /** How charts write values, as D3 has it. */
  readonly format: string;
  /** What follows a value; and what a heading has in brackets, or nothing. */
  readonly unit: string;
  readonly heading: string;
  /** What follows a difference of two values. */
  readonly differenceUnit: string;
  readonly differenceHeading: string;
  /** What follows a difference's unit, to say what differs; empty where that goes without saying. */
  readonly differenceSubject: string;
  /** Both say so where lower is better. */
  readonly axisTitle: string;
  readonly differenceTitle: string;
  /** What follows the noun where lower is better, which goes without saying of shares. */
  readonly direction: string;
}

/** How values of a measure are shown. */
export type ValueFormat = Pick<
  MetricScale,
  "factor" | "decimals" | "format" | "unit" | "heading"
>;

/** Something with a mean of the metric, such as a cell. */
interface WithMean {
  readonly mean?: number;
}

/** Significant digits of values of any size, where many stand together. */
const DIGITS = 4;
/** Powers of ten from and to which such values are shown as they are; beyond, with a power of ten. */
const [SMALLEST, LARGEST] = [-4, 6];

/** A mean's interval as it is shown: without what no value of the metric can be. */
export function possiblePart<
  Interval extends { readonly ciLow?: number; readonly ciHigh?: number },
>(
  interval: Interval,
  { factor, bounds }: Pick<MetricScale, "factor" | "bounds">,
): Interval {
  const { ciLow, ciHigh } = interval;
  if (ciLow === undefined || ciHigh === undefined) return interval;
  const [least, most] = bounds;
  return {
    ...interval,
    ciLow: Math.max(ciLow, least / factor),
    ciHigh: Math.min(ciHigh, most / factor),
  };
}

/** True if `possiblePart()` cuts the interval off. */
export function isCutOff(
  interval: { readonly ciLow?: number; readonly ciHigh?: number },
  scale: Pick<MetricScale, "factor" | "bounds">,
): boolean {
  const { ciLow, ciHigh } = possiblePart(interval, scale);
  return ciLow !== interval.ciLow || ciHigh !== interval.ciHigh;
}

/** What curves.csv has of a metric: of the best value so far, the value itself. */
export function curveMetricOf(metric: Metric): Metric {
  const { part, measure, isBest } = partsOf(metric);
  return isBest && part !== undefined ? columnOf(part, measure) : metric;
}

/** What decides an analysis's scale. */
interface Scaled {
  readonly question: { readonly metric: Metric };
  readonly cells: readonly WithMean[];
}

/** Scales by analysis: every sentence about a cell needs it, and it takes a look at all cells. */
const scales = new WeakMap<Scaled, MetricScale>();

/** The scale of the metric that an analysis compares its cells by. */
export function scaleOf(analysis: Scaled): MetricScale {
  const known = scales.get(analysis);
  if (known) return known;
  const scale = metricScale(analysis.question.metric, analysis.cells);
  scales.set(analysis, scale);
  return scale;
}

/**
 * Shares are shown in percent and compared in percentage points, other measures as they are.
 *
 * @param cells What is shown: values of any size have as many digits as their means need.
 */
export function metricScale(metric: Metric, cells: readonly WithMean[] = []): MetricScale {
  const { measure, noun } = partsOf(metric);
  const { isPercent, unit: ownUnit, better, bounds: [least, most] } = measure;
  const isInPoints = isPercent || ownUnit === "%";
  const shown = valueFormat(measure, cells.map(({ mean }) => mean));
  const { factor, unit, heading } = shown;
  const title = noun[0].toUpperCase() + noun.slice(1);
  const preference = better === "smaller" ? ["lower is better"] : [];
  const differenceHeading = isInPoints ? "points" : heading;
  return {
    noun,
    nounAndUnit: noun + inBrackets(heading),
    ...shown,
    bounds: [least * factor, most * factor],
    differenceBounds: [(least - most) * factor, (most - least) * factor],
    differenceUnit: isInPoints ? "\u00a0points" : unit,
    differenceHeading,
    // A unit of its own says what differs.
    differenceSubject: metric === DEFAULT_METRIC || ownUnit !== undefined && !isInPoints
      ? ""
      : `${isInPoints ? " of" : " in"} ${noun}`,
    axisTitle: title + inBrackets(heading, ...preference),
    differenceTitle: "Difference" +
      inBrackets(isInPoints ? "percentage points" : heading, ...preference),
    direction: inBrackets(...preference),
  };
}

/**
 * How values of a measure are shown: shares in percent, values of any size with four significant
 * digits, others with the measure's decimals.
 *
 * @param values Those that are shown, as in the CSV files.
 */
export function valueFormat(
  { isPercent, decimals, hasAnySize, unit: ownUnit = "" }: Pick<
    NumberFormat,
    "isPercent" | "decimals" | "hasAnySize" | "unit"
  >,
  values: readonly (number | undefined)[] = [],
): ValueFormat {
  const size = hasAnySize ? sizeOf(values) : undefined;
  if (size === undefined) {
    const [factor, unit] = isPercent ? [100, "%"] : [1, ownUnit];
    return { factor, decimals, format: `.${decimals}f`, unit: afterValue(unit), heading: unit };
  }
  const power = Math.floor(Math.log10(size));
  const shift = SMALLEST <= power && power < LARGEST ? 0 : 3 * Math.floor(power / 3);
  const digits = Math.max(0, DIGITS - 1 - (power - shift));
  const scaling = shift === 0 ? "" : powerOfTen(shift);
  return {
    factor: Number(`1e${-shift}`),
    decimals: digits,
    format: `,.${digits}f`,
    unit: (scaling && `\u00a0×\u00a0${scaling}`) + afterValue(ownUnit),
    heading: [scaling, ownUnit].filter(Boolean).join(" "),
  };
}

/** A unit as it follows a value: a word or letters after a space, a sign such as % without one. */
function afterValue(unit: string): string {
  return /^[\p{L}\p{N}]/u.test(unit) ? `\u00a0${unit}` : unit;
}

/** ` (10⁹, lower is better)`; nothing where there is nothing to say. */
export function inBrackets(...parts: readonly string[]): string {
  const said = parts.filter((part) => part !== "");
  return said.length > 0 ? ` (${said.join(", ")})` : "";
}

/** The size of a typical value, which a few that diverged do not change: the median. */
function sizeOf(values: readonly (number | undefined)[]): number | undefined {
  const sizes = values.flatMap((value = 0) => Number.isFinite(value) && value !== 0 ? value : [])
    .map(Math.abs).sort((a, b) => a - b);
  return sizes[sizes.length >> 1];
}
