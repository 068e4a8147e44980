import type { Dataset } from "../dataset/dataset.ts";
import type { PartSizes } from "../dataset/part_sizes.ts";
import type { SplitOptions, Standardization } from "../dataset/split_options.ts";
import type { NumberFormat, Task } from "../measures/measure.ts";
import type { Config, Hyperparameter } from "./hyperparameter.ts";
import type { Evaluation, RunResult, TestResult } from "./run_result.ts";

/** The name of a trainer, as experiment files have it; only the registry knows which there are. */
export type TrainerName = string;

/**
 * A trainer: what it is, as data that can be listed without running anything, and the way to the
 * code that trains.
 *
 * Objects like this one are loaded by every command, so their files import no training code but in
 * `load()`. No file outside src/trainers/ knows a trainer's name or one of its keys.
 */
export interface Trainer {
  readonly name: TrainerName;
  /** Part of every run's key: changes with every change of the numbers. */
  readonly version: number | string;
  readonly tasks: readonly Task[];
  /** All that an experiment may say of its runs, in the order of CSV columns and documentation. */
  readonly hyperparameters: readonly Hyperparameter[];
  /** Seeds are integers from 0 to this one. */
  readonly largestSeed: number;
  /** Given if it draws and standardizes rows its own way, whatever the experiment says. */
  readonly ownSplit?: OwnSplit;
  /** Given if its runs have a number of steps. */
  readonly steps?: Steps;
  /** What it measures beside the common measures. */
  readonly measures: readonly OwnMeasure[];
  /** Whether it prints lines of its own, in place of the table of evaluations. */
  readonly printsLines: boolean;
  /** Whether it needs kernels in its context. */
  readonly usesKernels: boolean;
  /**
   * The work of a run: float32 operations, or what takes as long. It orders runs and estimates
   * their time, and changes no result.
   */
  cost(config: Config, shape: RunShape): number;
  /** Loads the code that trains, for one dataset. */
  load(context: TrainerContext): Promise<Train>;
}

/** A number that a trainer gives beside the common measures. */
export interface OwnMeasure extends NumberFormat {
  /** Its column. */
  readonly key: string;
  /** The files that have it: each evaluation in curves.csv, the final model in runs.csv. */
  readonly files: readonly ("curves" | "runs")[];
  /** Its heading in the report's table of cells, which leaves it out without one. */
  readonly heading?: string;
}

/** How a trainer divides rows that it draws by itself. */
export interface OwnSplit {
  /** How many of a dataset's rows each part has; no test rows where seeds draw different ones. */
  partSizes(rows: number): PartSizes;
  /** True if each seed draws its own training and validation rows. */
  readonly resplit: boolean;
}

/** How a trainer counts its runs' steps. */
export interface Steps {
  /** The hyperparameter that sets their number. */
  readonly key: string;
  /** The hyperparameter that sets the steps from evaluation to evaluation; absent if each has one. */
  readonly evaluationKey?: string;
  /** Whether it takes tasks with `stopAt`. */
  readonly canStop: boolean;
  /** The most steps that a run of a config takes. */
  countOf(config: Config): number;
  /** The same config with so many steps, at least one, and nothing that ends the run earlier. */
  withCount(config: Config, count: number): Config;
}

/** What a run's work depends on beside its config. */
export interface RunShape {
  readonly trainRows: number;
  readonly validationRows: number;
  readonly columns: number;
  readonly classes: number;
}

/** What one training needs beside the trainer's context; it can be sent to a worker. */
export interface TrainingTask {
  readonly config: Config;
  readonly seed: number;
  readonly split: SplitOptions;
  readonly standardize: Standardization;
  /** True: the final model is scored on the test rows, which changes nothing else. */
  readonly scoresTest?: boolean;
  /**
   * After how many steps to stop, if the run has more: the result is that of the same run so far, to
   * the bit. Only trainers whose runs can be stopped get tasks with it.
   */
  readonly stopAt?: number;
  /**
   * Keys of common measures that are wanted beside the default ones; they change nothing else, and
   * are not part of the run's key. Absent if there are none.
   */
  readonly measures?: readonly string[];
}

/** A training task with the name of its trainer; it can be sent to a worker. */
export interface RunTask extends TrainingTask {
  readonly trainer: TrainerName;
}

/** A named array of a model's final parameters, in the precision of its trainer. */
export interface Parameter {
  /** Unique in its model, such as `layer0.weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array | Float64Array;
  /** True if histograms.csv shows how its values are distributed. */
  readonly hasHistogram?: boolean;
  /** True of weights (features, units) that can be shown as one picture of the features per unit. */
  readonly hasPictures?: boolean;
}

/** The rows of a run, by their numbers in the dataset from 0, and how it standardizes them. */
export interface TrainingData {
  readonly rows: Readonly<Record<"train" | "validation" | "test", Int32Array>>;
  /** By column: what is taken from a value, and what the rest is divided by. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** A finished training: its result, and the model for a caller that keeps it. */
export interface Training {
  readonly result: RunResult;
  /** Where the task asked for it and there are test rows. */
  readonly test?: TestResult;
  /** In the order of the digest. */
  readonly parameters: readonly Parameter[];
  /** What the model was trained on, worked out when it is asked for. */
  data(): TrainingData;
}

/** What a training reports while it runs. */
export interface TrainingListener {
  onEvaluation?(evaluation: Evaluation): void;
  /** Gets the lines of a trainer that prints its own. */
  onLine?(line: string): void;
}

/**
 * Trains one run after another on one dataset.
 *
 * @throws {UserError} If the task cannot be trained on the dataset, such as too few rows for a split.
 */
export type Train = (task: TrainingTask, listener?: TrainingListener) => Promise<Training>;

/** What a trainer is loaded with; it can be sent to a worker without copying the dataset. */
export interface TrainerContext {
  readonly dataset: Dataset;
  /** The compiled kernels, if some trainer uses them. */
  readonly kernels?: WebAssembly.Module;
}
