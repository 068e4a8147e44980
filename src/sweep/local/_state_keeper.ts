import type { TrainingState } from "../../trainers/training_stage.ts";
import type { Sharing } from "../launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { PoolStage } from "./_run_queue.ts";

/** A state that is written. */
interface Written {
  readonly run: PlannedRun;
  readonly step: number;
  readonly whenKept: Promise<void>;
}

/** Keeps the states that workers give. */
export class StateKeeper {
  readonly #sharing: Sharing | undefined;
  /** States that are being written or removed. */
  readonly #pending = new Set<Promise<void>>();
  /** The state that an unfinished stage has given last: it goes on from there if it is interrupted. */
  readonly #last = new Map<PoolStage, Written>();

  constructor(sharing: Sharing | undefined) {
    this.#sharing = sharing;
  }

  /** Keeps the state in which a run of a stage ended. */
  keepEnd(stage: PoolStage, run: PlannedRun, state: TrainingState): void {
    this.#keep(run, state);
    // It has the name of the other, and is to stay.
    if (this.#last.get(stage)?.step === state.step) this.#last.delete(stage);
  }

  /** Keeps the state of an unfinished stage in place of the one before it. */
  keepLast(stage: PoolStage, run: PlannedRun, state: TrainingState): void {
    const before = this.#last.get(stage);
    const whenKept = this.#keep(run, state);
    this.#last.set(stage, { run, step: state.step, whenKept });
    if (before) this.#remove(before, whenKept);
  }

  /** Keeps the state that a stage hands on in place of the one before it, if it has been long. */
  handOn(stage: PoolStage, run: PlannedRun, state: TrainingState): void {
    if (!this.#last.has(stage)) return;
    this.keepLast(stage, run, state);
    // Its runs part here: it stays for all of them.
    this.#last.delete(stage);
  }

  /** Removes the state of a stage whose runs have all ended, but for its runs' ends. */
  forget(stage: PoolStage): void {
    const last = this.#last.get(stage);
    if (last) this.#remove(last);
    this.#last.delete(stage);
  }

  /** Resolves when nothing is being written or removed. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #keep(run: PlannedRun, state: TrainingState): Promise<void> {
    return this.#whilePending(this.#sharing?.keep(run, state));
  }

  /** Removes a state when it has been written, and so has the one that takes its place. */
  #remove({ run, step, whenKept }: Written, whenReplaced?: Promise<void>): void {
    const written = Promise.all([whenKept, whenReplaced]);
    this.#whilePending(written.then(() => this.#sharing?.remove(run, step)));
  }

  #whilePending(work: Promise<void> | undefined): Promise<void> {
    const pending = Promise.resolve(work).finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
    return pending;
  }
}
