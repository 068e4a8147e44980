import type { Dataset } from "../dataset/dataset.ts";
import { suitsTarget } from "../experiment/check_values.ts";
import type { Cell, Experiment } from "../experiment/experiment.ts";
import { memoryFit } from "./check_memory.ts";
import { runShape } from "./run_shape.ts";

/**
 * Gives what says whether a cell that a search might propose can be trained on the dataset: its values
 * are for such a target, and a run needs no more memory than kernels can have.
 *
 * @throws {UserError} If the dataset cannot be split as the experiment says.
 */
export async function trainableOn(
  experiment: Experiment,
  dataset: Dataset | undefined,
): Promise<(cell: Cell) => boolean> {
  const fits = await memoryFit(experiment, runShape(experiment, dataset));
  return (cell) => (!dataset || suitsTarget(cell, experiment.trainers, dataset)) && fits(cell);
}
