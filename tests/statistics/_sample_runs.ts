import type { Metric } from "../../src/experiment/experiment.ts";
import { RUN_FIGURES } from "../../src/results/figures.ts";
import type { RunRow } from "../../src/results/run_row.ts";

/** A completed run of a cell with this validation accuracy; its other figures are `other`. */
export function sampleRun(cell: string, seed: number, accuracy: number, other = 0): RunRow {
  const figures = Object.fromEntries(RUN_FIGURES.map((figure) => [figure, other]));
  return {
    run: `${cell}/${seed}`,
    cell,
    replicate: seed - 1,
    seed,
    values: { dropout: Number(cell) },
    status: "completed",
    figures: { ...figures as NonNullable<RunRow["figures"]>, "validation_accuracy": accuracy },
    digest: "d1ge57",
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
    const figures = run.figures as NonNullable<RunRow["figures"]>;
    return { ...run, figures: { ...figures, [metric]: value } };
  });
}

export function divergedRun(cell: string, seed: number): RunRow {
  return { ...sampleRun(cell, seed, NaN, NaN), status: "diverged" };
}

export function failedRun(cell: string, seed: number): RunRow {
  const { figures: _figures, digest: _digest, ...row } = sampleRun(cell, seed, 0);
  return { ...row, status: "failed" };
}
