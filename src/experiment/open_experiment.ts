import type { Dataset } from "../dataset/dataset.ts";
import { readDataset } from "../dataset/read_dataset.ts";
import { checkTrainersSuit } from "./check_trainers_suit.ts";
import { checkValues } from "./check_values.ts";
import type { DatasetExperiment, Experiment } from "./experiment.ts";
import type { ExperimentChanges } from "./overrides.ts";
import { type ExperimentText, readExperiment } from "./read_experiment.ts";
import { settleExperiment, settleWithoutDataset } from "./settle_experiment.ts";

/** An experiment and the dataset that it names, if it names one. */
export type OpenedExperiment = OpenedOnDataset | {
  readonly experiment: Experiment;
  readonly dataset?: undefined;
};

/** An experiment that names a dataset, and that. */
export interface OpenedOnDataset {
  readonly experiment: DatasetExperiment;
  readonly dataset: Dataset;
}

/**
 * Reads an experiment file and its dataset, and decides from the dataset what the file leaves open.
 *
 * @param source The file, or the text that it would have.
 * @throws {UserError} If anything is wrong with either, or they do not suit each other.
 */
export async function openExperiment(
  source: string | ExperimentText,
  overrides?: ExperimentChanges,
): Promise<OpenedExperiment> {
  const written = await readExperiment(source, overrides);
  if (!written.dataset) return { experiment: settleWithoutDataset(written) };
  const { path, ...options } = written.dataset;
  const placeOf = (path: readonly PropertyKey[]) => {
    const place = written.places.of(["dataset", ...path]);
    return place.line === undefined ? undefined : place;
  };
  const dataset = await readDataset(path, options, placeOf);
  let experiment = settleExperiment(written, dataset);
  const { standardize } = experiment.dataset;
  if (written.cellsAssume !== undefined && written.cellsAssume !== standardize) {
    // On this dataset, the cells are others than was assumed.
    experiment = settleExperiment(await readExperiment(source, overrides, standardize), dataset);
  }
  checkTrainersSuit(experiment, dataset);
  checkValues(experiment, dataset);
  return { experiment, dataset };
}
