import type { Config } from "../hyperparameter.ts";
import type { RunShape, Trainer } from "../trainer.ts";
import { WEIGHT_MEASURES } from "../weight_measures.ts";
import { notebookCanGoOn } from "./notebook_can_go_on.ts";
import { DIM_H, notebookConfig } from "./notebook_config.ts";
import { NOTEBOOK_HYPERPARAMETERS } from "./notebook_hyperparameters.ts";
import { NOTEBOOK_IDLE } from "./notebook_idle.ts";

/** The NumPy notebook that regsweep grew out of, in float64: see `openNotebook()`. */
export const notebook: Trainer = {
  name: "notebook",
  version: 1,
  tasks: ["classification"],
  takes: { categories: false, booleans: false, gaps: false },
  hyperparameters: NOTEBOOK_HYPERPARAMETERS,
  // NumPy's generator has 32 bits of a seed.
  largestSeed: 2 ** 32 - 1,
  ownSplit: {
    partSizes,
    resplit: true,
    async data(dataset, seed) {
      const { notebookData } = await import("./notebook_data.ts");
      return notebookData(dataset, seed);
    },
  },
  steps: {
    key: "max_steps",
    evaluationKey: "disp_period",
    canStop: false,
    canGoOn: notebookCanGoOn,
    // The last step updates the weights too.
    countOf: ({ max_steps: last }) => Number(last) + 1,
    withCount: (config, count) => ({ ...config, "max_steps": count - 1 }),
  },
  measures: WEIGHT_MEASURES,
  printsLines: true,
  precision: "f64",
  cost: notebookCost,
  idle: NOTEBOOK_IDLE,
  memory: {
    keys: ["dropout_rate"],
    boundKeys: ["dropout_rate"],
    async load() {
      const { notebookMemory } = await import("./notebook_memory.ts");
      return notebookMemory;
    },
  },
  async load(context) {
    const { loadNotebook } = await import("./train_notebook.ts");
    return loadNotebook(context);
  },
};

/**
 * A fifth of the rows for validation, and a fifth for a test, which each seed draws again; training
 * loses one row.
 */
function partSizes(rows: number) {
  const validation = Math.round(0.2 * rows);
  return { train: rows - 2 * validation - 1, validation, test: 0 };
}

/**
 * How many float32 operations take as long as one in float64: a register holds half as many float64
 * numbers.
 */
const FLOAT64_COST = 2;
/** Float32 operations that take about as long as dropout of one unit. */
const DROPOUT_COST = 800;

/** Products are computed in the cheapest order: see `openNotebook()`. */
function notebookCost(config: Config, shape: RunShape): number {
  const { dropoutRate, maxSteps, dispPeriod } = notebookConfig(config);
  const { trainRows, validationRows, columns, classes } = shape;
  const forwardPerRow = columns * DIM_H + DIM_H * classes;
  const backwardPerRow = DIM_H * classes + columns * classes;
  const onWeights = (3 * DIM_H + columns) * DIM_H * classes;
  const products = trainRows * (forwardPerRow + backwardPerRow) + onWeights;
  const dropout = dropoutRate > 0 ? trainRows * DIM_H * DROPOUT_COST : 0;
  const evaluations = Math.floor(maxSteps / dispPeriod) + 1;
  return (maxSteps + 1) * (2 * FLOAT64_COST * products + dropout) +
    evaluations * validationRows * 2 * FLOAT64_COST * forwardPerRow;
}
