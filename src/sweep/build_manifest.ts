import { cpus } from "node:os";
import { basename } from "node:path";
import packageFile from "../../deno.json" with { type: "json" };
import type { Dataset } from "../dataset/dataset.ts";
import { hasGaps } from "../dataset/has_gaps.ts";
import { ROW_PARTS } from "../dataset/row_parts.ts";
import { sweptValue } from "../experiment/cells/swept_value.ts";
import {
  baselineCell,
  type Cell,
  type DatasetExperiment,
  type Experiment,
} from "../experiment/experiment.ts";
import { plannedCells } from "../experiment/next_batch.ts";
import { replicateCount, replicateOf } from "../experiment/replicates.ts";
import { preparationRow } from "../experiment/schema/preparation_rows.ts";
import { kernelsChecksum } from "../kernels/kernels_checksum.ts";
import type { NativeKernels } from "../kernels/native_library.ts";
import { isLargerBetter } from "../measures/metrics.ts";
import type { RowlessInput } from "../report/report_input.ts";
import type {
  ClassCount,
  Manifest,
  ManifestDataset,
  ManifestUnfinished,
  SweepManifest,
  SweptKey,
} from "../results/manifest.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { HalvingRow } from "../results/run_row.ts";
import { shownMeasuresOf } from "../trainers/own_measures.ts";
import type { TestResult } from "../trainers/run_result.ts";
import { manifestTable } from "./manifest_table.ts";
import { manifestTrainers } from "./manifest_trainers.ts";
import type { Progress } from "./progress.ts";
import { splitFacts } from "./split_facts.ts";

/** A finished sweep: its experiment, its results, and how they were computed. */
export interface FinishedSweep {
  readonly experiment: Experiment;
  /** Absent if the experiment has none. */
  readonly dataset?: Dataset;
  /** One per run, by cell and then by seed. */
  readonly outcomes: readonly KeptOutcome[];
  /** By key, those of the cells that are scored. */
  readonly tests: ReadonlyMap<string, TestResult>;
  /** Of the cells that were stopped early, and of the others by then. */
  readonly halving?: readonly HalvingRow[];
  /** Present if runs or scores are missing: all about it but how many runs are planned. */
  readonly unfinished?: Omit<ManifestUnfinished, "planned">;
  readonly progress: Pick<Progress, "trained" | "known" | "trainSeconds">;
  readonly started: Date;
  /** Wall-clock time from the start to the last result. */
  readonly seconds: number;
  readonly workers: number;
  /** Absent if no worker used any. */
  readonly native?: NativeKernels;
  readonly tasks?: SweepManifest["tasks"];
  readonly notKept?: SweepManifest["notKept"];
  readonly command?: SweepManifest["command"];
}

/** What a manifest has that neither the experiment nor its results say, and the rows of CSV files. */
interface ManifestParts extends Pick<SweepManifest, "page" | "files" | "git"> {
  readonly rows: Omit<RowlessInput, "manifest">;
}

/** Builds a finished sweep's manifest; `files` are the checksums of its other files by name. */
export async function buildManifest(
  sweep: FinishedSweep,
  { page, files, git, rows }: ManifestParts,
): Promise<SweepManifest> {
  const { outcomes, progress, started, seconds, workers, native, tasks, notKept, command } = sweep;
  const facts = manifestFacts(sweep);
  const { state, unfinished, runs, failures, ...question } = facts;
  // Training starts without it.
  const { answerOf } = await import("../report/answer_of.ts");
  const { total, ...counts } = runs;
  return {
    format: 1,
    state,
    unfinished,
    answer: answerOf({ ...rows, manifest: facts }),
    command,
    ...question,
    kernels: {
      checksum: await kernelsChecksum(),
      ...native && { native: { library: basename(native.path), bits: native.bits } },
    },
    runs: { total, trained: progress.trained, known: progress.known, ...counts },
    failures,
    notKept,
    times: {
      started: started.toISOString(),
      seconds,
      trainSeconds: progress.trainSeconds,
      runs: outcomes.map(({ result }) => result?.trainSeconds ?? null),
    },
    machine: {
      os: Deno.build.os,
      arch: Deno.build.arch,
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      cores: navigator.hardwareConcurrency,
      workers,
    },
    tasks,
    versions: versions(),
    git,
    page,
    files,
  };
}

/** The members of a manifest that follow from the experiment, its dataset and its results. */
export type ManifestFacts =
  & Pick<SweepManifest, "state" | "unfinished" | "experiment" | "dataset" | "trainers">
  & Pick<Manifest, "own" | "measures" | "failures">
  & { readonly runs: Omit<SweepManifest["runs"], "trained" | "known"> };

/** The same facts for the same results, whoever computed them. */
export function manifestFacts(
  sweep: Pick<FinishedSweep, "experiment" | "dataset" | "outcomes" | "halving" | "unfinished">,
): ManifestFacts {
  const { outcomes } = sweep;
  const diverged = outcomes.filter(({ result }) => result?.status === "diverged").length;
  const divergedEarly = countDivergedEarly(sweep);
  const failures = outcomes.flatMap(({ key, cell, seed, fold, failure }) =>
    failure === undefined
      ? []
      : [{ run: key, cell: cell.name, ...replicateOf({ seed, fold }), reason: failure }]
  );
  return {
    ...stateOf(sweep),
    ...about(sweep),
    runs: {
      total: outcomes.length,
      diverged: diverged + divergedEarly,
      ...divergedEarly > 0 && { divergedEarly },
      failed: failures.length,
    },
    failures,
  };
}

