import type { Metric } from "../measures/metrics.ts";
import type { RunRow } from "../results/run_row.ts";
import { meanInterval } from "./_mean_interval.ts";
import { metricByReplicate } from "./_runs_by_cell.ts";
import { tQuantile } from "./_student_t.ts";
import { pairRuns } from "./compare_pair.ts";
import { type Interval, intervalAround } from "./interval.ts";
import { meanAndDeviation } from "./mean.ts";

const CONFIDENCE = 0.95;

/** A metric's mean over one cell's completed runs. */
export interface CellMean {
  readonly n: number;
  /** Absent where no run completed. */
  readonly mean?: number;
}

/** The means of a metric in a cell that two sweeps, A and B, both have. */
export interface CellMeanDifference {
  readonly cell: string;
  readonly a: CellMean;
  readonly b: CellMean;
  /** B − A; absent if one of them has no completed run. */
  readonly difference?: number;
  /**
   * Its 95% interval, of this cell alone; absent for fewer than two runs, where all differ by the same,
   * where the two have runs in common, and where it is not known how much rows overlap.
   */
  readonly interval?: Interval;
}

/** What the intervals of differences between two sweeps rest on. */
export interface MeansDesign {
  /** As in `Question`, of A and of B; not given where it is not known. */
  readonly overlaps?: readonly [number, number];
  /** Whether runs of the same seed have the same rows in both. */
  readonly areRowsShared?: boolean;
}

/**
 * Compares cells that have the same name in two sweeps but different runs: they differ in seeds, or
 * in settings that the name does not show. Returns them in the order of A.
 *
 * Where both have the same seeds and rows, the interval is that of paired differences; otherwise it is
 * Welch's. Source: Welch, The Generalization of "Student's" Problem (1947).
 */
export function cellMeanDifferences(
  runsOfA: readonly RunRow[],
  runsOfB: readonly RunRow[],
  metric: Metric,
  design: MeansDesign = {},
): CellMeanDifference[] {
  const cellsOfB = Map.groupBy(runsOfB, ({ cell }) => cell);
  return [...Map.groupBy(runsOfA, ({ cell }) => cell)].flatMap(([cell, rowsOfA]) => {
    const rowsOfB = cellsOfB.get(cell);
    if (!rowsOfB) return [];
    const [keysOfA, keysOfB] = [rowsOfA, rowsOfB].map((rows) =>
      new Set(rows.map(({ run }) => run))
    );
    if (keysOfA.size === keysOfB.size && keysOfA.isSubsetOf(keysOfB)) return [];
    const [valuesOfA, valuesOfB] = [rowsOfA, rowsOfB].map((rows) =>
      metricByReplicate(rows, metric)
    );
    const [a, b] = [valuesOfA, valuesOfB].map((values) => meanAndDeviation([...values.values()]));
    const difference = a.mean === undefined || b.mean === undefined ? undefined : b.mean - a.mean;
    const interval = difference === undefined || !keysOfA.isDisjointFrom(keysOfB)
      ? undefined
      : intervalOf(valuesOfA, valuesOfB, { difference, ...design });
    return {
      cell,
      a: { n: valuesOfA.size, mean: a.mean },
      b: { n: valuesOfB.size, mean: b.mean },
      difference,
      ...interval && { interval },
    };
  });
}

function intervalOf(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  { difference, overlaps, areRowsShared = false }: MeansDesign & { readonly difference: number },
): Interval | undefined {
  if (!overlaps) return undefined;
  const haveSameSeeds = a.size === b.size && [...a.keys()].every((replicate) => b.has(replicate));
  if (areRowsShared && haveSameSeeds) {
    const { differences } = pairRuns(b, a);
    const { ciLow, ciHigh } = meanInterval([...differences.values()], Math.max(...overlaps));
    if (ciLow === undefined || ciHigh === undefined || ciLow === ciHigh) return undefined;
    return { low: ciLow, high: ciHigh };
  }
  const variances = [a, b].map((values, place) => {
    const { sd = NaN } = meanAndDeviation([...values.values()]);
    return sd * sd * (1 / values.size + overlaps[place]);
  });
  const variance = variances[0] + variances[1];
  if (!(variance > 0)) return undefined;
  const freedom = variance * variance /
    [a, b].reduce(
      (sum, { size }, place) => sum + variances[place] * variances[place] / (size - 1),
      0,
    );
  const critical = tQuantile((1 + CONFIDENCE) / 2, freedom);
  return intervalAround(difference, critical * Math.sqrt(variance));
}
