import type { KeptOutcome } from "./run_outcome.ts";

/** Sorts outcomes by cell, then by seed, both in the experiment's order. */
export function sortOutcomes<Outcome extends KeptOutcome>(
  outcomes: readonly Outcome[],
): Outcome[] {
  return outcomes.toSorted((a, b) => a.cell.index - b.cell.index || a.replicate - b.replicate);
}
