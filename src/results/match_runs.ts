import { type RunDifference, runDifference } from "./run_difference.ts";
import type { CurveRow, RunRow } from "./run_row.ts";

/** The rows of a sweep's runs.csv and, if available, of its curves.csv. */
export interface SweepRows {
  readonly runs: readonly RunRow[];
  readonly curves?: readonly CurveRow[];
}

/** The runs of two sweeps, A and B; each list is in its sweep's order. */
export interface MatchedRuns {
  readonly identical: readonly RunRow[];
  /** Rows of A. */
  readonly different: readonly { readonly row: RunRow; readonly difference: RunDifference }[];
  readonly onlyInA: readonly RunRow[];
  readonly onlyInB: readonly RunRow[];
}

/**
 * Matches the runs of two sweeps by their keys: runs with equal keys should have equal results.
 * Curves are compared if both sweeps have them.
 */
export function matchRuns(a: SweepRows, b: SweepRows): MatchedRuns {
  const inA = new Set(a.runs.map(({ run }) => run));
  const inB = new Map(b.runs.map((row) => [row.run, row]));
  const haveCurves = a.curves !== undefined && b.curves !== undefined;
  const [curvesOfA, curvesOfB] = [a, b].map(({ curves = [] }) =>
    Map.groupBy(haveCurves ? curves : [], ({ run }) => run)
  );
  const identical: RunRow[] = [];
  const different: { row: RunRow; difference: RunDifference }[] = [];
  for (const row of a.runs) {
    const other = inB.get(row.run);
    if (!other) continue;
    const difference = runDifference(
      { row, curve: curvesOfA.get(row.run) ?? [] },
      { row: other, curve: curvesOfB.get(row.run) ?? [] },
    );
    if (difference) different.push({ row, difference });
    else identical.push(row);
  }
  return {
    identical,
    different,
    onlyInA: a.runs.filter(({ run }) => !inB.has(run)),
    onlyInB: b.runs.filter(({ run }) => !inA.has(run)),
  };
}
