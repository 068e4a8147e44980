import type { TrainerDefinition } from "../../src/mod.ts";
import { leastSquares } from "./_least_squares.ts";

/**
 * Lasso and elastic net: a linear model with an L1 penalty, which sets weights to exactly 0, and an L2
 * penalty, which keeps weights of columns that say the same alike. By coordinate descent.
 *
 *   minimize ½·mean((W·x + b − y)²) + λ₁·Σ|w| + ½λ₂·Σw²
 *
 * With all other weights fixed, the best value of one is known. A sweep gives each weight its best value
 * in turn, and each is better than the one before. Classes are fitted as 0 and 1.
 *
 * Source: Friedman, Hastie and Tibshirani, Regularization Paths for Generalized Linear Models via
 * Coordinate Descent (2010), section 2.
 */
export default {
  name: "elastic-net",
  tasks: ["classification", "regression"],
  hyperparameters: {
    l1_penalty: {
      type: "number",
      minimum: 0,
      default: 0,
      regularizer: true,
      label: "L1 penalty",
      help: "λ₁: adds λ₁·Σ|w| to half the mean squared error",
    },
    l2_penalty: {
      type: "number",
      minimum: 0,
      default: 0,
      regularizer: true,
      label: "L2 penalty",
      help: "λ₂: adds ½λ₂·Σw² to half the mean squared error",
    },
    sweeps: {
      type: "integer",
      minimum: 0,
      maximum: 1_000_000,
      default: 1000,
      label: "Sweeps",
      unit: "sweeps",
      help: "how often each weight gets its best value; more are needed where columns say the same",
    },
  },
  *train({ config: { l1_penalty, l2_penalty, sweeps }, data }) {
    const { features } = data;
    const { outputs, gram, products, model } = leastSquares(data);
    const weight = new Float64Array(features * outputs);
    /** The covariance of a weight's column with the partial residual: what the others leave. */
    const unexplained = (i: number, o: number) => {
      let sum = products[i * outputs + o];
      for (let j = 0; j < features; j++) {
        if (j !== i) sum -= gram[i * features + j] * weight[j * outputs + o];
      }
      return sum;
    };
    for (let sweep = 0;; sweep++) {
      const { predict, parameters } = model(weight);
      // After 0, 1, 2, 4, 8 … sweeps, since the first ones change most, and after all of them.
      if ((sweep & (sweep - 1)) === 0 || sweep === sweeps) {
        const zeros = weight.reduce((count, w) => w === 0 ? count + 1 : count, 0);
        yield { step: sweep, predict, measures: { sparsity: zeros / weight.length } };
      }
      if (sweep === sweeps) return { parameters };
      for (let i = 0; i < features; i++) {
        const size = gram[i * features + i] + l2_penalty;
        for (let o = 0; o < outputs; o++) {
          // A column that is always the same explains nothing.
          weight[i * outputs + o] = size > 0 ? shrink(unexplained(i, o), l1_penalty) / size : 0;
        }
      }
    }
  },
} satisfies TrainerDefinition<{ l1_penalty: number; l2_penalty: number; sweeps: number }>;

/** Soft thresholding: moves a number towards 0 by `amount`, and no further than 0. */
function shrink(value: number, amount: number): number {
  return value > 0 ? Math.max(value - amount, 0) : Math.min(value + amount, 0);
}
