/** The figures of a run, by their columns in runs.csv and in its order. */
export const RUN_FIGURES = [
  "steps",
  "train_loss",
  "train_accuracy",
  "validation_loss",
  "validation_accuracy",
  "best_validation_accuracy",
  "best_step",
  "sparsity",
  "weight_l1",
  "weight_l2",
] as const;
export type RunFigure = typeof RUN_FIGURES[number];

/** The figures of an evaluation, by their columns in curves.csv and in its order. */
export const CURVE_FIGURES = [
  "train_loss",
  "train_accuracy",
  "validation_loss",
  "validation_accuracy",
  "penalty",
  "sparsity",
] as const;
export type CurveFigure = typeof CURVE_FIGURES[number];

/** The columns of histograms.csv that count weights: one per bin, as many as the notebook draws. */
export const HISTOGRAM_COUNTS = Array.from({ length: 16 }, (_, bin) => `count_${bin}`);
