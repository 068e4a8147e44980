import { columnOf } from "../measures/metrics.ts";
import type { RunRecord, StoredTest } from "../store/run_record.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The part of a run that says what to measure: its task. */
type Wanted = { readonly task: Pick<PlannedRun["task"], "measures"> };

/** Whether a result has all measures that are wanted of its run. */
export function hasWanted(
  { task }: Wanted,
  { evaluations }: Pick<RunResult, "evaluations">,
): boolean {
  const columns = (task.measures ?? []).map((key) => columnOf("validation", { key }));
  return columns.every((column) =>
    evaluations.every(({ measures }) => measures[column] !== undefined)
  );
}

/** Whether a test score has all measures that are wanted of its run. */
export function isScoreWhole({ task }: Wanted, { measures }: StoredTest): boolean {
  return (task.measures ?? []).every((key) => measures[key] !== undefined);
}

/** The records of runs, by their places, of which those that lack a wanted measure do not count. */
export function knownRecords(
  runs: readonly Wanted[],
  records: readonly (RunRecord | undefined)[],
): (RunRecord | undefined)[] {
  return records.map((record, index) =>
    record && hasWanted(runs[index], record.result) ? record : undefined
  );
}
