import { type Metric, metricColumn } from "../measures/metrics.ts";
import type { RunRow } from "../results/run_row.ts";
import { meanOf } from "./mean.ts";

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
}

/**
 * Compares cells that have the same name in two sweeps but different runs: they differ in seeds, or
 * in settings that the name does not show. Returns them in the order of A.
 */
export function cellMeanDifferences(
  runsOfA: readonly RunRow[],
  runsOfB: readonly RunRow[],
  metric: Metric,
): CellMeanDifference[] {
  const cellsOfB = Map.groupBy(runsOfB, ({ cell }) => cell);
  return [...Map.groupBy(runsOfA, ({ cell }) => cell)].flatMap(([cell, rowsOfA]) => {
    const rowsOfB = cellsOfB.get(cell);
    if (!rowsOfB || haveSameKeys(rowsOfA, rowsOfB)) return [];
    const [a, b] = [meanIn(rowsOfA, metric), meanIn(rowsOfB, metric)];
    const isComparable = a.mean !== undefined && b.mean !== undefined;
    return { cell, a, b, difference: isComparable ? b.mean - a.mean : undefined };
  });
}

function haveSameKeys(a: readonly RunRow[], b: readonly RunRow[]): boolean {
  const [keysOfA, keysOfB] = [a, b].map((rows) => new Set(rows.map(({ run }) => run)));
  return keysOfA.size === keysOfB.size && keysOfA.isSubsetOf(keysOfB);
}

function meanIn(rows: readonly RunRow[], metric: Metric): CellMean {
  const column = metricColumn(metric);
  const values = rows.filter(({ status }) => status === "completed")
    .flatMap(({ measures }) => measures?.[column] ?? [])
    .filter((value) => !Number.isNaN(value));
  return { n: values.length, mean: values.length > 0 ? meanOf(values) : undefined };
}
