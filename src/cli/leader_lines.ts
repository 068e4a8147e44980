import { countOf, formatFixed, formatSigned } from "../format_number.ts";
import type { LeadingCell } from "../statistics/leading_cells.ts";
import type { Leading } from "../sweep/leaders.ts";
import { baselineName } from "../wording/describe_cell.ts";
import { describeMean } from "../wording/describe_difference.ts";
import { differenceDecimals } from "../wording/difference_decimals.ts";
import { digitsOf } from "../wording/interval_words.ts";
import { type MetricScale, metricScale } from "../wording/metric_scale.ts";
import { padToWidth, textWidth } from "./text_width.ts";

/** On a narrower terminal, names need the room that intervals take. */
const LEAST_WITH_INTERVALS = 60;

/** The cells that are best so far, for a terminal: what they are compared with, and a line for each. */
export function leaderLines(
  { metric, baseline, cells, name, noun }: NamedLeading,
  width: number,
): string[] {
  const scale = scaleOf({ metric, baseline, cells });
  const isPaired = baseline !== undefined;
  const rows = cells.map((cell) => [...numbersOf(cell, scale, isPaired), name(cell.cell)]);
  const hasRoom = width >= LEAST_WITH_INTERVALS;
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => textWidth(row[column]))));
  const counts = new Set(cells.map(({ n }) => n));
  const isOne = counts.size === 1;
  const { noun: metricNoun, direction } = scale;
  const about = baseline
    ? `${scale.differenceHeading || metricNoun} against ${baselineName(name(baseline.cell))} ` +
      `(${describeMean(baseline, scale)})`
    : scale.nounAndUnit;
  return [
    [`best so far, ${about}${direction}`, ...isOne ? [countOf(cells[0].n, noun)] : []].join(", "),
    ...rows.map(([mean, interval, name], place) =>
      [
        ` ${padToWidth(mean, widths[0], { isRight: true })}`,
        ...hasRoom && widths[1] > 0 ? [padToWidth(interval, widths[1])] : [],
        ` ${name}${isOne ? "" : `, ${countOf(cells[place].n, noun)}`}`,
      ].join(" ")
    ),
  ];
}

/** Leading cells, and what a cell has a run of: a seed, or with folds a run. */
export interface NamedLeading extends Leading {
  readonly noun: string;
}

/** The best cell so far, for a log. */
export function leaderText({ metric, baseline, cells: [best], name, noun }: NamedLeading): string {
  const scale = scaleOf({ metric, baseline, cells: [best] });
  const [mean, interval] = numbersOf(best, scale, baseline !== undefined);
  const unit = baseline ? scale.differenceUnit : scale.unit;
  const seeds = countOf(best.n, noun);
  const against = baseline ? ` against ${baselineName(name(baseline.cell))}` : "";
  const shown = interval ? `${interval.slice(1, -1)}, ${seeds}` : seeds;
  return `best so far: ${name(best.cell)}, ${mean}${unit} (${shown})${against}`;
}

function scaleOf({ metric, baseline, cells }: Pick<Leading, "metric" | "baseline" | "cells">) {
  return metricScale(metric, baseline ? [baseline] : cells);
}

/**
 * `+0.3` and `(−5.0 to 5.6)`: a difference, or a mean, and its interval if there is one that leaves out
 * any value that could be.
 */
function numbersOf(
  { mean, interval }: LeadingCell,
  scale: MetricScale,
  isDifference: boolean,
): [string, string] {
  const estimate = { mean, ...interval };
  const digits = isDifference ? differenceDecimals(estimate, scale) : digitsOf(estimate, scale);
  const write = (value: number) => formatFixed(value * scale.factor, digits);
  const [least, most] = isDifference ? scale.differenceBounds : scale.bounds;
  const saysNothing = interval &&
    interval.low * scale.factor <= least && interval.high * scale.factor >= most;
  return [
    isDifference ? formatSigned(mean * scale.factor, digits) : write(mean),
    interval && !saysNothing ? `(${write(interval.low)} to ${write(interval.high)})` : "",
  ];
}
