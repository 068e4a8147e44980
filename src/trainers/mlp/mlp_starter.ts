import type { FixedSetting, Starter, SweptSetting, TableShape } from "../starter.ts";

/** From so many training rows on, batches are larger, since more of them are needed per epoch. */
const MEDIUM_ROWS = 2000;
const LARGE_ROWS = 20_000;
/** Times that each training row is used, as far as `FEWEST_STEPS` and `MOST_STEPS` allow. */
const EPOCHS = 30;
const FEWEST_STEPS = 500;
const MOST_STEPS = 5000;
/** From so many inputs on, it is worth asking which of them can be done without. */
const MANY_COLUMNS = 20;
const WIDE_COLUMNS = 200;

/**
 * Settings to begin with: a small network whose training without regularization takes seconds, and
 * the regularizers that suit the table, each over the strengths between no effect and harm.
 */
export function mlpStarter(shape: TableShape): Starter {
  return { fixed: fixedSettings(shape), swept: sweptSettings(shape) };
}

function fixedSettings({ task, trainRows, columns, isSkewed }: TableShape): FixedSetting[] {
  const batchSize = trainRows < MEDIUM_ROWS ? 32 : trainRows < LARGE_ROWS ? 64 : 256;
  const wanted = Math.ceil(EPOCHS * trainRows / batchSize / FEWEST_STEPS) * FEWEST_STEPS;
  const steps = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, wanted));
  const epochs = Math.round(steps * batchSize / trainRows);
  const width = columns < WIDE_COLUMNS ? 64 : 128;
  return [
    {
      key: "hidden",
      value: [width],
      reason: "one hidden layer; [] trains a linear model, [128, 128] a larger network",
    },
    { key: "batch_size", value: batchSize, reason: "training rows per step" },
    {
      key: "steps",
      value: steps,
      reason: `each training row is used about ${epochs === 1 ? "once" : `${epochs} times`}`,
    },
    {
      key: "init",
      value: "glorot",
      reason: "smaller initial outputs than with he, the default: small tables are learned better",
    },
    task === "regression"
      ? {
        key: "learning_rate",
        value: 0.02,
        reason: "smaller than for classes: errors have no limit",
      }
      : { key: "learning_rate", value: 0.1, reason: "smaller if runs diverge, with more steps" },
    ...isSkewed
      ? [{
        key: "class_weight",
        value: "balanced",
        reason: "a row of a rare class counts more, so that every class has the same weight",
      }]
      : [],
    ...columns >= MANY_COLUMNS
      ? [{ key: "l1_method", value: "proximal", reason: "L1 and group lasso reach exactly 0" }]
      : [],
  ];
}

function sweptSettings({ task, columns }: TableShape): SweptSetting[] {
  return [
    { key: "l2_penalty", values: [0.0001, 0.001, 0.01, 0.1], reason: "keeps weights small" },
    { key: "l1_penalty", values: [0.0001, 0.001, 0.01], reason: "keeps few weights large" },
    ...columns >= MANY_COLUMNS
      ? [{
        key: "group_lasso",
        values: [0.0001, 0.001, 0.01],
        reason: "turns whole columns off",
      }]
      : [],
    { key: "dropout", values: [0.1, 0.25, 0.5], reason: "leaves out hidden units at random" },
    { key: "input_noise", values: [0.1, 0.25, 0.5], reason: "adds noise to the columns" },
    ...task === "classification"
      ? [{
        key: "label_smoothing",
        values: [0.05, 0.1, 0.2],
        reason: "makes predictions less sure",
      }]
      : [],
  ];
}
