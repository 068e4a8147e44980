import type { Dataset } from "../../dataset/dataset.ts";
import { outputCount } from "../../dataset/output_count.ts";
import type { Preparation, TargetMoments } from "../../dataset/preparation.ts";
import { inColumns, measuredKeys } from "../../measures/metrics.ts";
import { commonMeasures, positiveClass } from "../common_measures.ts";
import type { TestResult } from "../run_result.ts";
import { pictureUnits } from "../strongest_units.ts";

/** Rows that are predicted. */
export interface PredictedPart {
  /** Their numbers in the dataset. */
  readonly numbers: Int32Array;
  /** (rows): class numbers, or quantities. */
  readonly targets: Float64Array<ArrayBuffer>;
}

/** What predictions are compared with, and how. */
export interface Predicted {
  readonly dataset: Dataset;
  readonly data: Pick<Preparation, "target">;
  readonly parts: Readonly<Record<"train" | "validation" | "test", PredictedPart>>;
  readonly measured: Measured;
}

/** What is measured of each part. */
interface Measured {
  /** Keys of common measures. */
  readonly keys: readonly string[];
  /** The class that those of one class are of. */
  readonly positive?: number;
}

/**
 * Decides once what a run's predictions are measured by.
 *
 * @param wanted Keys of measures besides those that every run has.
 */
export function measuredOf(dataset: Dataset, wanted?: readonly string[]): Measured {
  const keys = measuredKeys(dataset.task, wanted);
  return { keys, positive: positiveClass(keys, dataset) };
}

/**
 * The common measures of predictions, by column.
 *
 * @param scores Class probabilities (rows, classes), or quantities (rows).
 */
export function measurePredictions(
  run: Predicted,
  scores: Readonly<Record<"train" | "validation", Float64Array>>,
): Record<string, number> {
  return {
    ...inColumns("train", measuresOf(run, "train", scores.train)),
    ...inColumns("validation", measuresOf(run, "validation", scores.validation)),
  };
}

/** The score of the final model on the test rows. */
export function testResultOf(run: Predicted, scores: Float64Array): TestResult {
  const { dataset, parts: { test } } = run;
  const measures = measuresOf(run, "test", scores);
  const units = pictureUnits(dataset, []);
  if (dataset.task === "regression") return { measures, predictions: [...scores], units };
  const classes = dataset.classes.length;
  const confusion = new Array<number>(classes * classes).fill(0);
  test.targets.forEach((label, row) => {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (scores[row * classes + c] > scores[row * classes + best]) best = c;
    }
    confusion[label * classes + best]++;
  });
  return { measures, confusion, units };
}

function measuresOf(
  { dataset, data, parts, measured }: Predicted,
  part: "train" | "validation" | "test",
  scores: Float64Array,
): Record<string, number> {
  const { targets } = parts[part];
  return measureScores(scores, { table: dataset, targets, target: data.target, ...measured });
}

/**
 * The common measures of predictions, by key.
 *
 * @param scores Class probabilities (rows, classes), or quantities (rows).
 */
export function measureScores(
  scores: Float64Array,
  { table, targets, target, keys, positive }: Measured & {
    readonly table: Pick<Dataset, "task" | "classes">;
    /** (rows): class numbers, or quantities. */
    readonly targets: Float64Array;
    readonly target: TargetMoments;
  },
): Record<string, number> {
  const isRegression = table.task === "regression";
  const classes = outputCount(table);
  const common = commonMeasures(
    isRegression ? keys.filter((key) => key !== "loss") : keys,
    () => ({ scores, targets, classes, positive }),
  );
  return isRegression ? { loss: squaredLoss(scores, targets, target), ...common } : common;
}

/** ½e² in deviations of the target, as built-in trainers have it. */
function squaredLoss(
  scores: Float64Array,
  targets: Float64Array,
  { deviation }: TargetMoments,
): number {
  let sum = 0;
  for (let row = 0; row < targets.length; row++) {
    const error = (scores[row] - targets[row]) / deviation;
    sum += error * error / 2;
  }
  return sum / targets.length;
}
