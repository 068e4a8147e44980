import type { RunOutcome } from "./run_outcome.ts";

/** Outcomes by cell and then by seed, in the experiment's order, whichever finished first. */
export function sortOutcomes(outcomes: readonly RunOutcome[]): RunOutcome[] {
  return outcomes.toSorted((a, b) => a.cell.index - b.cell.index || a.replicate - b.replicate);
}
