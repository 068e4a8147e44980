import { type Caller, commandText } from "../command_text.ts";
import type { Replicate } from "../experiment/replicates.ts";

/** The task that trains one run of a sweep. */
export type TrainTask = "train" | "train-program";

/** A run, by what the command line calls it. */
export interface NamedRun extends Replicate {
  /** The cell's name in the CSV files. */
  readonly cell: string;
}

/**
 * The command that trains a run again, in the folder of its sweep: the experiment.yaml there has all
 * that the sweep's command line changed.
 */
export function trainCommand(
  { cell, seed, fold }: NamedRun,
  task: TrainTask,
  caller?: Caller,
): string {
  const folds = fold === undefined ? [] : ["--fold", String(fold)];
  const words = [task, "experiment.yaml", "--only", cell, "--seed", String(seed), ...folds];
  return commandText(words, caller);
}
