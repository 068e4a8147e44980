import { curveRows } from "../../src/results/curves_csv.ts";
import { runRows } from "../../src/results/runs_csv.ts";
import type { StatedRun } from "../../src/verify/stated_runs.ts";
import { sampleExperiment, sampleResult } from "../results/_sample_outcomes.ts";
import { plannedRuns } from "../sweep/_planned_runs.ts";

/** A run that was planned with this dropout, and what its files say of it. */
export function statedRun(dropout: number): StatedRun {
  const [run] = plannedRuns([{ dropout }]);
  const { key, cell, replicate, task } = run;
  const outcome = { key, cell, replicate, seed: task.seed, result: sampleResult() };
  const experiment = sampleExperiment(["dropout"], [cell]);
  const [row] = runRows(experiment, [outcome]);
  return { run, row, curve: curveRows(experiment, [outcome]) };
}
