import { isLargerBetter } from "../measures/metrics.ts";
import { meanInterval } from "./_mean_interval.ts";
import type { Interval } from "./interval.ts";
import { simultaneous } from "./simultaneous.ts";
import type { Question } from "./question.ts";

/** What there is of a cell while a sweep runs. */
export interface RunningCell {
  readonly cell: string;
  /** The metric of its completed runs, by replicate; holes and NaN are runs without it. */
  readonly values: readonly number[];
  /** Runs that diverged or failed. */
  readonly lost: number;
}

/** A cell that is among the best so far. */
export interface LeadingCell extends Pick<RunningCell, "cell"> {
  /** Completed runs; pairs of them, where it is compared with the baseline. */
  readonly n: number;
  /** The mean of the metric, or of the differences from the baseline. */
  readonly mean: number;
  /** Absent for fewer than two, or if all are the same. */
  readonly interval?: Interval;
}

/** The best cells so far. */
export interface LeadingCells {
  /** The baseline's mean over the runs that it has; absent if cells cannot be compared with it. */
  readonly baseline?: Pick<LeadingCell, "cell" | "n" | "mean">;
  /** Best first, without the baseline: by differences from it where there is one, else by means. */
  readonly cells: readonly LeadingCell[];
}

/**
 * The cells that are best so far, by their paired differences from the baseline, so that cells which
 * have more runs than others can be compared. Those that lost runs come after the others.
 *
 * Intervals hold for all cells together by Bonferroni's inequality: they are a little wider than those
 * of the finished sweep would be on the same runs, and take no time. Where there is no baseline to
 * compare with, they are 95% intervals of means.
 *
 * @param most How many cells are wanted.
 */
export function leadingCells(
  cells: readonly RunningCell[],
  { metric, baseline, overlap }: Pick<Question, "metric" | "baseline" | "overlap">,
  most: number,
): LeadingCells {
  const sign = isLargerBetter(metric) ? 1 : -1;
  const reference = cells.find(({ cell }) => cell === baseline);
  const others = cells.filter(({ cell }) => cell !== baseline);
  const paired = reference ? others.map((cell) => differencesOf(cell, reference)) : [];
  const isPaired = paired.some(({ values }) => values.length > 0);
  const compared = (isPaired ? paired : cells.map(({ values, ...cell }) => ({
    ...cell,
    values: given(values),
  }))).filter(({ values }) => values.length > 0)
    .map((cell) => ({ ...cell, ...meanInterval(cell.values, overlap) }));
  const leading = compared.toSorted((a, b) =>
    Math.min(1, a.lost) - Math.min(1, b.lost) ||
    sign * ((b.mean ?? NaN) - (a.mean ?? NaN))
  ).slice(0, most);
  const tests = compared.filter(({ sd }) => sd !== undefined).length;
  return {
    ...isPaired && reference && {
      baseline: { cell: baseline, ...meanAndCount(given(reference.values)) },
    },
    cells: leading.map(({ cell, values, mean = NaN, sd, ciLow = NaN, ciHigh = NaN }) => {
      const n = values.length;
      const interval = sd === undefined || sd === 0
        ? undefined
        : isPaired
        ? simultaneous([{ values: Float64Array.from(values), n, mean, sd }], {
          ...{ overlap, tests, isBonferroni: true },
        })[0].interval
        : { low: ciLow, high: ciHigh };
      return { cell, n, mean, ...interval && { interval } };
    }),
  };
}

function differencesOf(
  { values, ...cell }: RunningCell,
  reference: RunningCell,
): RunningCell {
  const differences = values.map((value, replicate) => value - reference.values[replicate]);
  return { ...cell, values: given(differences) };
}

/** Without holes and NaN. */
function given(values: readonly number[]): number[] {
  return values.filter((value) => !Number.isNaN(value));
}

function meanAndCount(values: readonly number[]): { mean: number; n: number } {
  return { mean: meanInterval(values, 0).mean ?? NaN, n: values.length };
}
