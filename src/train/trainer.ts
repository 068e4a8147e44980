import type { Dataset } from "../dataset/dataset.ts";
import type { SplitOptions, Standardization } from "../experiment/experiment.ts";
import type { Config } from "../experiment/hyperparameters.ts";
import type { Evaluation, RunResult } from "./run_result.ts";

/** What one training needs beside the dataset and the kernels; it can be sent to a worker. */
export interface TrainingTask {
  readonly config: Config;
  readonly seed: number;
  readonly split: SplitOptions;
  readonly standardize: Standardization;
}

/** A dense layer's final parameters. */
export interface TrainedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** (inputs, outputs), row-major. */
  readonly weight: Float32Array<ArrayBuffer>;
  /** (outputs). */
  readonly bias: Float32Array<ArrayBuffer>;
}

/** A finished training: its result, and the model for who wants to keep it. */
export interface Training {
  readonly result: RunResult;
  readonly layers: readonly TrainedLayer[];
}

/** What a training reports while it runs. */
export interface TrainingListener {
  onEvaluation?(evaluation: Evaluation): void;
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
