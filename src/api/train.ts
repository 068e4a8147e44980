import type { OneRun } from "../sweep/train_one_run.ts";
import type { KernelsChoice } from "../trainers/kernels_choice.ts";
import type { Evaluation, RunResult } from "../trainers/run_result.ts";
import { allowPrograms } from "./_allow_programs.ts";
import { Details } from "./details.ts";
import { type Experiment, OPENED } from "./experiment.ts";
import { programsOf, type StartsPrograms } from "./programs.ts";

/** Which run it is, and how it is trained. */
export interface RunOptions {
  /** The first of the experiment's if not given. */
  readonly seed?: number;
  /** From 1; the first one if not given. */
  readonly fold?: number;
  /** Kernels that train; those of WebAssembly if not given. */
  readonly kernels?: KernelsChoice;
  /** Whether the trainer's program may be started; false if not given. */
  readonly startsPrograms?: StartsPrograms;
  /** Called with what a user may want to know, in words. */
  readonly onMessage?: (text: string) => void;
}

/** Callbacks that follow a run while it is trained. */
export interface RunListener {
  /** Called with each point of the curve. */
  readonly onEvaluation?: (evaluation: Evaluation) => void;
  /** Called with the lines of a trainer that prints its own. */
  readonly onLine?: (line: string) => void;
}

/** A run that was trained. */
export interface TrainedRun {
  /** Its curve and its measures. */
  readonly result: RunResult;
  /** Its model as the bytes of a safetensors file, with everything needed to predict with it. */
  readonly model: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** One run of an experiment, by itself. */
export interface SingleRun {
  /** Its cell. */
  readonly cell: string;
  /** Its seed. */
  readonly seed: number;
  /** From 1; absent without folds. */
  readonly fold?: number;
  /**
   * Trains it in this thread; the store neither gives nor gets anything.
   *
   * @throws {UserError} If the dataset has too few rows for the split, or the run lacks the metric.
   */
  readonly train: (listener?: RunListener) => Promise<TrainedRun>;
}

/** All that is known of runs. */
export const SINGLE = new Details<SingleRun, OneRun>("prepareRun()");

/**
 * Prepares a run of an experiment's first cell, to look at its curve or to use its model.
 *
 * @example
 * ```ts
 * import { prepareRun, readExperiment } from "@regsweep/regsweep";
 *
 * const experiment = await readExperiment("experiments/quick.yaml", { set: ["dropout=0.2"] });
 * const run = await prepareRun(experiment, { seed: 3 });
 * const { result } = await run.train({
 *   onEvaluation: ({ step, measures }) => console.log(step, measures.validation_loss),
 * });
 * console.log(run.cell, result.digest);
 * ```
 *
 * @throws {UserError} If the dataset does not suit the experiment, there is no such fold, the run is too
 * large, or its program may not be started.
 */
export async function prepareRun(
  experiment: Experiment,
  options: RunOptions = {},
): Promise<SingleRun> {
  const { seed, fold, kernels = "wasm", startsPrograms, onMessage = () => {} } = options;
  const [{ planOneRun, trainedModel, trainOneRun }, { chooseLibrary }] = await Promise.all([
    import("../sweep/train_one_run.ts"),
    import("../trainers/choose_library.ts"),
  ]);
  const run = await planOneRun(OPENED.of(experiment), { seed, fold });
  await allowPrograms(programsOf([run.trainer]), startsPrograms);
  const library = await chooseLibrary(kernels, [run.trainer], onMessage);
  const telling = { onMessage, onProblem: onMessage };
  const single: SingleRun = {
    ...{ cell: run.cell.name, seed: run.task.seed },
    ...run.task.fold !== undefined && { fold: run.task.fold },
    train: async (listener) => {
      const training = await trainOneRun(run, { ...listener, ...telling }, library);
      return { result: training.result, model: () => trainedModel(run, training) };
    },
  };
  return SINGLE.keep(single, run);
}
