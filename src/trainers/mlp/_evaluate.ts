import type { TargetMoments } from "../../dataset/preparation.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { noCounts } from "../../measures/class_counts.ts";
import { defaultMeasuresOf, inColumns, measureOf } from "../../measures/metrics.ts";
import { commonMeasures } from "../common_measures.ts";
import type { PredictedRows } from "../predictor.ts";
import type { Evaluation, TestResult } from "../run_result.ts";
import { chunksOf } from "./_chunks_of.ts";
import { targetsOf } from "./row_targets.ts";
import type { MlpModel } from "./mlp_model.ts";
import type { Rows, RunRows } from "./rows.ts";

/** The default measures of quantities that kernels do not compute. */
const FROM_PREDICTIONS = defaultMeasuresOf("regression").map(({ key }) => key)
  .filter((key) => key !== "loss");

/** The model and rows of an evaluation. */
export interface Evaluated extends RunRows {
  readonly kernels: Kernels;
  readonly model: MlpModel;
  /** The maximum number of rows in a pass; a multiple of the lanes, or all rows. */
  readonly capacity: number;
  /** The number of classes; 1 for quantities. */
  readonly classes: number;
  /** Quantities in their own units, by part; absent for classes. */
  readonly quantities?: Quantities;
  /** Keys of requested measures besides the default ones. */
  readonly measures: readonly string[];
  /** The class that those of one class are of. */
  readonly positive?: number;
}

/** The true quantities of a run's rows, and how the kernels' quantities become them. */
export interface Quantities extends TargetMoments {
  readonly of: Readonly<Record<keyof RunRows, Float64Array>>;
}

/**
 * Evaluates a model without dropout, as step `step` of its curve.
 *
 * Training rows come last: if one pass takes them all, the model then still holds their
 * activations.
 */
export function evaluate(evaluated: Evaluated, step: number): Evaluation {
  const { model } = evaluated;
  const validation = evaluateRows(evaluated, "validation");
  const train = evaluateRows(evaluated, "train");
  const sums = model.ensemble.weightSums();
  return {
    step,
    measures: {
      ...inColumns("train", train.own),
      ...inColumns("validation", validation.own),
      penalty: model.penalty(sums.own),
      sparsity: sums.mean.sparsity,
      ...inColumns("train", train.wanted),
      ...inColumns("validation", validation.wanted),
    },
  };
}

/** Scores a model on test rows, without dropout. */
export function scoreRows(evaluated: Evaluated): Omit<TestResult, "units"> {
  const { kernels, model, classes, quantities } = evaluated;
  const confusion = new Array<number>(classes * classes).fill(0);
  const { own, wanted, scores } = evaluateRows(evaluated, "test", (chunk) => {
    if (quantities) return;
    const labels = targetsOf(kernels, chunk, classes);
    model.predictions(chunk).forEach((predicted, row) => {
      confusion[labels[row] * classes + predicted]++;
    });
  });
  const measures = { ...own, ...wanted };
  return quantities ? { measures, predictions: [...scores] } : { measures, confusion };
}

/**
 * Predicts rows, without dropout, and measures the predictions.
 *
 * @param truth The rows' own quantities; absent for classes.
 */
export function predictAndMeasure(
  evaluated: Measured,
  { rows, truth }: { readonly rows: Rows; readonly truth?: Float64Array },
): PredictedRows {
  const predicted = new Int32Array(rows.count);
  let first = 0;
  const { own, wanted, scores } = measureRows(
    evaluated,
    { rows, truth, keepsScores: true },
    (chunk) => {
      if (!truth) predicted.set(evaluated.model.predictions(chunk), first);
      first += chunk.count;
    },
  );
  return { scores, ...!truth && { predicted }, measures: { ...own, ...wanted } };
}

/** Predicts rows, without dropout, and looks at no targets. */
export function predictRows(
  { model, kernels, capacity, classes, scale }: Measured,
  rows: Rows,
): PredictedRows {
  const scores = new Float64Array(rows.count * classes);
  const predicted = new Int32Array(rows.count);
  for (const { first, chunk } of chunksOf(kernels, rows, { classes, capacity })) {
    model.predict(chunk);
    model.writeScores(chunk, scores.subarray(first * classes));
    if (!scale) predicted.set(model.predictions(chunk), first);
  }
  if (scale) toOwnUnits(scores, scale);
  return { scores, ...!scale && { predicted }, measures: {} };
}

/** Measures of some rows, by key. */
interface RowMeasures {
  /** The default measures: of classes, as the kernels compute them. */
  readonly own: Readonly<Record<string, number>>;
  /** The other requested measures. */
  readonly wanted: Readonly<Record<string, number>>;
  /** Class probabilities, or quantities in their own units; empty if no measure needs them. */
  readonly scores: Float64Array;
}

/** A model, and how rows are measured. */
type Measured =
  & Omit<Evaluated, keyof RunRows | "quantities">
  & { /** Of quantities. */ readonly scale?: TargetMoments };

/** Rows to measure. */
interface MeasuredRows {
  readonly rows: Rows;
  /** Their own quantities; absent for classes. */
  readonly truth?: Float64Array;
  /** True if scores are wanted, even if no measure needs them. */
  readonly keepsScores?: boolean;
}

const NO_SCORES = new Float64Array();

/** The measures of a part's rows; `onChunk` gets the rows of each pass after it. */
function evaluateRows(
  { quantities, ...evaluated }: Evaluated,
  part: keyof RunRows,
  onChunk?: (chunk: Rows) => void,
): RowMeasures {
  const rows = evaluated[part];
  if (!rows) throw new RangeError(`Cannot evaluate ${part} rows: there are none`);
  const measured = { ...evaluated, scale: quantities };
  return measureRows(measured, { rows, truth: quantities?.of[part] }, onChunk);
}

function measureRows(
  { kernels, model, capacity, classes, scale, measures, positive }: Measured,
  { rows, truth, keepsScores = false }: MeasuredRows,
  onChunk: (chunk: Rows) => void = () => {},
): RowMeasures {
  const { targets, count } = rows;
  const totals = { loss: 0, correct: 0 };
  const needsScores = keepsScores || scale !== undefined ||
    measures.some((key) => !measureOf(key).isCheap);
  const needsCounts = scale === undefined && measures.length > 0;
  const scores = needsScores ? new Float64Array(count * classes) : NO_SCORES;
  const counts = noCounts(needsCounts ? classes : 0);
  for (const { first, chunk } of chunksOf(kernels, rows, { classes, capacity })) {
    model.predict(chunk);
    model.evaluate(chunk, totals);
    if (needsScores) model.writeScores(chunk, scores.subarray(first * classes));
    if (needsCounts) model.countPredictions(chunk, counts);
    onChunk(chunk);
  }
  const loss = totals.loss / count;
  if (!scale || !truth) {
    const labels = new Int32Array(kernels.memory.buffer, targets, count);
    return {
      own: { loss, accuracy: totals.correct / count },
      wanted: commonMeasures(measures, () => {
        return { scores, targets: labels, classes, counts, positive };
      }),
      scores,
    };
  }
  toOwnUnits(scores, scale);
  const common = (keys: readonly string[]) =>
    commonMeasures(keys, () => ({ scores, targets: truth, classes }));
  return { own: { loss, ...common(FROM_PREDICTIONS) }, wanted: common(measures), scores };
}

function toOwnUnits(scores: Float64Array, { mean, deviation }: TargetMoments): void {
  scores.forEach((score, row) => scores[row] = mean + deviation * score);
}
