import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { noCounts } from "../../measures/class_counts.ts";
import { inColumns, measureOf } from "../../measures/metrics.ts";
import { commonMeasures } from "../common_measures.ts";
import type { Evaluation, TestResult } from "../run_result.ts";
import type { MlpModel, Rows } from "./mlp_model.ts";

/** The model and rows of an evaluation. */
export interface Evaluated {
  readonly kernels: Kernels;
  readonly model: MlpModel;
  readonly train: Rows;
  readonly validation: Rows;
  /** The maximum number of rows in a pass; a multiple of the lanes, or all rows. */
  readonly capacity: number;
  /** The number of classes. */
  readonly classes: number;
  /** Keys of requested measures besides loss and accuracy. */
  readonly measures: readonly string[];
  /** The class that those of one class are of. */
  readonly positive?: number;
}

/**
 * Evaluates a model without dropout, as step `step` of its curve.
 *
 * Training rows come last: if one pass takes them all, the model then still holds their
 * activations.
 */
export function evaluate(evaluated: Evaluated, step: number): Evaluation {
  const { model } = evaluated;
  const validation = evaluateRows(evaluated, evaluated.validation);
  const train = evaluateRows(evaluated, evaluated.train);
  const sums = model.parameters.weightSums();
  return {
    step,
    measures: {
      ...inColumns("train", train.own),
      ...inColumns("validation", validation.own),
      penalty: model.penalty(sums),
      sparsity: sums.sparsity,
      ...inColumns("train", train.wanted),
      ...inColumns("validation", validation.wanted),
    },
  };
}

/** Scores a model on test rows, without dropout. */
export function scoreRows(evaluated: Evaluated, rows: Rows): Omit<TestResult, "units"> {
  const { kernels, model, classes } = evaluated;
  const confusion = new Array<number>(classes * classes).fill(0);
  const { own, wanted } = evaluateRows(evaluated, rows, (chunk) => {
    const labels = new Int32Array(kernels.memory.buffer, chunk.labels, chunk.count);
    model.predictions(chunk).forEach((predicted, row) => {
      confusion[labels[row] * classes + predicted]++;
    });
  });
  return { measures: { ...own, ...wanted }, confusion };
}

/** Measures of some rows, by key. */
interface RowMeasures {
  /** Loss and accuracy, as the kernels compute them. */
  readonly own: { readonly loss: number; readonly accuracy: number };
  /** The other requested measures. */
  readonly wanted: Readonly<Record<string, number>>;
}

/** The measures of all rows; `onChunk` gets the rows of each pass after it. */
function evaluateRows(
  { kernels, model, capacity, classes, measures, positive }: Evaluated,
  { values, labels, stride, count }: Rows,
  onChunk: (chunk: Rows) => void = () => {},
): RowMeasures {
  const totals = { loss: 0, correct: 0 };
  const needsScores = measures.some((key) => !measureOf(key).isCheap);
  const scores = new Float64Array(needsScores ? count * classes : 0);
  const counts = noCounts(measures.length > 0 ? classes : 0);
  for (let first = 0; first < count; first += capacity) {
    const chunk = {
      values: values + first / lanesOf(kernels.precision) * stride,
      labels: labels + first * 4,
      stride,
      count: Math.min(capacity, count - first),
    };
    model.forward(chunk, "evaluation");
    model.evaluate(chunk, totals);
    if (needsScores) model.writeProbabilities(chunk, scores.subarray(first * classes));
    if (measures.length > 0) model.countPredictions(chunk, counts);
    onChunk(chunk);
  }
  return {
    own: { loss: totals.loss / count, accuracy: totals.correct / count },
    wanted: commonMeasures(measures, () => {
      const targets = new Int32Array(kernels.memory.buffer, labels, count);
      return { scores, targets, classes, counts, positive };
    }),
  };
}
