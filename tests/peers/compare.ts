import { assert } from "@std/assert";
import { baselineCell } from "../../src/experiment/experiment.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { openOnDataset } from "../_on_dataset.ts";
import { askPeer, peerRequest } from "./ask_peer.ts";

/** Means of one measure over the seeds. */
export interface Means {
  readonly unregularized: number;
  readonly best: number;
  readonly peer: number;
}

/** An experiment's cells beside scikit-learn's linear model, fitted to the same rows. */
export interface Comparison {
  readonly experiment: string;
  readonly measure: "accuracy" | "r2";
  /** The cell with the best mean of the experiment's metric. */
  readonly bestCell: string;
  readonly peerModel: string;
  readonly seeds: number;
  readonly validation: Means;
  /** Rows that played no part in selecting the best cell. */
  readonly test: Means;
}

/** What sklearn_peer.py answers. */
interface PeerAnswer {
  readonly model: string;
  readonly scores: readonly {
    readonly seed: number;
    readonly validation: number;
    readonly test: number;
  }[];
}

/**
 * Sweeps an experiment and has scikit-learn fit its model to the same rows, seed by seed.
 *
 * @param python One that has scikit-learn.
 * @param reports A folder for the results.
 */
export async function compareWithPeer(
  file: string,
  { python, reports }: { readonly python: string; readonly reports: string },
): Promise<Comparison> {
  const opened = await openOnDataset(file);
  const { experiment, dataset } = opened;
  const swept = await sweepExperiment(opened, {
    reports,
    workers: navigator.hardwareConcurrency,
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  assert(swept.state === "complete");
  const { results } = swept;
  const measure = dataset.task === "regression" ? "r2" : "accuracy";
  const bestCell = results.test?.find(({ roles }) => roles.includes("best"))?.cell;
  assert(bestCell !== undefined, `${file} has no test rows`);
  const { model, scores } = await askPeer<PeerAnswer>(
    "sklearn_peer.py",
    await peerRequest(opened),
    python,
  );
  const baseline = baselineCell(experiment).name;
  const meansOf = (part: "validation" | "test"): Means => ({
    unregularized: meanOf(results, baseline, part, measure),
    best: meanOf(results, bestCell, part, measure),
    peer: mean(scores.map((score) => score[part])),
  });
  return {
    experiment: experiment.name,
    measure,
    bestCell,
    peerModel: model,
    seeds: experiment.seeds.length,
    validation: meansOf("validation"),
    test: meansOf("test"),
  };
}

function meanOf(
  { runs, test = [] }: ReportInput,
  cell: string,
  part: "validation" | "test",
  measure: string,
): number {
  const values = part === "test"
    ? test.filter((row) => row.cell === cell).map(({ measures }) => measures?.[measure])
    : runs.filter((row) => row.cell === cell).map(({ measures }) =>
      measures?.[`${part}_${measure}`]
    );
  assert(values.length > 0, `${cell} has no ${part}_${measure}`);
  return mean(values.map((value) => value ?? NaN));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
