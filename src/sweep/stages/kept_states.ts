import type { Checkpoints } from "../../store/model_space.ts";
import type { RunTask } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import type { TrainingState } from "../../trainers/training_stage.ts";
import type { KeptState, Sharing } from "../launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import { stateKey } from "./run_states.ts";

/** A run of less work is trained again about as fast as its state or model is read. */
const LEAST_FLOPS = 5e9;

/** Whether it is worth keeping what a run leaves. */
export function isLong({ flops }: Pick<PlannedRun, "flops">): boolean {
  return flops >= LEAST_FLOPS;
}

export interface KeptStatesOptions {
  readonly checkpoints: Checkpoints;
  readonly trainers: Pick<Trainers, "named">;
  /** True: the states of short runs are kept, too. */
  readonly keepsAll?: boolean;
}

/** The states that runs leave in a store's checkpoints, for other runs to go on from. */
export class KeptStates implements Sharing {
  readonly #checkpoints: Checkpoints;
  readonly #trainers: Pick<Trainers, "named">;
  readonly #keepsAll: boolean;

  constructor({ checkpoints, trainers, keepsAll = false }: KeptStatesOptions) {
    this.#checkpoints = checkpoints;
    this.#trainers = trainers;
    this.#keepsAll = keepsAll;
  }

  latest(run: PlannedRun): KeptState | undefined {
    const { states, mostSteps = 0 } = run;
    if (!states) return undefined;
    // The name of a state changes with each step from which on another hyperparameter acts.
    const changes = [0, ...states.map(({ from }) => from).filter((from) => from > 0)];
    let most = mostSteps;
    for (const from of changes.reverse()) {
      if (most <= from) continue;
      const key = stateKey(run, from + 1);
      const step = this.#checkpoints.steps(key)
        .findLast((step) => step > from && step <= most);
      if (step !== undefined) return { key, step };
      most = from;
    }
    return undefined;
  }

  async read(
    { key, step }: KeptState,
    tasks: readonly RunTask[],
  ): Promise<TrainingState | undefined> {
    const state = await this.#checkpoints.get(key, step);
    const canGoOn = state && tasks.every((task) => {
      return this.#trainers.named(task.trainer).steps?.canGoOn?.(task, state);
    });
    return canGoOn ? state : undefined;
  }

  keepsEnd(run: PlannedRun): boolean {
    return this.#keepsAll || isLong(run);
  }

  async keep(run: PlannedRun, state: TrainingState): Promise<void> {
    await this.#checkpoints.put(stateKey(run, state.step), state);
  }

  reject({ key, step }: KeptState, reason: string): void {
    this.#checkpoints.reject(key, step, reason);
  }

  remove(run: PlannedRun, step: number): void {
    this.#checkpoints.remove(stateKey(run, step), step);
  }
}
