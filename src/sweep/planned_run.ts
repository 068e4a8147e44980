import type { Cell } from "../experiment/experiment.ts";
import { runName } from "../experiment/replicates.ts";
import type { RunIdentity } from "../store/run_key.ts";
import type { RunTask } from "../trainers/trainer.ts";
import type { RunStates } from "./stages/run_states.ts";

/** One run of an experiment, before it is trained. */
export interface PlannedRun {
  /** Its name in the store. */
  readonly key: string;
  /** What the key is made from. */
  readonly identity: RunIdentity;
  readonly cell: Cell;
  /** The index of its replicate, from 0. */
  readonly replicate: number;
  readonly task: RunTask;
  /**
   * Keys of the measures that its result must have. The task can name more, which are cheap: a record
   * without them is as good.
   */
  readonly measures: readonly string[];
  /** The column that each evaluation must have; absent if its trainer is sure to compute it. */
  readonly metric?: string;
  /** The work that training takes, as its trainer counts it: what its length is estimated by. */
  readonly flops: number;
  /** The most steps that it takes; absent if its trainer counts none. */
  readonly mostSteps?: number;
  /** What its states depend on; absent if its trainer's runs cannot go on from a state. */
  readonly states?: RunStates;
}

/** A run as messages name it. */
export function nameOf({ cell, task }: Pick<PlannedRun, "cell" | "task">): string {
  return runName(cell.name, task);
}

/** A planned run with another task. */
export function withTask(run: PlannedRun, task: RunTask): PlannedRun {
  const { key, identity, cell, replicate, measures, metric, flops, mostSteps, states } = run;
  return {
    ...{ key, identity, cell, replicate, task, measures },
    ...metric !== undefined && { metric },
    flops,
    ...mostSteps !== undefined && { mostSteps },
    ...states && { states },
  };
}
