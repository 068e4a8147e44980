import type { Dataset } from "../dataset/dataset.ts";
import { DEFAULT_METRIC } from "../measures/metrics.ts";
import type { Experiment, WrittenExperiment } from "./experiment.ts";

/** What an experiment leaves open is told from this. */
export type TableFacts = Pick<Dataset, "task">;

/** What was so of every table that the first version read. */
const FIRST_VERSION: TableFacts = { task: "classification" };

/**
 * Decides what an experiment's file leaves open.
 *
 * @throws {UserError} If the experiment does not suit its dataset, with places in its file.
 */
export function settleExperiment(
  { dataset, metric, equivalence = 0.005, halving, ...written }: WrittenExperiment,
  _facts: TableFacts,
): Experiment {
  const settledMetric = metric ?? DEFAULT_METRIC;
  return {
    ...written,
    dataset: { ...dataset, standardize: dataset.standardize ?? "global" },
    metric: settledMetric,
    equivalence,
    ...halving && { halving: { ...halving, metric: halving.metric ?? settledMetric } },
  };
}

/** Decides as the first version did, whose experiment files did not say everything. */
export function settleAsFirstVersion(written: WrittenExperiment): Experiment {
  return settleExperiment(written, FIRST_VERSION);
}
