import type { Dataset } from "../dataset/dataset.ts";
import { keepCells } from "../experiment/cells/keep_cells.ts";
import { sweptValue } from "../experiment/cells/swept_value.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { longestRun, type Rung, rungsOf, survivorCount } from "../experiment/halving.ts";
import type { Metric } from "../measures/metrics.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { HalvingRow } from "../results/run_row.ts";
import { planRuns } from "./plan_runs.ts";
import type { PlannedRun } from "./planned_run.ts";
import { meritOf, type Standing, standingsOf, valuesOf } from "./standings.ts";

/** The rest of an experiment when the cells that did worst early are stopped. */
export interface Halved {
  /** With the cells that go on: to their ends, unless a rung was not finished. */
  readonly experiment: Experiment;
  /** By rung and then by cell; absent if the experiment stops none. */
  readonly rows?: readonly HalvingRow[];
  /** True if `train` left a rung. */
  readonly isUnfinished: boolean;
}

/** A rung with an outcome of each run. */
export interface FinishedRung extends Pick<Rung, "step"> {
  /** With the cells that the rung compares. */
  readonly experiment: Experiment;
  readonly outcomes: readonly KeptOutcome[];
  /** Of the rungs before it. */
  readonly rows: readonly HalvingRow[];
}

/** Trains a rung's runs; resolves to undefined if the rung is to be left unfinished. */
export type TrainRung = (
  runs: readonly PlannedRun[],
  rung: Rung,
) => Promise<readonly KeptOutcome[] | undefined>;

/**
 * Finds the cells to train to their ends: those that do best after few steps, then after more.
 *
 * Each rung's runs are their cells' whole runs so far, to the bit, whether they go on from the rung
 * before or begin at their first step.
 *
 * Source: Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
 * optimization" (2016), with the baseline kept whatever it does.
 *
 * @param onFinished Called with each rung that was finished.
 */
export async function halve(
  experiment: Experiment,
  dataset: Dataset | undefined,
  train: TrainRung,
  onFinished?: (rung: FinishedRung) => void,
): Promise<Halved> {
  const { cells, halving } = experiment;
  if (!halving) return { experiment, isUnfinished: false };
  const rows: HalvingRow[] = [];
  let left = experiment;
  for (const rung of rungsOf(halving, cells.length, longestRun(experiment))) {
    const outcomes = await train(planRuns(left, dataset, rung.step).runs, rung);
    if (!outcomes) return { experiment: left, rows, isUnfinished: true };
    onFinished?.({ step: rung.step, experiment: left, outcomes, rows: [...rows] });
    const ranked = rank(left, outcomes, halving.metric);
    const others = ranked.filter(({ cell }) => cell.index !== left.baseline);
    const survivors = survivorCount(rung.cells, halving) - 1;
    // More steps cannot help a cell without a result, even if fewer cells go on than could.
    const stopped = new Set(others.filter(({ n }, place) => place >= survivors || n === 0));
    for (const standing of ranked.toSorted((a, b) => a.cell.index - b.cell.index)) {
      rows.push(rowOf(experiment, standing, rung, !stopped.has(standing)));
    }
    const kept = ranked.filter((standing) => !stopped.has(standing));
    left = keepCells(left, kept.map(({ cell }) => cell.index).sort((a, b) => a - b));
  }
  return { experiment: left, rows, isUnfinished: false };
}

/** Cells from the best to the worst; one with a run that diverged or failed is behind the others. */
function rank(
  experiment: Experiment,
  outcomes: readonly KeptOutcome[],
  metric: Metric,
): readonly Standing[] {
  return standingsOf(experiment, valuesOf(outcomes, metric)).sort((a, b) => {
    if (a.isWhole !== b.isWhole) return a.isWhole ? -1 : 1;
    return meritOf(b, metric) - meritOf(a, metric) || a.cell.index - b.cell.index;
  });
}

function rowOf(
  { sweptKeys }: Experiment,
  { cell, n, mean }: Standing,
  { step }: Rung,
  isKept: boolean,
): HalvingRow {
  const values = Object.fromEntries(sweptKeys.map((key) => [key, sweptValue(cell, key)]));
  return { step, cell: cell.name, values, n, mean, isKept };
}
