import type { RunResult } from "../trainers/run_result.ts";

/**
 * What statistics and most of the result files need of a run's result. Its curve and its histograms are
 * in the store.
 */
export interface RunSummary extends Omit<RunResult, "evaluations" | "histograms"> {
  /** Measures of the final model's evaluation, by column. */
  readonly final: Readonly<Record<string, number>>;
  /** The columns of all its evaluations, in the order in which they first appear. */
  readonly columns: readonly string[];
}

/** A run's result, whole or in short. */
export type KeptResult = RunResult | RunSummary;

/** Whether all of a result is there. */
export function isWhole(result: KeptResult): result is RunResult {
  return "evaluations" in result;
}
