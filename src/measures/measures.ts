import type { Measure, Predictions } from "./measure.ts";

/**
 * THE table of measures: YAML's `metric`, columns, labels, axes and terminal output derive from it.
 *
 * The columns of default measures have this order.
 */
export const MEASURES: readonly Measure[] = [
  {
    key: "loss",
    label: "loss",
    tasks: ["classification"],
    better: "smaller",
    isPercent: false,
    decimals: 4,
    fullDecimals: 6,
    bounds: [0, Infinity],
    meaning: "the mean cross-entropy in nats, without penalties",
    isDefault: true,
    compute: (predictions) =>
      meanOverRows(predictions, (row, { scores, targets, classes, log }) => {
        return -log(scores[row * classes + targets[row]]);
      }),
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
    compute: (predictions) =>
      meanOverRows(predictions, (row, { scores, targets, classes }) => {
        const own = scores.subarray(row * classes, (row + 1) * classes);
        // Takes the first of equal scores.
        return own.indexOf(Math.max(...own)) === targets[row] ? 1 : 0;
      }),
  },
];

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