/** Whether there are all runs of the experiment's cells, trained to their ends. */
function stateOf(
  { experiment, outcomes, unfinished }: Pick<
    FinishedSweep,
    "experiment" | "outcomes" | "unfinished"
  >,
): Pick<Manifest, "state" | "unfinished"> {
  const { search, searched } = experiment;
  const planned = plannedCells(experiment) * replicateCount(experiment);
  if (!unfinished) return { state: "complete" };
  const { rung: stoppedAt, unscored, ...circumstances } = unfinished;
  // Without successive halving, runs are trained to their ends.
  const rung = experiment.halving && stoppedAt;
  // With looks, there need not be as many.
  const areThere = outcomes.length === planned && rung === undefined && !experiment.looks &&
    (!search || searched?.isOver);
  if (areThere && !unscored) return { state: "complete" };
  return {
    state: "unfinished",
    unfinished: {
      ...circumstances,
      planned,
      ...rung !== undefined && { rung },
      ...unscored && { unscored },
    },
  };
}

/** Runs that diverged before their cells were stopped: a run that failed leaves no row. */
function countDivergedEarly(
  { experiment, halving = [] }: Pick<FinishedSweep, "experiment" | "halving">,
): number {
  const stopped = halving.filter(({ isKept }) => !isKept);
  return stopped.reduce((sum, { n }) => sum + replicateCount(experiment) - n, 0);
}

function about(
  { experiment, dataset }: Pick<FinishedSweep, "experiment" | "dataset">,
): Pick<SweepManifest, "experiment" | "dataset" | "trainers" | "own" | "measures"> {
  const { outline, trainers } = experiment;
  return {
    experiment: aboutExperiment(experiment),
    ...dataset && experiment.dataset && {
      dataset: aboutDataset({ ...experiment, dataset: experiment.dataset }, dataset),
    },
    ...manifestTrainers(experiment),
    measures: shownMeasuresOf(trainers.select(outline.trainers)),
  };
}

/** What a manifest says of an experiment itself. */
export function aboutExperiment(experiment: Experiment): SweepManifest["experiment"] {
  const { metric, sweptKeys, cells } = experiment;
  return {
    name: experiment.name,
    description: experiment.description,
    tags: experiment.tags,
    notes: experiment.notes,
    cite: experiment.cite,
    file: experiment.file,
    metric,
    largerIsBetter: isLargerBetter(metric),
    equivalence: experiment.equivalence,
    scope: experiment.scope,
    baseline: baselineCell(experiment).name,
    swept: sweptKeys.map((key) => sweptKey(key, experiment)),
    fixed: experiment.fixed,
    cells: cells.map((cell) => aboutCell(cell, sweptKeys)),
    seeds: experiment.seeds,
    looks: experiment.looks,
    halving: experiment.halving,
    search: aboutSearch(experiment),
  };
}

/** What a manifest says of a cell. */
export function aboutCell(
  cell: Cell,
  sweptKeys: Experiment["sweptKeys"],
): SweepManifest["experiment"]["cells"][number] {
  return {
    name: cell.name,
    technique: cell.technique,
    values: Object.fromEntries(sweptKeys.map((key) => [key, sweptValue(cell, key)])),
  };
}

function aboutSearch({ search, searched }: Experiment): SweepManifest["experiment"]["search"] {
  return search && {
    method: "tpe",
    points: search.pointCount,
    batches: search.batchCount,
    found: searched?.found ?? [],
  };
}

function aboutDataset(
  experiment: Pick<DatasetExperiment, "dataset" | "seeds">,
  dataset: Dataset,
): ManifestDataset {
  const { path, target, standardize, impute } = experiment.dataset;
  const { rows, split } = splitFacts(experiment, dataset);
  return {
    path: basename(path),
    target,
    rows,
    task: dataset.task,
    features: dataset.columns,
    classes: dataset.classes.length,
    ...dataset.task === "classification" && { classCounts: countClasses(dataset) },
    ...manifestTable(dataset.facts, experiment.dataset),
    checksum: dataset.checksum,
    ...dataset.testChecksum !== undefined && { testChecksum: dataset.testChecksum },
    standardize,
    ...(hasGaps(dataset.sources) || impute === "drop_rows") && { impute },
    split,
  };
}

/** How many rows each class has, and how many of them are in a file with the test rows. */
function countClasses(
  { classes, targets, splitting, testChecksum }: Pick<
    Dataset,
    "classes" | "targets" | "splitting" | "testChecksum"
  >,
): ClassCount[] {
  const rows = new Uint32Array(classes.length);
  const testRows = new Uint32Array(classes.length);
  targets.forEach((target, row) => {
    rows[target]++;
    if (splitting?.parts?.[row] === ROW_PARTS.test) testRows[target]++;
  });
  return classes.map((name, index) => ({
    name,
    rows: rows[index],
    ...testChecksum !== undefined && { testRows: testRows[index] },
  }));
}

/** A key's label in the report, from the trainer of the first cell that has the key. */
function sweptKey(
  key: string,
  { cells, trainers }: Pick<Experiment, "cells" | "trainers">,
): SweptKey {
  if (key === "trainer") return { key, label: "Trainer", regularizer: false };
  const cell = cells.find(({ config }) => Object.hasOwn(config, key));
  const row = cell ? trainers.rowOf(cell.trainer, key) : preparationRow(key);
  return {
    key,
    label: row?.label ?? key,
    unit: row?.unit,
    regularizer: row?.regularizer ?? false,
  };
}

/** Versions of regsweep, of what runs it, and of its dependencies as pinned. */
function versions(): Record<string, string> {
  const pinned = Object.values(packageFile.imports).map((specifier) => {
    const [, name, version] = specifier.match(/^npm:(@?[^@]+)@([^/]+)/) ?? [];
    return [name, version];
  });
  const { deno, v8 } = Deno.version;
  return { regsweep: packageFile.version, deno, v8, ...Object.fromEntries(pinned) };
}
