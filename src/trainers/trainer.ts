import type { SplitOptions, Standardization } from "../dataset/split_options.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { Config, TrainerName } from "./hyperparameters.ts";
import type { Evaluation, RunResult, TestResult } from "./run_result.ts";

/** What one training needs beside the dataset and the kernels; it can be sent to a worker. */
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
   * are no part of the run's key. Absent if there are none.
   */
  readonly measures?: readonly string[];
}

/** A training task with the trainer whose it is; it can be sent to a worker. */
export interface RunTask extends TrainingTask {
  readonly trainer: TrainerName;
}

/** A dense layer's final parameters, in the precision of its trainer. */
export interface TrainedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** (inputs, outputs), row-major. */
  readonly weight: Float32Array | Float64Array;
  /** (outputs); zeros where the model has none. */
  readonly bias: Float32Array | Float64Array;
}

/** The rows of a run, by their numbers in the dataset from 0, and how it standardizes them. */
export interface TrainingData {
  readonly rows: Readonly<Record<"train" | "validation" | "test", Int32Array>>;
  /** By column: what is taken from a value, and what the rest is divided by. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** A finished training: its result, and the model for who wants to keep it. */
export interface Training {
  readonly result: RunResult;
  /** Where the task asked for it and there are test rows. */
  readonly test?: TestResult;
  readonly layers: readonly TrainedLayer[];
  /** What the model was trained on, worked out when it is asked for. */
  data(): TrainingData;
}

/** What a training reports while it runs. */
export interface TrainingListener {
  onEvaluation?(evaluation: Evaluation): void;
  /** Gets the lines that the notebook prints; no other trainer has any. */
  onLine?(line: string): void;
}

/** Trains one run after another on one dataset. */
export interface Trainer {
  /** Part of every run's key: changes with every change of the numbers. */
  readonly version: number;
  train(task: TrainingTask, listener?: TrainingListener): Promise<Training>;
}

/** What a trainer is made from; it can be sent to a worker without copying the dataset. */
export interface TrainerContext {
  readonly kernels: WebAssembly.Module;
  readonly dataset: Dataset;
}
