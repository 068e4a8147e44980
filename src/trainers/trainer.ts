import type { Dataset } from "../dataset/dataset.ts";
import type { PartSizes } from "../dataset/part_sizes.ts";
import type { Precision } from "../kernels/kernels.ts";
import type { NativeKernels } from "../kernels/native_library.ts";
import type { NumberFormat, Task } from "../measures/measure.ts";
import type { ProgramRunner } from "./command/program_runner.ts";
import type { ProgramTables } from "./command/program_tables.ts";
import type { Config, Hyperparameter, HyperparameterValue } from "./hyperparameter.ts";
import type { OwnCode } from "./own_code.ts";
import type { Predictor } from "./predictor.ts";
import type { Evaluation, TestResult } from "./run_result.ts";
import type { Starter, TableShape } from "./starter.ts";
import type { Parameter, Training, TrainingData, TrainingTask } from "./training.ts";
import type { CanGoOn, TrainStage } from "./training_stage.ts";

export type { Parameter, Training, TrainingData, TrainingTask } from "./training.ts";

/** The name of a trainer, as experiment files have it; only the registry knows which there are. */
export type TrainerName = string;

/** What reports, statistics and texts have to know of a trainer: plain data, but for `ownSplit`. */
export interface TrainerDescription {
  readonly name: TrainerName;
  /** Part of every run's key: changes whenever results change. */
  readonly version: number | string;
  readonly tasks: readonly Task[];
  /** Everything that an experiment can set, in the order of CSV columns and documentation. */
  readonly hyperparameters: readonly Hyperparameter[];
  /** Present if it draws and standardizes rows itself, regardless of the experiment's settings. */
  readonly ownSplit?: OwnSplit;
  /** The measures that it computes besides the common ones. */
  readonly measures: readonly OwnMeasure[];
}

/**
 * A trainer: its description, as data that can be listed without running anything, and a function
 * that loads its training code.
 *
 * Every command loads these objects, so their files import training code only in `load()`. No file
 * outside src/trainers/ knows a trainer's name or one of its keys.
 */
export interface Trainer extends TrainerDescription {
  /** Its code, if it is a user's own. */
  readonly own?: OwnCode;
  /** What it takes of a table besides numbers; everything if absent. */
  readonly takes?: TakenColumns;
  /** Seeds are integers from 0 to this one. */
  readonly largestSeed: number;
  /** Present if its runs have a number of steps. */
  readonly steps?: Steps;
  /** Whether it prints its own lines instead of the table of evaluations. */
  readonly printsLines: boolean;
  /** The precision of the kernels that it needs in its context; absent if it needs none. */
  readonly precision?: Precision;
  /**
   * The work of a run, in float32 operations or their equivalent in time. It serves to order runs
   * and estimate their time, and does not affect results.
   */
  cost(config: Config, shape: RunShape): number;
  /** Finds a value that makes a config's runs much shorter and usually no worse, for `plan`. */
  shortcut?(config: Config, shape: RunShape): Shortcut | undefined;
  /** When hyperparameters change nothing; a run that differs in them alone is the same run. */
  readonly idle?: readonly IdleRule[];
  /** Present if it uses kernels: the memory that its runs take. */
  readonly memory?: TrainerMemory;
  /** Present if it knows settings to begin with: those for a table. */
  readonly starter?: (shape: TableShape) => Promise<Starter>;
  /** Loads the training code, for one dataset. */
  load(context: TrainerContext): Promise<Train>;
  /** Present if finished models can predict other tables: loads the code, for a context without a dataset. */
  predictor?(context: TrainerContext): Promise<Predictor>;
}

/** What a trainer that prepares rows itself takes of a table, besides numbers without gaps. */
export interface TakenColumns {
  readonly categories: boolean;
  readonly booleans: boolean;
  readonly gaps: boolean;
}

/** A measure that a trainer computes besides the common ones. */
export interface OwnMeasure extends NumberFormat {
  /** Its column. */
  readonly key: string;
  /** The files that have it: each evaluation in curves.csv, the final model in runs.csv. */
  readonly files: readonly ("curves" | "runs")[];
  /** Its heading in the report's table of cells; without one, the table leaves it out. */
  readonly heading?: string;
}

/**
 * When some hyperparameters change nothing.
 *
 * Two configs for which `isIdle` holds, and which differ in these keys alone, give the same run to the
 * bit: the same curve, parameters and scores.
 */
export interface IdleRule {
  readonly keys: readonly string[];
  /** The keys that `isIdle` reads. */
  readonly reads: readonly string[];
  isIdle(config: Config, shape: Pick<RunShape, "trainRows">): boolean;
}

