import type { Preparation } from "../dataset/preparation.ts";
import type { PreparationOptions } from "../dataset/preparation_options.ts";
import type { SplitOptions } from "../dataset/split_options.ts";
import type { Config } from "./hyperparameter.ts";
import type { RunResult, TestResult } from "./run_result.ts";

/** What one training needs besides the trainer's context; it can be sent to a worker. */
export interface TrainingTask extends Partial<PreparationOptions> {
  readonly config: Config;
  readonly seed: number;
  /** The fold of the split that it validates on, from 1; absent without folds. */
  readonly fold?: number;
  /** This and how rows are prepared are absent if the run has no dataset. */
  readonly split?: SplitOptions;
  /** True: the final model is scored on the test rows, which changes nothing else. */
  readonly scoresTest?: boolean;
  /**
   * The number of steps to stop after, if the run has more: the result equals that of the same run
   * up to there, bit for bit. Only trainers with `canStop` get tasks with it.
   */
  readonly stopAt?: number;
  /**
   * Keys of common measures to compute besides the default ones: those that are cheap, and those
   * that are wanted. They change nothing else and are not part of the run's key. Absent if there are
   * none.
   */
  readonly measures?: readonly string[];
  /**
   * How long its caller waits, for trainers whose code could run on after that. It changes nothing
   * else and is not part of the run's key.
   */
  readonly limitSeconds?: number;
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
  /**
   * True for weights (features, units) that can be shown as one picture of the features per unit.
   */
  readonly hasPictures?: boolean;
}

/** The rows of a run, by their numbers in the dataset from 0, and how they become its inputs. */
export interface TrainingData extends Preparation {
  readonly rows: Readonly<Record<"train" | "validation" | "test", Int32Array>>;
}

/** A finished training: its result, and the model for a caller that keeps it. */
export interface Training {
  readonly result: RunResult;
  /** Present if the task asked for it and there are test rows. */
  readonly test?: TestResult;
  /** In the order of the digest. */
  readonly parameters: readonly Parameter[];
  /**
   * The data that the model was trained on, computed on request.
   *
   * @throws {TypeError} If it was trained on none.
   */
  data(): TrainingData;
}
