import type { RunOutcome } from "../../results/run_outcome.ts";
import type { RunRecord } from "../../store/run_record.ts";
import type { Store } from "../../store/store.ts";
import { knownRecords } from "../known_records.ts";
import { outcomeOf } from "../outcome_of.ts";
import type { PlannedRun } from "../planned_run.ts";

/** A run, with its record if the store has one that says all that is wanted. */
export interface LookedUpRun {
  readonly run: PlannedRun;
  readonly record?: RunRecord;
}

/**
 * Looks runs up instead of training them.
 *
 * @returns The runs in their order, and their outcomes if the store knows all of them.
 */
export async function lookUpRuns(
  runs: readonly PlannedRun[],
  store: Store,
): Promise<{ lookedUp: readonly LookedUpRun[]; outcomes?: readonly RunOutcome[] }> {
  const records = knownRecords(runs, await store.getMany(runs.map(({ key }) => key)));
  const lookedUp = runs.map((run, index) => ({ run, record: records[index] }));
  const outcomes = lookedUp.flatMap(({ run, record }) =>
    record ? [outcomeOf(run, { result: record.result })] : []
  );
  return outcomes.length === runs.length ? { lookedUp, outcomes } : { lookedUp };
}
