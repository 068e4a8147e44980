import { columnOf, EVALUATED_PARTS } from "../measures/metrics.ts";
import type { RunRecord, StoredTest } from "../store/run_record.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The part of a run that says what its record must have. */
type Wanted = Pick<PlannedRun, "measures" | "metric">;

/** The keys of the measures that a run should have, and that its result lacks; or its metric. */
export function lackedMeasures(
  run: Wanted,
  { evaluations, best }: Pick<RunResult, "evaluations" | "best">,
): string[] {
  const isLacked = (column: string) =>
    evaluations.some(({ measures }) => measures[column] === undefined);
  const lacked = run.measures.filter((key) =>
    EVALUATED_PARTS.some((part) => isLacked(columnOf(part, { key })))
  );
  const { metric } = run;
  if (metric === undefined || metric in best || !isLacked(metric)) return lacked;
  return [...lacked, metric];
}

/** Whether a run's result has all measures that the run should have. */
export function hasWanted(run: Wanted, result: Pick<RunResult, "evaluations" | "best">): boolean {
  return lackedMeasures(run, result).length === 0;
}

/** Whether a test score has all measures that its run should have. */
export function isScoreWhole(run: Wanted, { measures }: StoredTest): boolean {
  return run.measures.every((key) => measures[key] !== undefined);
}

/** The records of runs, by their places, of which those that lack a measure do not count. */
export function knownRecords(
  runs: readonly Wanted[],
  records: readonly (RunRecord | undefined)[],
): (RunRecord | undefined)[] {
  return records.map((record, index) =>
    record && hasWanted(runs[index], record.result) ? record : undefined
  );
}
