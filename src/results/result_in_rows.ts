import type { RunResult } from "../trainers/run_result.ts";
import type { RunRows } from "./run_difference.ts";

/**
 * Restores a run's result from its lines of runs.csv, curves.csv and histograms.csv, as far as they
 * contain it: writing it again gives the same lines. Undefined for a run that failed or has no curve.
 */
export function resultInRows(
  { row, curve, histograms = [] }: RunRows,
): RunResult | undefined {
  const { status, measures, digest } = row;
  if (status === "failed" || !measures || digest === undefined || curve.length === 0) {
    return undefined;
  }
  const { steps, best_step: bestStep = curve[curve.length - 1].step, ...others } = measures;
  const inGroup = (isInIt: (column: string) => boolean) =>
    Object.fromEntries(
      Object.entries(others).filter(([column]) => !(column in curve[0].measures) && isInIt(column)),
    );
  return {
    status,
    steps,
    evaluations: curve.map(({ step, measures }) => ({ step, measures })),
    measures: inGroup((column) => !isBest(column)),
    bestStep,
    best: inGroup(isBest),
    histograms: histograms.map(({ minimum, maximum, counts }) => ({ minimum, maximum, counts })),
    digest,
    trainSeconds: 0,
  };
}

function isBest(column: string): boolean {
  return column.startsWith("best_");
}
