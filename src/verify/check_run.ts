import { type ColumnDifference, runDifference, type RunRows } from "../results/run_difference.ts";
import type { Check, Finding } from "./check.ts";
import { identityFindings, runName, type StatedRun } from "./stated_runs.ts";

/** What was computed of a run, as CSV files would have it; or why it could not be. */
export type ComputedRun = RunRows | { readonly failure: string };

/** Compares what a sweep's files say of a run with what was computed of it. */
export function checkRun(stated: StatedRun, computed: ComputedRun): Check {
  const { cell, task } = stated.run;
  return {
    subject: runName(cell.name, task.seed),
    findings: [...identityFindings(stated), ...resultFindings(stated, computed)],
  };
}

function resultFindings(stated: StatedRun, computed: ComputedRun): Finding[] {
  if ("failure" in computed) return [{ what: `It cannot be trained: ${computed.failure}` }];
  const difference = runDifference(stated, computed);
  if (!difference) return [];
  const { columns, curve } = difference;
  // One figure of the first step that differs: the others, and later steps, follow from it.
  const start = curve
    ? findingOf(
      curve.columns[0],
      `${curve.columns[0].column} at step ${curve.step}, the first that differs in curves.csv`,
    )
    : { what: "curves.csv is right at every step" };
  return [start, ...columns.map((column) => findingOf(column))];
}

function findingOf({ column, fields }: ColumnDifference, what = column): Finding {
  const [expected, actual] = fields;
  return { what, expected, actual };
}
