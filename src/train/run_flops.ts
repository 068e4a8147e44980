import type { Config } from "../experiment/hyperparameters.ts";
import { mlpConfig } from "./mlp_config.ts";

/** What a run's length depends on beside its config. */
export interface RunShape {
  readonly trainRows: number;
  readonly validationRows: number;
  readonly columns: number;
  readonly classes: number;
}

/**
 * Floating-point operations of a run's matrix products, evaluations included: a measure of its
 * length, to order runs and to estimate their time.
 */
export function runFlops(config: Config, shape: RunShape): number {
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
