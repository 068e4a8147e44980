import type { Dataset } from "../dataset/dataset.ts";
import type { WrittenSplit } from "../dataset/split_options.ts";
import { UserError } from "../user_error.ts";
import { type MeasuredDataset, settleMeasures } from "./_settle_measures.ts";
import type { DatasetExperiment, Experiment, WrittenExperiment } from "./experiment.ts";
import { type PreparedTable, settlePreparation } from "./settle_preparation.ts";
import { settleSplit } from "./settle_split.ts";
import { problemsInOrder } from "./source/problems_in_order.ts";

/** What `settleExperiment()` needs to know of a dataset. */
export type SettlingDataset = MeasuredDataset & PreparedTable & {
  /** Absent if nothing is known of how the table is read and used. */
  readonly facts?: Pick<Dataset["facts"], "choices" | "pictureSide">;
};

/**
 * Decides what an experiment's file leaves open.
 *
 * @throws {UserError} If the experiment does not suit its dataset, with places in its file.
 */
export function settleExperiment(
  written: WrittenExperiment,
  dataset: SettlingDataset,
): DatasetExperiment {
  const options = written.dataset;
  if (!options) throw new TypeError(`${written.file} has no dataset to settle it`);
  const { metric: _metric, equivalence: _equivalence, halving: _halving, ...rest } = written;
  const { problems, ...settled } = settleMeasures(written, dataset);
  if (problems.length > 0) throw new UserError(problemsInOrder(problems));
  const table = { ...options, ...dataset.facts?.choices };
  return {
    ...rest,
    dataset: {
      ...table,
      target: String(table.target),
      ...settlePreparation(options, dataset),
      split: settleSplit(splitOf(written), {
        task: dataset.task,
        hasTestFile: options.testPath !== undefined,
        place: written.places.split,
      }),
    },
    ...settled,
    task: dataset.task,
  };
}

/**
 * An experiment without a dataset: its file leaves nothing open.
 *
 * @throws {UserError} If it does not say what to compare cells by, or its metric does not suit its
 * trainers.
 */
export function settleWithoutDataset(written: WrittenExperiment): Experiment {
  const { metric: _metric, equivalence: _equivalence, halving: _halving, ...rest } = written;
  const { problems, ...settled } = settleMeasures(written);
  if (problems.length > 0) throw new UserError(problemsInOrder(problems));
  return { ...rest, dataset: undefined, ...settled };
}

/** No shares of classes where each trainer draws rows in its own way. */
function splitOf(
  { outline, dataset, trainers }: Pick<WrittenExperiment, "outline" | "dataset" | "trainers">,
): WrittenSplit | undefined {
  const isOwn = trainers.select(outline.trainers).every(({ ownSplit }) => ownSplit);
  return isOwn ? { stratify: false } : dataset?.split;
}

/**
 * Decides as the first version did, whose experiment files did not say everything: all columns but the
 * target are numbers, the target holds classes, and they are not stratified.
 */
export function settleAsFirstVersion(written: WrittenExperiment): Experiment {
  if (!written.dataset) return settleWithoutDataset(written);
  const { task = "classification", split, standardize = "global", ...others } = written.dataset;
  const dataset = { ...written.dataset, standardize, split: { stratify: false, ...split } };
  const choices = { target: others.target, asFirstVersion: true };
  return settleExperiment({ ...written, dataset }, { task, facts: { choices } });
}
