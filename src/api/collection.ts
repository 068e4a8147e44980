import { join } from "node:path";
import type { OpenedCollection } from "../experiment/collection/open_collection.ts";
import type { ExperimentChanges } from "../experiment/overrides.ts";
import type { Answer } from "../results/answer.ts";
import type { CollectionManifest, CollectionQuestion } from "../results/collection_manifest.ts";
import { Details } from "./details.ts";
import { type Experiment, toldExperiment } from "./experiment.ts";
import { drawExperiment, type DrawExperimentOptions } from "./report.ts";
import { sweepExperiment, type SweepOptions, type SweepResult } from "./sweep.ts";
import { REPORTS } from "./sweep_place.ts";

/** An experiment with several datasets: an experiment on each of them. */
export interface Collection {
  /** The name of its folder of results, which has a folder for each dataset. */
  readonly name: string;
  /** Its question; empty if it asks none. */
  readonly description: string;
  /** The column that compares cells, such as `validation_accuracy`. */
  readonly metric: string;
  /** The name of the cell that the others are compared with. */
  readonly baseline: string;
  /** In the order of the file; each has the name of its dataset. */
  readonly experiments: readonly Experiment[];
}

/** How the sweep of a dataset ended. */
export interface DatasetResult {
  /** Its name. */
  readonly dataset: string;
  /** As `sweepExperiment()` gives it. */
  readonly result: SweepResult;
}

/** How the sweep of several datasets ended. */
export interface CollectionResult {
  /**
   * `complete`: all have ended. Otherwise, that of the first dataset which is not, as in `SweepResult`;
   * no other was begun after it, unless it is `detached`.
   */
  readonly state: SweepResult["state"];
  /** The folder of results. */
  readonly folder: string;
  /** Those that were swept. */
  readonly datasets: readonly DatasetResult[];
  /** What the datasets that are complete answer together; absent if nothing was written. */
  readonly answer?: Pick<Answer, "advice" | "finding" | "limit">;
}

/** What collections were made from. */
const COLLECTED = new Details<Collection, OpenedCollection>("readCollection()");

/**
 * Reads an experiment file with several datasets, and these.
 *
 * @example
 * ```ts
 * import { readCollection } from "@regsweep/regsweep";
 *
 * const collection = await readCollection("experiments/seven-datasets.yaml");
 * for (const { name, cells } of collection?.experiments ?? []) console.log(name, cells.length);
 * ```
 *
 * @param file Relative to the process's folder, or absolute.
 * @returns Undefined if the experiment has a single dataset or none: `readExperiment()` reads it.
 * @throws {UserError} If anything is wrong with the file or a dataset, or cells cannot be compared over
 * them.
 */
export async function readCollection(
  file: string,
  changes: ExperimentChanges = {},
): Promise<Collection | undefined> {
  if (changes.table !== undefined) return undefined;
  const { openCollection } = await import("../experiment/collection/open_collection.ts");
  const opened = await openCollection(file, changes);
  if (!opened) return undefined;
  const experiments: Experiment[] = [];
  for (const table of opened.tables) experiments.push(await toldExperiment(table));
  const [{ description, metric, baseline }] = experiments;
  const { name } = opened;
  return COLLECTED.keep({ name, description, metric, baseline, experiments }, opened);
}

/**
 * Sweeps each dataset of a collection as `sweepExperiment()` does, one after the other, and writes what
 * they say together: datasets.csv, ranks.csv and a report over all of them. A budget is for all.
 *
 * @example
 * ```ts
 * import { readCollection, sweepCollection } from "@regsweep/regsweep";
 *
 * const collection = await readCollection("experiments/seven-datasets.yaml", { seeds: "2" });
 * if (collection) console.log((await sweepCollection(collection)).answer?.advice);
 * ```
 *
 * @throws {UserError} As `sweepExperiment()`.
 */
export async function sweepCollection(
  collection: Collection,
  options: SweepOptions = {},
): Promise<CollectionResult> {
  return await sweepEach(collection, options, sweepExperiment);
}

/**
 * Sweeps each dataset of a collection.
 *
 * @param sweep Sweeps one.
 */
