import { sweptValue } from "../experiment/cells/swept_value.ts";
import { runName } from "../experiment/replicates.ts";
import { resultInRows } from "../results/result_in_rows.ts";
import type { RunRows } from "../results/run_difference.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { outcomeOf } from "../sweep/outcome_of.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import { formatValue } from "../trainers/format_value.ts";
import type { Check, Finding } from "./check.ts";
import type { SweepFolder } from "./sweep_folder.ts";

/** A run that is both in the experiment and in runs.csv. */
export interface StatedRun extends RunRows {
  readonly run: PlannedRun;
}

export interface StatedRuns {
  /** In the experiment's order. */
  readonly stated: readonly StatedRun[];
  /** Runs that are only in the experiment or only in runs.csv, each with its finding. */
  readonly strays: readonly Check[];
}

/**
 * Matches an experiment's runs with those in a sweep's folder, by their keys.
 *
 * @param options.isUnfinished True: the folder may lack runs.
 */
export function matchStatedRuns(
  planned: readonly PlannedRun[],
  { runs, curves, histograms }: Pick<SweepFolder, "runs" | "curves" | "histograms">,
  { isUnfinished = false } = {},
): StatedRuns {
  const rowOf = new Map(runs.map((row) => [row.run, row]));
  const curveOf = Map.groupBy(curves, ({ run }) => run);
  const histogramsOf = Map.groupBy(histograms, ({ run }) => run);
  const stated: StatedRun[] = [];
  const strays: Check[] = [];
  for (const run of planned) {
    const row = rowOf.get(run.key);
    if (row) {
      const histograms = histogramsOf.get(run.key) ?? [];
      stated.push({ run, row, curve: curveOf.get(run.key) ?? [], histograms });
    } else if (!isUnfinished) {
      const what = "experiment.yaml has this run, runs.csv does not";
      strays.push({ subject: runName(run.cell.name, run.task), findings: [{ what }] });
    }
  }
  const keys = new Set(planned.map(({ key }) => key));
  runs.forEach((row, index) => {
    if (keys.has(row.run)) return;
    const what = `line ${index + 2} of runs.csv: experiment.yaml has no run of this key`;
    strays.push({ subject: runName(row.cell, row), findings: [{ what }] });
  });
  return { stated, strays };
}

/** False if a run failed: its rows claim nothing that could be computed again. */
export function hasResult({ row }: Pick<StatedRun, "row">): boolean {
  return row.status !== "failed";
}

/** Columns in which a line of runs.csv differs from the experiment's run with the same key. */
export function identityFindings({ run, row }: StatedRun): Finding[] {
  const { cell, replicate, task } = run;
  const columns: (readonly [column: string, expected: string, actual: string])[] = [
    ["cell", row.cell, cell.name],
    ["replicate", String(row.replicate), String(replicate)],
    ["seed", String(row.seed), String(task.seed)],
    ["fold", String(row.fold ?? ""), String(task.fold ?? "")],
    ...Object.entries(row.values).map(([key, value]) => {
      return [key, formatValue(value), formatValue(sweptValue(cell, key))] as const;
    }),
  ];
  return columns.filter(([, expected, actual]) => expected !== actual)
    .map(([what, expected, actual]) => ({ what, expected, actual }));
}

/** The outcome of a run according to a sweep's files, in the form of a computed one. */
export function statedOutcome(stated: StatedRun): RunOutcome {
  const result = resultInRows(stated);
  return outcomeOf(stated.run, result ? { result } : { failure: "as runs.csv says" });
}
