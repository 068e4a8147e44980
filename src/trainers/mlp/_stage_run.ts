import type { DatasetTask } from "../on_dataset.ts";
import { OwnEvaluations } from "../own_evaluations.ts";
import type { Evaluation, RunResult } from "../run_result.ts";
import type { TrainingState } from "../training_stage.ts";
import { UnfitState } from "../unfit_state.ts";
import { EarlyStopping, type SavableParameters } from "./_early_stopping.ts";
import { hasDiverged } from "./mlp_ends.ts";
import { type MlpConfig, mlpConfig } from "./mlp_config.ts";
import { mlpCanGoOn } from "./mlp_can_go_on.ts";

/** One of the runs of a stage: which evaluations are its own, and when they end it. */
export class StageRun {
  /** Its place among the stage's tasks. */
  readonly index: number;
  readonly task: DatasetTask;
  readonly config: MlpConfig;
  /** The last step, which is evaluated, unless training diverges or stops early. */
  readonly end: number;
  readonly stopping?: EarlyStopping;
  readonly #own: OwnEvaluations;
  #evaluations: Evaluation[] = [];

  constructor(index: number, task: DatasetTask, parameters: SavableParameters) {
    this.index = index;
    this.task = task;
    this.config = mlpConfig(task.config);
    const { steps, evaluateEvery, earlyStopping } = this.config;
    this.end = Math.min(steps, task.stopAt ?? Infinity);
    if (earlyStopping < Infinity) this.stopping = new EarlyStopping(parameters, earlyStopping);
    this.#own = new OwnEvaluations(evaluateEvery, task.measures);
  }

  /** Those so far. */
  get evaluations(): readonly Evaluation[] {
    return this.#evaluations;
  }

  /**
   * Takes over the run's part of a state.
   *
   * @throws {UnfitState} If it cannot go on from there.
   */
  resume(state: TrainingState): void {
    const evaluations = this.#own.before(state);
    if (!evaluations || !mlpCanGoOn(this.task, state)) {
      throw new UnfitState(`The run cannot go on from a state before step ${state.step}`);
    }
    this.#evaluations = evaluations;
    this.stopping?.resume(evaluations, state.best);
  }

  isEvaluatedAt(step: number): boolean {
    return this.nextEvaluation(step) === step;
  }

  /** The first step from `step` on that it is evaluated at. */
  nextEvaluation(step: number): number {
    const { evaluateEvery } = this.config;
    return Math.min(Math.ceil(step / evaluateEvery) * evaluateEvery, this.end);
  }

  /** Takes an evaluation of its own; returns what ends the run with it, if anything does. */
  follow(evaluation: Evaluation): RunResult["status"] | undefined {
    this.#evaluations.push(this.#own.of(evaluation));
    if (hasDiverged(evaluation)) return "diverged";
    const isOver = this.stopping?.isOver(evaluation) || evaluation.step === this.end;
    return isOver ? "completed" : undefined;
  }
}
