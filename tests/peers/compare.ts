import { assert } from "@std/assert";
import { fileURLToPath } from "node:url";
import { baselineCell } from "../../src/experiment/experiment.ts";
import type { OpenedOnDataset } from "../../src/experiment/open_experiment.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { planOneRun, trainOneRun } from "../../src/sweep/train_one_run.ts";
import { openOnDataset } from "../_on_dataset.ts";

const SCRIPT = fileURLToPath(new URL("sklearn_peer.py", import.meta.url));

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
  const { model, scores } = await askPeer(python, await requestOf(opened));
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

/** What stands between fields. */
const SEPARATORS: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  bar: "|",
  space: " ",
};

/** How the table is read, and what its columns are used as; no values. */
function tableOf({ experiment, dataset: { facts, sources } }: OpenedOnDataset) {
  const { path, testPath, separator = "comma", header, target } = experiment.dataset;
  const names = facts.columns.map(({ name }) => name);
  return {
    paths: [path, ...testPath === undefined ? [] : [testPath]],
    separator: SEPARATORS[separator],
    header,
    missing: ["", ...facts.missingWords.map(({ name }) => name)],
    target: names.indexOf(target),
    columns: sources.map(({ name, kind }) => ({ index: names.indexOf(name), kind })),
  };
}

/** What sklearn_peer.py asks for: the table, and the rows that runs were trained and scored on. */
async function requestOf(opened: OpenedOnDataset): Promise<unknown> {
  const { experiment, dataset } = opened;
  const splits = await Promise.all(experiment.seeds.map(async (seed) => {
    const { task, ...run } = await planOneRun(opened, { seed });
    const { data } = await trainOneRun({ ...run, task: { ...task, stopAt: 1 } });
    const { train, validation, test } = data().rows;
    return { seed, train: [...train], validation: [...validation], test: [...test] };
  }));
  return { task: dataset.task, ...tableOf(opened), splits };
}

async function askPeer(python: string, request: unknown): Promise<PeerAnswer> {
  const peer = new Deno.Command(python, {
    args: [SCRIPT],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
    // It leaves no files in the source tree, and takes one core.
    env: { PYTHONDONTWRITEBYTECODE: "1", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  }).spawn();
  const writer = peer.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(request)));
  await writer.close();
  const { success, stdout } = await peer.output();
  assert(success, "scikit-learn's side ended with an error");
  return JSON.parse(new TextDecoder().decode(stdout));
}
