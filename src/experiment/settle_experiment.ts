import type { WrittenSplit } from "../dataset/split_options.ts";
import { trainersNamed } from "../trainers/trainer_named.ts";
import { UserError } from "../user_error.ts";
import { type MeasuredDataset, settleMeasures } from "./_settle_measures.ts";
import type { Experiment, WrittenExperiment } from "./experiment.ts";
import { settleSplit } from "./settle_split.ts";
import { problemsInOrder } from "./source/problems_in_order.ts";

/** What an experiment leaves open is told from this. */
export type TableFacts = MeasuredDataset;

/** What was so of every table that the first version read. */
const FIRST_VERSION: TableFacts = { task: "classification" };

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
  return {
    ...rest,
    dataset: {
      ...dataset,
      standardize: dataset.standardize ?? "global",
      split: settleSplit(splitOf(written, dataset.split), {
        task: facts.task,
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

/** Decides as the first version did, whose experiment files did not say everything. */
export function settleAsFirstVersion(written: WrittenExperiment): Experiment {
  const { dataset } = written;
  const split = { stratify: false, ...dataset.split };
  return settleExperiment({ ...written, dataset: { ...dataset, split } }, FIRST_VERSION);
}
