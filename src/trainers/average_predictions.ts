import { outputCount } from "../dataset/output_count.ts";
import { measuredKeys } from "../measures/metrics.ts";
import { commonMeasures } from "./common_measures.ts";
import type { PredictedRows, RowsToPredict } from "./predictor.ts";

/**
 * The mean of what several models predict. The class of a row is the most likely one by the mean, the
 * first of equally likely ones.
 *
 * Measures are those of the mean. The loss of quantities is not among them: it is in deviations of the
 * training rows' target, which models do not share.
 */
export function averagePredictions(
  predicted: readonly PredictedRows[],
  { table, numbers, measures, positive }: RowsToPredict,
): PredictedRows {
  const scores = predicted[0].scores.map((_, at) => {
    return predicted.reduce((sum, { scores }) => sum + scores[at], 0) / predicted.length;
  });
  const { task, targets } = table;
  const classes = outputCount(table);
  const keys = measures ? measuredKeys(task, measures) : [];
  const measured = commonMeasures(
    task === "regression" ? keys.filter((key) => key !== "loss") : keys,
    () => ({
      scores,
      targets: Float64Array.from(numbers, (row) => targets[row]),
      classes,
      positive,
    }),
  );
  if (task === "regression") return { scores, measures: measured };
  const best = Int32Array.from(numbers, (_, row) => mostLikely(scores, row * classes, classes));
  return { scores, predicted: best, measures: measured };
}

/** The class with the largest of the scores from `start` on, the first of equal ones. */
export function mostLikely(scores: Float64Array, start: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) if (scores[start + c] > scores[start + best]) best = c;
  return best;
}
