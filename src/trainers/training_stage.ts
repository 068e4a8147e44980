import type { Evaluation } from "./run_result.ts";
import type { Training, TrainingTask } from "./training.ts";

/** Steps that several runs have in common, so that they are taken once. */
export interface TrainingStage {
  /**
   * The runs. Before each step up to `until`, all of them have the same state; they can differ in when
   * they are evaluated and when they end.
   */
  readonly tasks: readonly TrainingTask[];
  /** Where it begins; at the first step if absent. */
  readonly from?: TrainingState;
  /**
   * The step before which it ends, with a state for the runs that go on. Infinite: it ends with the
   * last of its runs.
   */
  readonly until: number;
  /** True: a run that ends at its last step, or at its task's `stopAt`, leaves its state there too. */
  readonly keepsEnds?: boolean;
}

/**
 * All that is needed to go on with runs, before anything that step `step` does. It can be sent to a
 * worker.
 */
export interface TrainingState {
  readonly step: number;
  /** Evaluations of earlier steps, in the order of their steps: those that any of the runs had. */
  readonly evaluations: readonly Evaluation[];
  /** By name: what the trainer keeps from step to step. Only the trainer knows what it means. */
  readonly arrays: Readonly<Record<string, Uint8Array>>;
  /**
   * By the step of their evaluation: parameters that a run which stops early may end with, in the
   * layout of `arrays`.
   */
  readonly best: ReadonlyMap<number, Readonly<Record<string, Uint8Array>>>;
  /** How long the steps before it took to train. */
  readonly trainSeconds: number;
}

/** What a stage reports while it trains. */
export interface StageListener {
  /** Called as soon as a run ends; `index` is its place among the stage's tasks. */
  onEnd(index: number, training: Training): void | Promise<void>;
  /** Called with the state in which a run ended, before `onEnd`, if the stage keeps ends. */
  onEndState?(index: number, state: TrainingState): void;
  /** Called after evaluations; returns whether `onState` wants the state of now. */
  wantsState?(): boolean;
  onState?(state: TrainingState): void;
  onEvaluation?(evaluation: Evaluation): void;
}

/** Trains a stage; resolves to the state at `until`, or to undefined if all runs have ended before. */
export type TrainStage = (
  stage: TrainingStage,
  listener: StageListener,
) => Promise<TrainingState | undefined>;

/**
 * Whether a run can go on from a state of other runs: the state has every evaluation that the run would
 * have had, with the same measures, and the parameters that it could end with.
 */
export type CanGoOn = (task: TrainingTask, state: Omit<TrainingState, "arrays">) => boolean;
