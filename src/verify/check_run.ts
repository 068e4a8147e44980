import { runName } from "../experiment/replicates.ts";
import { type ColumnDifference, runDifference, type RunRows } from "../results/run_difference.ts";
import type { Check, Finding } from "./check.ts";
import { identityFindings, type StatedRun } from "./stated_runs.ts";

/** A computed run as the rows of its CSV files, or why it could not be computed. */
export type ComputedRun = RunRows | { readonly failure: string };

/** Compares a run in a sweep's files with the same run computed again. */
export function checkRun(stated: StatedRun, computed: ComputedRun): Check {
  const { cell, task } = stated.run;
  return {
    subject: runName(cell.name, task),
    findings: [...identityFindings(stated), ...resultFindings(stated, computed)],
  };
}

function resultFindings(stated: StatedRun, computed: ComputedRun): Finding[] {
  if ("failure" in computed) return [{ what: `It cannot be trained: ${computed.failure}` }];
  const difference = runDifference(stated, computed);
  if (!difference) return [];
  const { columns, curve } = difference;
  // One measure of the first step that differs is enough: later differences follow from it.
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
