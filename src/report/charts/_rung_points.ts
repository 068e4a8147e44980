import { countOf, formatCount } from "../../format_number.ts";
import { isLargerBetter, type Metric, metricColumn } from "../../measures/metrics.ts";
import type { Manifest } from "../../results/manifest.ts";
import type { HalvingRow } from "../../results/run_row.ts";
import { toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";

/** A comparison of cells, after which some of them stopped. */
export interface Rung {
  readonly step: number;
  /** From the best cell to the worst, as they were chosen. */
  readonly ranked: readonly HalvingRow[];
  /** The worst mean that was kept, the baseline's apart. */
  readonly cut?: number;
}

/** A cell's mean where it was compared, or at its end. */
export interface RungPoint {
  readonly name: string;
  /** What decides its colour; absent if the cell was stopped. */
  readonly group?: string;
  readonly step: number;
  /** In the units shown. */
  readonly mean: number;
  /** What is drawn: the mean, or how far it is from the baseline's at the same step. */
  readonly value: number;
  readonly n: number;
  /** `3 of 27`; a dash where cells were not ranked. */
  readonly rank: string;
  readonly outcome: string;
  /** True where it was stopped. */
  readonly isStop?: true;
}

/** What means are converted and compared with. */
export interface RungScale {
  readonly metric: Metric;
  readonly factor: number;
  /** Where runs are drawn that were not stopped. */
  readonly end: number;
  /** The baseline's mean by step, in the units shown; absent if it has none somewhere. */
  readonly reference?: ReadonlyMap<number, number>;
}

/** The rungs of halving.csv, shortest first. */
export function rungsIn(
  rows: readonly HalvingRow[],
  { metric, baseline }: { readonly metric: Metric; readonly baseline: string },
): Rung[] {
  const sign = isLargerBetter(metric) ? 1 : -1;
  const merit = ({ mean }: HalvingRow) => mean === undefined ? -Infinity : sign * mean;
  return [...Map.groupBy(rows, ({ step }) => step)].map(([step, all]) => {
    // A cell that lost a run is behind all others.
    const most = Math.max(...all.map(({ n }) => n));
    const isWhole = ({ n }: HalvingRow) => Number(n === most);
    const ranked = all.toSorted((a, b) => isWhole(b) - isWhole(a) || merit(b) - merit(a));
    const kept = ranked.filter(({ cell, isKept }) => isKept && cell !== baseline);
    return { step, ranked, cut: kept.at(-1)?.mean };
  });
}

/** The baseline's mean at each rung and at its end; undefined if it has none somewhere. */
export function baselineMeans(
  rungs: readonly Rung[],
  cells: readonly ReportCell[],
  { metric, factor, end }: Omit<RungScale, "reference">,
): Map<number, number> | undefined {
  const baseline = cells.find(({ isBaseline }) => isBaseline);
  const all = [
    ...rungs.map(({ step, ranked }) => ({
      step,
      mean: ranked.find(({ cell }) => cell === baseline?.name)?.mean,
    })),
    { step: end, mean: baseline?.summary.means[metricColumn(metric)] },
  ];
  const known = all.flatMap(({ step, mean }): [number, number][] =>
    mean === undefined ? [] : [[step, mean * factor]]
  );
  return known.length === all.length ? new Map(known) : undefined;
}

/**
 * The cells' means by rung and at their ends: a list per cell, first those that went furthest, and the
 * best of these.
 */
export function rungPoints(
  rungs: readonly Rung[],
  cells: readonly ReportCell[],
  { experiment, unfinished }: Pick<Manifest, "experiment" | "unfinished">,
  { metric, factor, end, reference }: RungScale,
): RungPoint[][] {
  const groupOf = new Map(cells.map(({ name, group }) => [name, group]));
  const shown = (step: number, mean: number) => ({
    step,
    mean: toShown(mean * factor),
    value: toShown(mean * factor - (reference?.get(step) ?? 0)),
  });
  const atRungs = rungs.flatMap(({ step, ranked }) =>
    ranked.flatMap(({ cell: name, n, mean, isKept }, place): RungPoint[] => {
      if (mean === undefined) return [];
      const group = groupOf.get(name);
      return [{
        ...{ name, n, ...shown(step, mean) },
        ...group !== undefined && { group },
        rank: `${formatCount(place + 1)} of ${formatCount(ranked.length)}`,
        outcome: isKept ? "went on" : "stopped",
        ...!isKept && { isStop: true },
      }];
    })
  );
  const atEnds = cells.flatMap(({ name, group, difference, summary }): RungPoint[] => {
    const { [metricColumn(metric)]: mean, steps = end } = summary.means;
    if (mean === undefined) return [];
    const outcome = unfinished?.rung === undefined
      ? `trained for ${countOf(Math.round(steps), "step")}`
      : "not chosen yet";
    const point = { name, group, n: summary.n, ...shown(end, mean), rank: "–", outcome };
    // Where runs were lost, only those of the same seeds are compared.
    const isCompared = reference && difference && metric === experiment.metric;
    return [isCompared ? { ...point, value: difference.mean } : point];
  });
  const pointsOf = Map.groupBy([...atRungs, ...atEnds], ({ name }) => name);
  const order = [
    ...cells.map(({ name }) => name),
    ...rungs.toReversed().flatMap(({ ranked }) =>
      ranked.filter(({ isKept }) => !isKept).map(({ cell }) => cell)
    ),
  ];
  return order.flatMap((name) => {
    const points = pointsOf.get(name);
    return points ? [points] : [];
  });
}
