import { columnOf, EVALUATED_PARTS } from "../measures/metrics.ts";
import type { RunRecord, StoredTest } from "../store/run_record.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The part of a run that says what its record must have. */
type Wanted = Pick<PlannedRun, "measures">;

/** The keys of the measures that a run should have, and that its result lacks. */
export function lackedMeasures(
  run: Wanted,
  { evaluations }: Pick<RunResult, "evaluations">,
): string[] {
  return run.measures.filter((key) => {
    const columns = EVALUATED_PARTS.map((part) => columnOf(part, { key }));
    return evaluations.some(({ measures }) => columns.some((name) => measures[name] === undefined));
  });
}

/** Whether a run's result has all measures that the run should have. */
export function hasWanted(run: Wanted, result: Pick<RunResult, "evaluations">): boolean {
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
