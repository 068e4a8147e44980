import { type Metric, metricColumn } from "../../src/measures/metrics.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { SAMPLE_COLUMNS } from "../results/_sample_columns.ts";

/** A completed run of a cell with this validation accuracy; its other measures are `other`. */
export function sampleRun(cell: string, seed: number, accuracy: number, other = 0): RunRow {
  const measures = Object.fromEntries(
    ["steps", ...SAMPLE_COLUMNS.runs].map((column) => [column, other]),
  );
  return {
    run: `${cell}/${seed}`,
    cell,
    replicate: seed - 1,
    seed,
    values: { dropout: Number(cell) },
    status: "completed",
    measures: { ...measures, "validation_accuracy": accuracy },
    digest: `digest of ${cell}/${seed}`,
  };
}

/** Completed runs with these values of a metric, seeds counted from 1. */
export function sampleRuns(
  cell: string,
  values: readonly number[],
  metric: Metric = "validation_accuracy",
): RunRow[] {
  return values.map((value, index) => {
    const run = sampleRun(cell, index + 1, 0);
    return { ...run, measures: { ...run.measures, [metricColumn(metric)]: value } };
  });
}

export function divergedRun(cell: string, seed: number): RunRow {
  return { ...sampleRun(cell, seed, NaN, NaN), status: "diverged" };
}

export function failedRun(cell: string, seed: number): RunRow {
  const { measures: _measures, digest: _digest, ...row } = sampleRun(cell, seed, 0);
  return { ...row, status: "failed" };
}
