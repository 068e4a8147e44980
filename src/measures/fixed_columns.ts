/** Columns of a result file around those of swept hyperparameters and of measures. */
export interface FixedColumns {
  /** Before the swept hyperparameters. */
  readonly before: readonly string[];
  /** Between them and the measures. */
  readonly after: readonly string[];
  /** After the measures; absent if the file has none. */
  readonly end?: readonly string[];
}

/** The columns that are always there, of the files with measures or swept hyperparameters. */
export const FIXED_COLUMNS = {
  runs: {
    before: ["run", "cell", "replicate", "seed"],
    after: ["status", "steps"],
    end: ["digest"],
  },
  curves: { before: ["run", "step"], after: [], end: [] },
  cells: {
    before: ["cell"],
    after: ["n", "mean", "sd", "ci_low", "ci_high", "mean_steps"],
    end: ["diverged", "failed"],
  },
  halving: { before: ["stopped_at", "cell"], after: ["n", "mean", "outcome"] },
} as const satisfies Record<string, FixedColumns>;

/** The column after `seed`, where there are folds. */
export const FOLD_COLUMN = "fold";
/** The column of the step that has the best values, where there are any. */
export const BEST_STEP_COLUMN = "best_step";
/** Before the columns of measures in cells.csv; without it, they are the columns of runs.csv. */
export const MEAN_PREFIX = "mean_";

const { runs, curves, cells, halving } = FIXED_COLUMNS;
const SOMETIMES = [FOLD_COLUMN, BEST_STEP_COLUMN];

/** Names that no measure of one's own can have: the files with measures have other columns of these names. */
export const TAKEN_BY_MEASURES: ReadonlySet<string> = new Set([
  ...[...runs.before, ...runs.after, ...runs.end],
  ...curves.before,
  ...SOMETIMES,
]);

/**
 * The fixed columns beside those of swept hyperparameters, without `steps`: built-in trainers have a
 * hyperparameter of this name, and readers tell the two by their order.
 */
export const BESIDE_SWEPT: ReadonlySet<string> = new Set(
  [
    ...[...runs.before, ...runs.after, ...runs.end],
    ...[...cells.before, ...cells.after, ...cells.end],
    ...[...halving.before, ...halving.after],
    ...SOMETIMES,
  ].filter((column) => column !== "steps"),
);
