import type { Dataset } from "../../dataset/dataset.ts";
import type { TrainingData } from "../trainer.ts";
import { mean, standardDeviation } from "./_numpy_reductions.ts";
import type { NumpyRandom } from "./numpy_random.ts";

/** The rows of a run of the notebook, and the numbers that standardize their values. */
export interface NotebookRows {
  /** Numbers of the dataset's rows from 0, in the order drawn. */
  readonly rows: TrainingData["rows"];
  /** Of all values of the dataset. */
  readonly mean: number;
  readonly deviation: number;
}

/** Draws the rows of a run, which is the notebook's first draw with a seed. */
export function drawNotebookRows(
  dataset: Pick<Dataset, "values" | "rows">,
  random: NumpyRandom,
): NotebookRows {
  const order = random.shuffledRows(dataset.rows);
  const numVal = Math.round(0.2 * dataset.rows);
  return {
    rows: {
      validation: order.subarray(0, numVal),
      test: order.subarray(numVal, 2 * numVal),
      // Departure 2: the last row is lost.
      train: order.subarray(2 * numVal, -1),
    },
    // Departure 3: by the mean and deviation of all rows, test rows included.
    mean: mean(dataset.values),
    deviation: standardDeviation(dataset.values),
  };
}
