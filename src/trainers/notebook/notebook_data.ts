import type { Dataset } from "../../dataset/dataset.ts";
import { plainPreparation } from "../../dataset/preparation.ts";
import type { TrainingData } from "../trainer.ts";
import { drawNotebookRows } from "./_draw_notebook_rows.ts";
import { NumpyRandom } from "./numpy_random.ts";

/** The rows of a seed's runs, and how they become inputs. */
export function notebookData(dataset: Dataset, seed: number): TrainingData {
  const { rows, mean, deviation } = drawNotebookRows(dataset, new NumpyRandom(seed));
  return { rows, ...plainPreparation(dataset, mean, deviation) };
}
