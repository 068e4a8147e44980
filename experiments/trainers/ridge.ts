import type { TrainerDefinition } from "../../src/mod.ts";
import { solve } from "./_cholesky.ts";
import { leastSquares } from "./_least_squares.ts";

/**
 * Ridge regression: a linear model with an L2 penalty, in closed form.
 *
 *   minimize ½·mean((W·x + b − y)²) + ½λ·Σw², so (XᵀX/rows + λ·I)·W = XᵀY/rows
 *
 * It is what `trainer: mlp` with `hidden: []` and the same `l2_penalty` comes to after many steps, for
 * quantities. Classes are fitted as 0 and 1.
 *
 * Source: Hoerl and Kennard, Ridge Regression: Biased Estimation for Nonorthogonal Problems (1970).
 */
export default {
  name: "ridge",
  tasks: ["classification", "regression"],
  hyperparameters: {
    l2_penalty: {
      type: "number",
      minimum: 0,
      default: 0,
      regularizer: true,
      label: "L2 penalty",
      help: "λ: adds ½λ·Σw² to half the mean squared error",
    },
  },
  *train({ config: { l2_penalty: lambda }, data }) {
    const { gram, products, model } = leastSquares(data);
    for (let i = 0; i < data.features; i++) gram[i * data.features + i] += lambda;
    const { predict, parameters } = model(solve(gram, products, data.features));
    yield { step: 0, predict };
    return { parameters };
  },
} satisfies TrainerDefinition<{ l2_penalty: number }>;