export async function sweepEach(
  collection: Collection,
  options: SweepOptions,
  sweep: (experiment: Experiment, options: SweepOptions) => Promise<SweepResult>,
): Promise<CollectionResult> {
  const { reports = REPORTS, signal = new AbortController().signal } = options;
  const [{ stopwatch }, { indexSweeps }, { UserError }] = await Promise.all([
    import("../stopwatch.ts"),
    import("../sweep/index_sweeps.ts"),
    import("../user_error.ts"),
  ]);
  const [{ experiment }] = COLLECTED.of(collection).tables;
  const budgetSeconds = options.budgetSeconds ?? experiment.budgetSeconds;
  const secondsSinceStart = stopwatch();
  const folder = join(reports, collection.name);
  const datasets: DatasetResult[] = [];
  let manifest: CollectionManifest | undefined;
  for (const experiment of collection.experiments) {
    const left = budgetSeconds === undefined
      ? undefined
      : Math.max(1, Math.round(budgetSeconds - secondsSinceStart()));
    const result = await sweep(experiment, {
      ...options,
      ...left !== undefined && { budgetSeconds: left },
    });
    datasets.push({ dataset: experiment.name, result });
    if (result.state === "complete") {
      try {
        manifest = await write(collection, { reports, signal });
      } catch (error) {
        // What an earlier sweep left of the datasets that follow can be damaged, until they are swept.
        const isLast = datasets.length === collection.experiments.length;
        if (isLast || !(error instanceof UserError)) throw error;
      }
      await indexSweeps(reports, { signal, onProblem: () => {} });
    } else if (result.state !== "detached") break;
  }
  const { state = "complete" as const } =
    datasets.map(({ result }) => result).find(({ state }) => state !== "complete") ?? {};
  return { state, folder, datasets, ...manifest && { answer: manifest.answer } };
}

/**
 * Writes the results and the reports of a collection from the runs that the store has, as
 * `drawExperiment()` does of one dataset. Those without any run are left out.
 *
 * @example
 * ```ts
 * import { drawCollection, readCollection, sweepCollection } from "@regsweep/regsweep";
 *
 * const collection = await readCollection("experiments/seven-datasets.yaml", { seeds: "2" });
 * if (collection) {
 *   await sweepCollection(collection, { budgetSeconds: 60 });
 *   console.log(await drawCollection(collection));
 * }
 * ```
 *
 * @returns The path of the report over all datasets.
 * @throws {UserError} If no run of any dataset has ended, or a file cannot be read or written.
 * @throws The signal's reason, if it aborts first.
 */
export async function drawCollection(
  collection: Collection,
  options: DrawExperimentOptions = {},
): Promise<string> {
  const { reports = REPORTS, signal = new AbortController().signal } = options;
  const { onMessage = () => {} } = options;
  const [{ UserError }, { indexSweeps }] = await Promise.all([
    import("../user_error.ts"),
    import("../sweep/index_sweeps.ts"),
  ]);
  let problem: unknown;
  let isDrawn = false;
  for (const experiment of collection.experiments) {
    try {
      const { unfinished } = await drawExperiment(experiment, options);
      if (unfinished !== undefined) onMessage(`${experiment.name}: ${unfinished}`);
      isDrawn = true;
    } catch (error) {
      // One that has no run yet.
      if (!(error instanceof UserError) || error.exitCode !== 1) throw error;
      problem ??= error;
      onMessage(`${experiment.name}: ${error.message}`);
    }
  }
  if (!isDrawn) throw problem;
  await write(collection, { reports, signal });
  await indexSweeps(reports, { signal, onProblem: onMessage });
  const { COLLECTION_FILES } = await import("../results/collection_manifest.ts");
  return join(reports, collection.name, COLLECTION_FILES.report);
}

async function write(
  collection: Collection,
  { reports, signal }: { readonly reports: string; readonly signal: AbortSignal },
): Promise<CollectionManifest> {
  const [{ writeCollection }, { isLargerBetter }] = await Promise.all([
    import("../report/collection/write_collection.ts"),
    import("../measures/metrics.ts"),
  ]);
  const { name, file, tables } = COLLECTED.of(collection);
  const [{ experiment: { description, tags, notes, metric } }] = tables;
  const question: CollectionQuestion = {
    ...{ name, description, ...tags && { tags }, ...notes !== undefined && { notes }, file },
    ...{ metric, largerIsBetter: isLargerBetter(metric), baseline: collection.baseline },
    datasets: tables.map(({ experiment }) => experiment.name),
  };
  return await writeCollection(join(reports, name), question, { signal });
}
