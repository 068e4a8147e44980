import { classCounts } from "./class_counts.ts";
import type { ClassCounts, Measure, Predictions } from "./measure.ts";
import { averagePrecision, rocAuc } from "./ranking.ts";

/**
 * THE table of measures: YAML's `metric` and `measures`, columns, labels, axes and terminal output
 * derive from it.
 *
 * The columns of each task's measures have this order. What keeps its best value and comes first in
 * its task says which step is the best.
 */
export const MEASURES: readonly Measure[] = [
  {
    key: "loss",
    label: "loss",
    tasks: ["classification", "regression"],
    better: "smaller",
    isPercent: false,
    decimals: 4,
    fullDecimals: 6,
    bounds: [0, Infinity],
    meaning: {
      classification: "the mean cross-entropy in nats, without penalties",
      regression: "the mean of what training minimizes, on the standardized target and without " +
        "penalties",
    },
    isDefault: true,
    compute: (predictions) => {
      if (predictions.classes === 1) throw new RangeError("The loss of quantities is a trainer's");
      return meanOverRows(predictions, (row, { scores, targets, classes, log }) => {
        return -log(scores[row * classes + targets[row]]);
      });
    },
  },
  {
    key: "accuracy",
    label: "accuracy",
    tasks: ["classification"],
    better: "larger",
    isPercent: true,
    decimals: 2,
    fullDecimals: 4,
    bounds: [0, 1],
    meaning: "the share of rows whose class is the most probable one",
    isShareOfRows: true,
    isDefault: true,
    keepsBest: true,
    compute: (predictions) => {
      return sumOf(classCounts(predictions).correct) / predictions.targets.length;
    },
  },
  {
    key: "balanced_accuracy",
    label: "balanced accuracy",
    tasks: ["classification"],
    better: "larger",
    isPercent: true,
    decimals: 2,
    fullDecimals: 4,
    bounds: [0, 1],
    meaning:
      "the mean recall of the classes that have rows: the share of a class's rows that are " +
      "predicted as it",
    isCheap: true,
    keepsBest: true,
    compute: (predictions) =>
      meanOverClasses(classCounts(predictions), ({ actual, correct }, c) => {
        return actual[c] > 0 ? correct[c] / actual[c] : undefined;
      }),
  },
  {
    key: "macro_f1",
    label: "macro F1",
    tasks: ["classification"],
    better: "larger",
    isPercent: true,
    decimals: 2,
    fullDecimals: 4,
    bounds: [0, 1],
    meaning: "the mean F1 score, the harmonic mean of precision and recall, of the classes that " +
      "have rows or are predicted",
    isCheap: true,
    keepsBest: true,
    compute: (predictions) =>
      meanOverClasses(classCounts(predictions), ({ actual, predicted, correct }, c) => {
        const rows = actual[c] + predicted[c];
        return rows > 0 ? 2 * correct[c] / rows : undefined;
      }),
  },
  {
    key: "roc_auc",
    label: "ROC AUC",
    tasks: ["classification"],
    better: "larger",
    isPercent: true,
    decimals: 2,
    fullDecimals: 4,
    bounds: [0, 1],
    meaning: "the area under the ROC curve: the share of pairs of a row of a class and a row of " +
      "another in which the first has the higher probability of that class; the mean over the " +
      "classes",
    keepsBest: true,
    compute: rocAuc,
  },
  {
    key: "average_precision",
    label: "average precision",
    tasks: ["classification"],
    better: "larger",
    isPercent: true,
    decimals: 2,
    fullDecimals: 4,
    bounds: [0, 1],
    meaning: "the mean precision over the recalls of the rarer of two classes, from its most " +
      "probable rows on",
    needsTwoClasses: true,
    keepsBest: true,
    compute: averagePrecision,
  },
  {
    key: "brier",
    label: "Brier score",
    tasks: ["classification"],
    better: "smaller",
    isPercent: false,
    decimals: 4,
    fullDecimals: 6,
    bounds: [0, 2],
    meaning: "the mean squared error of a row's probabilities: of the second class if there are " +
      "two, otherwise summed over the classes",
    keepsBest: true,
    compute: (predictions) =>
      meanOverRows(predictions, (row, { scores, targets, classes }) => {
        let sum = 0;
        for (let c = classes === 2 ? 1 : 0; c < classes; c++) {
          const error = scores[row * classes + c] - (targets[row] === c ? 1 : 0);
          sum += error * error;
        }
        return sum;
      }),
  },
  {
    key: "rmse",
    label: "RMSE",
    tasks: ["regression"],
    better: "smaller",
    isPercent: false,
    decimals: 4,
    fullDecimals: 6,
    bounds: [0, Infinity],
    meaning: "the square root of the mean squared error, in the target's units",
    isDefault: true,
    hasTargetUnits: true,
    hasAnySize: true,
    keepsBest: true,
    compute: (predictions) => Math.sqrt(meanSquaredError(predictions)),
  },
  {
    key: "mse",
    label: "MSE",
    tasks: ["regression"],
    better: "smaller",
    isPercent: false,
    decimals: 4,
    fullDecimals: 6,
    bounds: [0, Infinity],
    meaning: "the mean squared error, in the target's units squared",
    isCheap: true,
    hasTargetUnits: true,
    hasAnySize: true,
    keepsBest: true,
    compute: meanSquaredError,
  },
  {
    key: "mae",
    label: "MAE",
    tasks: ["regression"],
    better: "smaller",
    isPercent: false,
    decimals: 4,
    fullDecimals: 6,
    bounds: [0, Infinity],
    meaning: "the mean absolute error, in the target's units",
    isCheap: true,
    hasTargetUnits: true,
    hasAnySize: true,
    keepsBest: true,
    compute: (predictions) =>
      meanOverRows(predictions, (row, { scores, targets }) => Math.abs(scores[row] - targets[row])),
  },
  {
    key: "r2",
    label: "R²",
    tasks: ["regression"],
    better: "larger",
    isPercent: false,
    decimals: 4,
    fullDecimals: 6,
    bounds: [-Infinity, 1],
    meaning:
      "the share of the target's variance that is explained: 1 − Σ(prediction − target)² / " +
      "Σ(target − mean)², with the mean of the same rows",
    isCheap: true,
    keepsBest: true,
    compute: (predictions) => {
      // The mean of equal targets can differ from them by rounding.
      if (predictions.targets.every((target) => target === predictions.targets[0])) return NaN;
      const mean = meanOverRows(predictions, (row, { targets }) => targets[row]);
      const variance = meanOverRows(predictions, (row, { targets }) => {
        return (targets[row] - mean) * (targets[row] - mean);
      });
      return 1 - meanSquaredError(predictions) / variance;
    },
  },
];

function meanSquaredError(predictions: Predictions): number {
  return meanOverRows(predictions, (row, { scores, targets }) => {
    return (scores[row] - targets[row]) * (scores[row] - targets[row]);
  });
}

/** The mean of a term over the rows, added in their order. */
function meanOverRows(
  predictions: Predictions,
  termOf: (row: number, predictions: Predictions) => number,
): number {
  const rows = predictions.targets.length;
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += termOf(row, predictions);
  return sum / rows;
}

/** The mean of a term over the classes that have one, added in their order; NaN if none has. */
function meanOverClasses(
  counts: ClassCounts,
  termOf: (counts: ClassCounts, c: number) => number | undefined,
): number {
  let sum = 0;
  let classes = 0;
  for (let c = 0; c < counts.actual.length; c++) {
    const term = termOf(counts, c);
    if (term === undefined) continue;
    sum += term;
    classes++;
  }
  return sum / classes;
}

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
