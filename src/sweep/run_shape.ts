import type { Dataset } from "../dataset/dataset.ts";
import { outputCount } from "../dataset/output_count.ts";
import { splitSizes } from "../dataset/split_sizes.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { RunShape } from "../trainers/trainer.ts";
import { type Place, UserError } from "../user_error.ts";

/**
 * What the length and the memory of an experiment's runs depend on beside their configs.
 *
 * @throws {UserError} If the dataset cannot be split as the experiment says, with the place in it.
 */
export function runShape(
  { dataset: options, seeds, places }: Experiment,
  dataset: Dataset | undefined,
): RunShape {
  if (!options || !dataset) return NO_ROWS;
  const { train, validation, test } = atPlace(
    places.split,
    () => splitSizes(dataset, options.split, seeds).most,
  );
  return {
    trainRows: train,
    validationRows: validation,
    testRows: test,
    columns: dataset.columns,
    classes: outputCount(dataset),
  };
}

/** The shape of runs without a dataset. */
const NO_ROWS: RunShape = { trainRows: 0, validationRows: 0, testRows: 0, columns: 0, classes: 0 };

/** Does work whose problems are those of what an experiment has at a place. */
function atPlace<T>(place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => ({ place, ...problem })));
  }
}
