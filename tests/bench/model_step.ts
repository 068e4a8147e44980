import type { Kernels } from "../../src/kernels/kernels.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import { modelFixture } from "../trainers/_model_fixture.ts";

/** What a step is taken on: a batch of random rows. */
export interface StepShape {
  readonly rows: number;
  readonly features: number;
  readonly classes: number;
}

/** The digits' training rows, all of them. */
export const DIGITS_SHAPE: StepShape = { rows: 1079, features: 64, classes: 10 };

/** One training step in float32 as a run takes it, pruning first where there is any. */
export function modelStep(
  values: Config,
  shape: StepShape,
  kernelsOn?: (kernels: Kernels) => Kernels,
): () => void {
  const config = { learning_rate: 0.01, prune_period: 1, ...values };
  const { model, rows } = modelFixture(config, { precision: "f32", ...shape, kernelsOn });
  return () => {
    model.beginStep(1);
    model.forward(rows, "training");
    model.backward(rows);
    model.update();
  };
}

/** Floating-point operations of a step's matrix products, taken one layer after the other. */
export function stepFlops(
  hidden: readonly number[],
  { rows, features, classes }: StepShape,
): number {
  const widths = [features, ...hidden, classes];
  const weights = widths.slice(1).map((outputs, n) => widths[n] * outputs);
  const all = weights.reduce((sum, count) => sum + count, 0);
  // Forward and weight gradients touch every layer, input gradients all but the first.
  return 2 * rows * (3 * all - weights[0]);
}

/** Milliseconds of the fastest of some calls: what the code can do. */
export function fastest(work: () => void, calls: number): number {
  let best = Infinity;
  for (let call = 0; call < calls; call++) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}
