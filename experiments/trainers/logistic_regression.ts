import type { TrainerDefinition } from "../../src/mod.ts";
import { newtonStep, type Slope } from "./_newton_step.ts";
import { softmax } from "./_softmax.ts";
import { softmaxHessian } from "./_softmax_hessian.ts";

/**
 * Multinomial logistic regression with an L2 penalty, by Newton's method.
 *
 *   minimize mean(−log p(the row's class)) + ½λ·Σw², where p = softmax(W·x + b)
 *
 * It is what `trainer: mlp` with `hidden: []` and the same `l2_penalty` comes to after many steps. A step
 * of Newton's method solves as many equations as there are weights, but a few steps suffice.
 *
 * Source: Böhning, Multinomial Logistic Regression Algorithm (1992).
 */
export default {
  name: "logistic-regression",
  tasks: ["classification"],
  hyperparameters: {
    l2_penalty: {
      type: "number",
      minimum: 0,
      default: 0,
      regularizer: true,
      label: "L2 penalty",
      help: "λ: adds ½λ·Σw² to the mean loss",
    },
    newton_steps: {
      type: "integer",
      minimum: 0,
      maximum: 1000,
      default: 20,
      label: "Newton steps",
      help: "the largest number of Newton's steps: training ends at the minimum",
    },
  },
  *train({ config: { l2_penalty: lambda, newton_steps }, data, math }) {
    const { train: { y, rows }, features, classes: { length: classes } } = data;
    // The last input is 1: its weight is the bias, which has no penalty.
    const width = features + 1;
    const x = withOnes(data.train.x, features);
    const isBias = (at: number) => at % width === features;

    const predict = (weight: Float64Array, x: Float64Array) => {
      const scores = new Float64Array(x.length / width * classes);
      for (let at = 0; at < scores.length; at++) {
        const row = Math.floor(at / classes) * width;
        const own = at % classes * width;
        for (let i = 0; i < width; i++) scores[at] += x[row + i] * weight[own + i];
      }
      return softmax(scores, classes, math);
    };
    const objective = (weight: Float64Array) => {
      const p = predict(weight, x);
      const losses = y.reduce((sum, c, row) => sum - math.log(p[row * classes + c]), 0);
      const squares = weight.reduce((sum, w, at) => isBias(at) ? sum : sum + w * w, 0);
      return losses / rows + lambda / 2 * squares;
    };
    const slopeAt = (weight: Float64Array): Slope => {
      const p = predict(weight, x);
      const hessian = softmaxHessian(p, x, classes);
      const gradient = new Float64Array(weight.length);
      for (let row = 0; row < rows; row++) {
        for (let at = 0; at < gradient.length; at++) {
          const c = Math.floor(at / width);
          const error = p[row * classes + c] - (y[row] === c ? 1 : 0);
          gradient[at] += error * x[row * width + at % width] / rows;
        }
      }
      weight.forEach((w, at) => {
        if (isBias(at)) return;
        gradient[at] += lambda * w;
        hessian[at * weight.length + at] += lambda;
      });
      return { gradient, hessian };
    };

    /** (classes, width). */
    let weight = new Float64Array(classes * width);
    for (let step = 0;; step++) {
      const current = weight;
      yield { step, predict: (x) => predict(current, withOnes(x, features)) };
      if (step === newton_steps) break;
      weight = newtonStep(weight, slopeAt(weight), objective);
      if (weight === current) break;
    }
    return { parameters: { weight: { shape: [classes, width], values: weight } } };
  },
} satisfies TrainerDefinition<{ l2_penalty: number; newton_steps: number }>;

/** Rows with one more input, which is 1. */
function withOnes(x: Float64Array, features: number): Float64Array {
  const result = new Float64Array(x.length / features * (features + 1)).fill(1);
  x.forEach((value, at) => result[at + Math.floor(at / features)] = value);
  return result;
}
