import { join } from "node:path";
import type { OpenedExperiment } from "../experiment/open_experiment.ts";
import type { ExperimentChanges } from "../experiment/overrides.ts";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import { Details } from "./details.ts";
import { type OwnProgram, programsOf } from "./programs.ts";

/** One combination of swept values. */
export interface ExperimentCell {
  /** Its name in result files: `l1_penalty=0.001`. */
  readonly name: string;
  /** By swept key. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
}

/** An experiment that was read and found right, together with its dataset. */
export interface Experiment {
  /** The name of its folder of results. */
  readonly name: string;
  /** Its question; empty if it asks none. */
  readonly description: string;
  /** Words that it is found by. */
  readonly tags: readonly string[];
  /** What readers of its results should know, with line breaks; empty if there is nothing. */
  readonly notes: string;
  /** The column that compares its cells, such as `validation_accuracy`. */
  readonly metric: string;
  /** The name of the cell that the others are compared with. */
  readonly baseline: string;
  /** In the order of results. */
  readonly cells: readonly ExperimentCell[];
  /** Of cells that get as many as they can have. */
  readonly seeds: readonly number[];
  /** The programs among its trainers, which start only if that is allowed. */
  readonly programs: readonly OwnProgram[];
}

/** What experiments were made from. */
export const OPENED = new Details<Experiment, OpenedExperiment>(
  "readExperiment() or makeExperiment()",
);

/**
 * Reads an experiment file and its dataset.
 *
 * @example
 * ```ts
 * import { readExperiment } from "@regsweep/regsweep";
 *
 * const { cells, seeds } = await readExperiment("experiments/quick.yaml", { seeds: "3" });
 * console.log(`${cells.length} cells, ${seeds.length} seeds`);
 * ```
 *
 * @param file Relative to the process's folder, or absolute.
 * @throws {UserError} If anything is wrong with the file or its dataset: every problem at once, each
 * with its place. If it has several datasets, and `changes` choose none: `readCollection()` reads all.
 */
export async function readExperiment(
  file: string,
  changes: ExperimentChanges = {},
): Promise<Experiment> {
  return await open(file, changes);
}

/**
 * Makes an experiment from what its file would say.
 *
 * @example
 * ```ts
 * import { makeExperiment } from "@regsweep/regsweep";
 *
 * const experiment = await makeExperiment({
 *   name: "few-steps",
 *   dataset: { path: "data/iris.data", target: "column_5" },
 *   fixed: { steps: 50 },
 *   grid: { l2_penalty: [0, 0.01] },
 *   seeds: 2,
 * });
 * console.log(experiment.baseline);
 * ```
 *
 * @param definition As in YAML: mappings, lists, texts, numbers, true, false and null.
 * @param folder Where its paths start; the process's folder if not given.
 * @throws {UserError} As `readExperiment()`; places are in the definition as JSON.
 */
export async function makeExperiment(
  definition: Readonly<Record<string, unknown>>,
  { folder = ".", ...changes }: ExperimentChanges & { readonly folder?: string } = {},
): Promise<Experiment> {
  const text = JSON.stringify(definition, null, 2);
  return await open({ text, file: join(folder, "experiment.json") }, changes);
}

async function open(
  source: string | { readonly text: string; readonly file: string },
  changes: ExperimentChanges,
): Promise<Experiment> {
  const { openExperiment } = await import("../experiment/open_experiment.ts");
  return await toldExperiment(await openExperiment(source, changes));
}

/** An experiment that was opened, as scripts have it. */
export async function toldExperiment(all: OpenedExperiment): Promise<Experiment> {
  const [{ baselineCell }, { metricColumn }] = await Promise.all([
    import("../experiment/experiment.ts"),
    import("../measures/metrics.ts"),
  ]);
  const { name, description, tags = [], notes = "" } = all.experiment;
  const { metric, cells, sweptKeys, seeds, trainers, outline } = all.experiment;
  const experiment: Experiment = {
    ...{ name, description, tags, notes, metric: metricColumn(metric), seeds },
    baseline: baselineCell(all.experiment).name,
    programs: programsOf(trainers.select(outline.trainers)),
    // There can be a million.
    get cells() {
      return cells.map(({ name, index }) => ({
        name,
        values: Object.fromEntries(sweptKeys.flatMap((key) => {
          const value = cells.valueAt(index, key);
          return value === undefined ? [] : [[key, value]];
        })),
      }));
    },
  };
  return OPENED.keep(experiment, all);
}
