import type { Dataset } from "../dataset/dataset.ts";
import type { WrittenSplit } from "../dataset/split_options.ts";
import { trainersNamed } from "../trainers/trainer_named.ts";
import { UserError } from "../user_error.ts";
import { type MeasuredDataset, settleMeasures } from "./_settle_measures.ts";
import type { Experiment, WrittenExperiment } from "./experiment.ts";
import { settleSplit } from "./settle_split.ts";
import { type PreparedTable, settlePreparation } from "./settle_preparation.ts";
import { problemsInOrder } from "./source/problems_in_order.ts";

/** What an experiment leaves open is told from this. */
export type TableFacts = MeasuredDataset & PreparedTable & {
  /** If it is absent, nothing is told of how the table is read and used. */
  readonly facts?: Pick<Dataset["facts"], "choices" | "pictureSide">;
};

/**
 * Decides what an experiment's file leaves open.
 *
 * @throws {UserError} If the experiment does not suit its dataset, with places in its file.
 */
export function settleExperiment(
  written: WrittenExperiment,
  facts: TableFacts,
): Experiment {
  const { dataset, metric: _metric, equivalence: _equivalence, halving: _halving, ...rest } =
    written;
  const { problems, ...settled } = settleMeasures(written, facts);
  if (problems.length > 0) throw new UserError(problemsInOrder(problems));
  const table = { ...dataset, ...facts.facts?.choices };
  return {
    ...rest,
    dataset: {
      ...table,
      target: String(table.target),
      ...settlePreparation(dataset, facts),
      split: settleSplit(splitOf(written, dataset.split), {
        task: facts.task,
        hasTestFile: "testPath" in dataset,
        place: written.places.split,
      }),
    },
    ...settled,
  };
}

/** No shares of classes where each trainer draws rows in its own way. */
function splitOf(
  { outline }: Pick<WrittenExperiment, "outline">,
  split?: WrittenSplit,
): WrittenSplit | undefined {
  const isOwn = trainersNamed(outline.trainers).every(({ ownSplit }) => ownSplit);
  return isOwn ? { stratify: false } : split;
}

/**
 * Decides as the first version did, whose experiment files did not say everything: all columns but the
 * target are numbers, the target holds classes, and they are not stratified.
 */
export function settleAsFirstVersion(written: WrittenExperiment): Experiment {
  const { task = "classification", split, standardize = "global", ...others } = written.dataset;
  const dataset = { ...written.dataset, standardize, split: { stratify: false, ...split } };
  const choices = { target: others.target, asFirstVersion: true };
  return settleExperiment({ ...written, dataset }, { task, facts: { choices } });
}