/** A hyperparameter's value that makes runs much shorter. */
export interface Shortcut {
  readonly key: string;
  readonly value: HyperparameterValue;
  /** What takes long without it, as a clause. */
  readonly reason: string;
}

/** The kernel memory of a trainer's runs. */
export interface TrainerMemory {
  /** The hyperparameters that it depends on. */
  readonly keys: readonly string[];
  /** Those of them that its upper bound depends on. */
  readonly boundKeys: readonly string[];
  /** Loads the function that computes it. */
  load(): Promise<MemoryOf>;
}

/** The kernel memory of a run with a config, scored on the test rows. */
export type MemoryOf = (config: Config, shape: RunShape) => RunMemory;

/** The kernel memory of a run. */
export interface RunMemory {
  /** An upper bound, which is computed quickly. */
  readonly atMost: number;
  /** The number of bytes. */
  bytes(): number;
  /** Which hyperparameter most of it depends on; undefined if the dataset takes more. */
  cause(): string | undefined;
}

/** How a trainer that draws rows itself splits them. */
export interface OwnSplit {
  /**
   * The number of a dataset's rows in each part; no test rows if each seed draws different ones.
   */
  partSizes(rows: number): PartSizes;
  /** True if each seed draws its own training and validation rows. */
  readonly resplit: boolean;
  /** The rows of a seed's runs, and how they become inputs. */
  data(dataset: Dataset, seed: number): Promise<TrainingData>;
}

/** How a trainer counts its runs' steps. */
export interface Steps {
  /** The hyperparameter that sets their number. */
  readonly key: string;
  /** The hyperparameter that sets the steps between evaluations; absent if every step has one. */
  readonly evaluationKey?: string;
  /** Whether it supports tasks with `stopAt`. */
  readonly canStop: boolean;
  /**
   * Present if runs can share steps and go on from a state: `Train` has `stage` then. Whether a run can
   * go on from a state.
   */
  readonly canGoOn?: CanGoOn;
  /** The maximum number of steps of a run with this config. */
  countOf(config: Config): number;
  /** The same config with `count` steps, at least one, and with early stopping turned off. */
  withCount(config: Config, count: number): Config;
}

/** What a run's work and its memory depend on besides its config. */
export interface RunShape {
  readonly trainRows: number;
  readonly validationRows: number;
  /** The rows that no run is trained or validated on. */
  readonly testRows: number;
  readonly columns: number;
  /** 1 for quantities. */
  readonly classes: number;
}

/** A training task with the name of its trainer; it can be sent to a worker. */
export interface RunTask extends TrainingTask {
  readonly trainer: TrainerName;
}

/** What a training reports while it runs. */
export interface TrainingListener {
  onEvaluation?(evaluation: Evaluation): void;
  /** Gets the lines of a trainer that prints its own. */
  onLine?(line: string): void;
  /** Gets what an own trainer tells its user. */
  onMessage?(text: string): void;
  /** Called with a problem that was overcome, in words for a user. */
  onProblem?(text: string): void;
}

/**
 * Trains one run after another on one dataset.
 *
 * @throws {UserError} If the dataset does not fit the task, such as too few rows for a split.
 */
export interface Train {
  (task: TrainingTask, listener?: TrainingListener): Promise<Training>;
  /** Trains runs that share steps; present if the trainer's `steps` can be shared. */
  readonly stage?: TrainStage;
  /**
   * Scores a finished model on the test rows, as a task with `scoresTest` would; present if that needs
   * no training.
   *
   * @param parameters The model's, as `Training` gives them.
   */
  score?(task: TrainingTask, parameters: readonly Parameter[]): Promise<TestResult | undefined>;
  /** Frees what it keeps between runs; present if that is more than memory. */
  close?(): void;
}

/** The input of a trainer's `load()`; it can be sent to a worker without copying the dataset. */
export interface TrainerContext {
  /** Absent if the runs need none. */
  readonly dataset?: Dataset;
  /** The compiled kernels, if any trainer uses them. */
  readonly kernels?: WebAssembly.Module;
  /** A library that gives the same bits, to be used in place of some of them. */
  readonly native?: NativeKernels;
  /** The compiled functions of kernels/assembly/exact_math.ts; absent if no trainer is a module. */
  readonly math?: WebAssembly.Module;
  /** Where programs find the dataset; absent if no trainer is a program. */
  readonly tables?: ProgramTables;
  /** Starts programs. It is not sent to workers, which have another one of their own. */
  readonly programs?: ProgramRunner;
  /** The code of the trainers that are the user's own; absent if none is. */
  readonly own?: readonly OwnCode[];
}
