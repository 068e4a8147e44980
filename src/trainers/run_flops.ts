import type { Config, TrainerName } from "./hyperparameters.ts";
import { mlpConfig } from "./mlp/mlp_config.ts";
import { DIM_H } from "./notebook/notebook.ts";
import { notebookConfig } from "./notebook/notebook_config.ts";

/** What a run's length depends on beside its trainer and config. */
export interface RunShape {
  readonly trainRows: number;
  readonly validationRows: number;
  readonly columns: number;
  readonly classes: number;
}

/** Of float64 operations to float32 ones: half as many fit into a register. */
const FLOAT64_COST = 2;
/** Float32 operations in the time that the notebook's dropout takes per unit, about. */
const DROPOUT_COST = 800;

/**
 * Floating-point operations of a run's matrix products in float32, evaluations included, or what
 * takes as long: a measure of its length, to order runs and to estimate their time.
 */
export function runFlops(trainer: TrainerName, config: Config, shape: RunShape): number {
  return trainer === "mlp" ? mlpFlops(config, shape) : notebookFlops(config, shape);
}

function mlpFlops(config: Config, shape: RunShape): number {
  const { hidden, steps, batchSize, evaluateEvery } = mlpConfig(config);
  const widths = [shape.columns, ...hidden, shape.classes];
  const weights = widths.slice(1).map((outputs, n) => widths[n] * outputs);
  const all = weights.reduce((sum, count) => sum + count, 0);
  // Forward and weight gradients touch every layer, input gradients all but the first.
  const perTrainingRow = 2 * (3 * all - weights[0]);
  const evaluations = Math.floor(steps / evaluateEvery) + 1;
  return steps * Math.min(batchSize, shape.trainRows) * perTrainingRow +
    evaluations * (shape.trainRows + shape.validationRows) * 2 * all;
}

/** Products are taken in the order that costs least: see `runNotebook()`. */
function notebookFlops(config: Config, shape: RunShape): number {
  const { dropoutRate, maxSteps, dispPeriod } = notebookConfig(config);
  const { trainRows, validationRows, columns, classes } = shape;
  const forwardPerRow = columns * DIM_H + DIM_H * classes;
  const backwardPerRow = DIM_H * classes + columns * classes;
  const onWeights = (3 * DIM_H + columns) * DIM_H * classes;
  const products = trainRows * (forwardPerRow + backwardPerRow) + onWeights;
  const dropout = dropoutRate > 0 ? trainRows * DIM_H * DROPOUT_COST : 0;
  const evaluations = Math.floor(maxSteps / dispPeriod) + 1;
  return (maxSteps + 1) * (2 * FLOAT64_COST * products + dropout) +
    evaluations * validationRows * 2 * FLOAT64_COST * forwardPerRow;
}

/**
 * The config of a run that does so many weight updates, one at least and not stopped early, and is
 * the same in all else.
 */
export function withSteps(trainer: TrainerName, config: Config, steps: number): Config {
  return trainer === "mlp"
    ? { ...config, steps, "early_stopping": "none" }
    : { ...config, "max_steps": steps - 1 };
}
