import type { TrainingState } from "../../trainers/training_stage.ts";
import type { Sharing } from "../launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { PoolStage } from "./_run_queue.ts";

/** Keeps the states that workers give. */
export class StateKeeper {
  readonly #sharing: Sharing | undefined;
  /** States that are being written. */
  readonly #keeping = new Set<Promise<void>>();
  /** The state that an unfinished stage has given last: it goes on from there if it is interrupted. */
  readonly #last = new Map<PoolStage, { readonly run: PlannedRun; readonly step: number }>();

  constructor(sharing: Sharing | undefined) {
    this.#sharing = sharing;
  }

  /** Keeps the state in which a run ended. */
  keepEnd(run: PlannedRun, state: TrainingState): void {
    if (!this.#sharing) return;
    const keeping = this.#sharing.keep(run, state).finally(() => this.#keeping.delete(keeping));
    this.#keeping.add(keeping);
  }

  /** Keeps the state of an unfinished stage in place of the one before it. */
  keepLast(stage: PoolStage, run: PlannedRun, state: TrainingState): void {
    this.forget(stage);
    this.keepEnd(run, state);
    this.#last.set(stage, { run, step: state.step });
  }

  /** Removes the state of a stage that has ended, but for its runs' ends. */
  forget(stage: PoolStage): void {
    const last = this.#last.get(stage);
    if (last) this.#sharing?.remove(last.run, last.step);
    this.#last.delete(stage);
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await Promise.all(this.#keeping);
  }
}
