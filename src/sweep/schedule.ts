import type { PlannedRun } from "./planned_run.ts";

/**
 * The order to train runs in: one replicate after another, so that whatever has ended at any moment
 * compares all cells; within a replicate the longest first, so that no long run is left for the end.
 */
export function schedule(runs: readonly PlannedRun[]): PlannedRun[] {
  return runs.toSorted((a, b) =>
    a.replicate - b.replicate || b.flops - a.flops || a.cell.index - b.cell.index
  );
}
