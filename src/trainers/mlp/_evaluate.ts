import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import type { MlpModel, Rows } from "./mlp_model.ts";
import type { Evaluation, TestResult } from "../run_result.ts";

/** What an evaluation looks at. */
export interface Evaluated {
  readonly kernels: Kernels;
  readonly model: MlpModel;
  readonly train: Rows;
  readonly validation: Rows;
  /** The most rows that a pass takes; a multiple of the lanes, or all rows. */
  readonly capacity: number;
}

/**
 * Evaluates a model without dropout, as step `step` of its curve.
 *
 * Training rows come last: if one pass takes them all, the model holds their activations then.
 */
export function evaluate(evaluated: Evaluated, step: number): Evaluation {
  const { model } = evaluated;
  const validation = evaluateRows(evaluated, evaluated.validation);
  const train = evaluateRows(evaluated, evaluated.train);
  const sums = model.parameters.weightSums();
  return {
    step,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    validationLoss: validation.loss,
    validationAccuracy: validation.accuracy,
    penalty: model.penalty(sums),
    sparsity: sums.sparsity,
  };
}

/** Scores a model on rows of so many classes, without dropout. */
export function scoreRows(
  evaluated: Evaluated,
  rows: Rows,
  classes: number,
): Omit<TestResult, "units"> {
  const confusion = new Array<number>(classes * classes).fill(0);
  const means = evaluateRows(evaluated, rows, (chunk) => {
    const labels = new Int32Array(evaluated.kernels.memory.buffer, chunk.labels, chunk.count);
    evaluated.model.predictions(chunk).forEach((predicted, row) => {
      confusion[labels[row] * classes + predicted]++;
    });
  });
  return { ...means, confusion };
}

/** Mean loss and accuracy over all rows; `onChunk` gets the rows of each pass after it. */
function evaluateRows(
  { kernels, model, capacity }: Evaluated,
  { values, labels, stride, count }: Rows,
  onChunk: (chunk: Rows) => void = () => {},
): { loss: number; accuracy: number } {
  const totals = { loss: 0, correct: 0 };
  for (let first = 0; first < count; first += capacity) {
    const chunk = {
      values: values + first / lanesOf(kernels.precision) * stride,
      labels: labels + first * 4,
      stride,
      count: Math.min(capacity, count - first),
    };
    model.forward(chunk, "evaluation");
    model.evaluate(chunk, totals);
    onChunk(chunk);
  }
  return { loss: totals.loss / count, accuracy: totals.correct / count };
}
