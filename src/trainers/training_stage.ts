import type { Evaluation } from "./run_result.ts";
import type { Training, TrainingTask } from "./training.ts";

/** Steps that several runs have in common, so that they are taken once. */
export interface TrainingStage {
  /**
   * The runs, of one seed and fold on rows that are prepared alike. Before each step up to `until`, all
   * that have not ended have the same state; they can differ in when they are evaluated, what is then
   * measured, and when they end.
   */
  readonly tasks: readonly TrainingTask[];
  /** Where it begins; at the first step if absent. Each run can go on from it: see `CanGoOn`. */
  readonly from?: TrainingState;
  /**
   * The step before which it ends, with a state for the runs that go on. Infinite: it ends with the
   * last of its runs. A run whose last step this is ends in the stage; a run that its task's `stopAt`
   * ends there goes on, since what acts before the step acts on it.
   */
  readonly until: number;
  /** True: a run that ends at its last step, or at its task's `stopAt`, leaves its state there too. */
  readonly keepsEnds?: boolean;
}

/**
 * All that is needed to go on with runs, before anything that step `step` does.
 *
 * It can be sent to a worker, but its arrays must not be changed or transferred: other states, and runs
 * that go on, can have the same ones.
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

/** The part of a state that decides whether a run can go on from it. */
export interface StateHead extends Pick<TrainingState, "step" | "evaluations"> {
  /** The steps of its best parameters. */
  readonly best: { has(step: number): boolean };
}

/** What a stage reports while it trains. */
export interface StageListener {
  /**
   * Called as soon as a run ends, and awaited before the next step; `index` is its place among the
   * stage's tasks.
   */
  onEnd(index: number, training: Training): void | Promise<void>;
  /** Called with the state in which a run ended, before `onEnd`, if the stage keeps ends. */
  onEndState?(index: number, state: TrainingState): void;
  /** Called after evaluations; returns whether `onState` wants the state before the next step. */
  wantsState?(): boolean;
  onState?(state: TrainingState): void;
  /** Called once with an evaluation of any number of runs. */
  onEvaluation?(evaluation: Evaluation): void;
}

/**
 * Trains a stage; resolves to the state at `until`, or to undefined if all runs have ended before.
 *
 * @throws {UnfitState} If a run cannot go on from the state: it is of other runs, or damaged.
 */
export type TrainStage = (
  stage: TrainingStage,
  listener: StageListener,
) => Promise<TrainingState | undefined>;

/**
 * Whether a run can go on from a state of other runs: the state has every evaluation that the run would
 * have had, with the same measures, and the parameters that it could end with.
 */
export type CanGoOn = (task: TrainingTask, state: StateHead) => boolean;
