import type { PlannedRun } from "./planned_run.ts";

/**
 * The order to train runs in: the longest first, so that no long run is left for the end; runs of
 * one length seed by seed, so that early results cover every cell.
 */
export function schedule(runs: readonly PlannedRun[]): PlannedRun[] {
  return runs.toSorted((a, b) =>
    b.flops - a.flops || a.replicate - b.replicate || a.cell.index - b.cell.index
  );
}
