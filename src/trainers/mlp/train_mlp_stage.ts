import type { Dataset } from "../../dataset/dataset.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { finishRun } from "../finish_run.ts";
import type { DatasetStage } from "../on_dataset.ts";
import type { Evaluation, RunResult } from "../run_result.ts";
import { sharedTask } from "../shared_task.ts";
import { pictureUnits } from "../strongest_units.ts";
import type { Training } from "../trainer.ts";
import { TrainingClock } from "../training_clock.ts";
import { splitData } from "../training_data.ts";
import type { StageListener, TrainingState } from "../training_stage.ts";
import { evaluate, scoreRows } from "./_evaluate.ts";
import { copyKept, type KeptCopies, restoreKept } from "../kept_bytes.ts";
import { type PreparedRun, prepareRun } from "./_prepare_run.ts";
import type { SeedStart } from "./_seed_start.ts";
import { SharedCopies } from "./_shared_copies.ts";
import { StageRun } from "./_stage_run.ts";
import { mlpConfig } from "./mlp_config.ts";

/**
 * Trains multilayer perceptrons that share their steps, by SGD or Adam, in the kernels' precision.
 *
 * Each step, in this order: the runs that have had their last update are evaluated and end; pruning; the
 * evaluation of the others, if it is due; a snapshot, if a cycle has ended; the gradient; the update.
 *
 * Lookahead and weight averaging have parameters of their own, which evaluations and results are of:
 * they take the place of the trained ones meanwhile, with moments of batch normalization of their own.
 *
 * With early stopping the result is the model of the evaluation with the lowest validation loss,
 * even if training did not end early; the curve holds every evaluation.
 *
 * @param start What earlier runs in the kernels' memory have left, if nothing else uses it.
 * @throws {UserError} If the dataset has too few rows for the split.
 * @throws {UnfitState} If a run cannot go on from the state.
 */
export async function trainMlpStage(
  kernels: Kernels,
  dataset: Dataset,
  stage: DatasetStage,
  listener: StageListener,
  start: SeedStart,
): Promise<TrainingState | undefined> {
  const { from, until, keepsEnds = false } = stage;
  const { run, runs, copies, isForwardShared } = begin(kernels, dataset, stage, start);
  const { model, trainChunks, batches, changes, adversarial } = run;
  const evaluations: Evaluation[] = [...from?.evaluations ?? []];
  const clock = new TrainingClock(from?.trainSeconds);
  let going: readonly StageRun[] = runs;
  let isStateWanted = false;
  /** The next step that any of the runs is evaluated at. */
  let nextEvaluation = -Infinity;

  const stateBefore = (step: number): TrainingState => ({
    step,
    evaluations: [...evaluations],
    arrays: copyKept(run.kept(step)),
    best: bestOf(going),
    trainSeconds: clock.seconds,
  });
  const evaluateAt = (step: number) => {
    const evaluation = evaluate(run, step);
    listener.onEvaluation?.(evaluation);
    return evaluation;
  };
  /** Gives runs an evaluation, and ends those that end with it. */
  const follow = async (
    followers: readonly StageRun[],
    evaluation: Evaluation,
    state: TrainingState | undefined,
  ) => {
    const ended = followers.flatMap((follower) => {
      const status = follower.follow(evaluation);
      return status ? [{ follower, status }] : [];
    });
    if (ended.length === 0) return;
    going = going.filter((other) => ended.every(({ follower }) => follower !== other));
    clock.stop();
    for (const { follower, status } of ended) {
      const { index, end } = follower;
      if (keepsEnds && state && end === state.step) listener.onEndState?.(index, state);
      const { seconds } = clock;
      await listener.onEnd(
        index,
        await finish(dataset, run, follower, { status, copies, seconds }),
      );
    }
    clock.go();
  };

  for (let step = from?.step ?? 0;; step++) {
    if (nextEvaluation < step) {
      nextEvaluation = Math.min(...going.map((follower) => follower.nextEvaluation(step)));
    }
    const isDue = step === nextEvaluation;
    const isEnd = isDue && going.some(({ end }) => end === step);
    let state: TrainingState | undefined;
    if (step === until || isStateWanted || isEnd && keepsEnds) {
      clock.stop();
      state = stateBefore(step);
      if (isStateWanted) listener.onState?.(state);
      isStateWanted = false;
      clock.go();
    }
    let evaluation: Evaluation | undefined;
    if (isEnd) {
      // Pruning does not act after a run's last update.
      const finished = going.filter(({ end, config }) => end === step && end === config.steps);
      if (finished.length > 0) {
        model.exchangeResult(step, trainChunks);
        evaluation = evaluateAt(step);
        await follow(finished, evaluation, state);
        model.exchangeResult(step, trainChunks);
      }
    }
    if (step === until) return state;
    if (going.length === 0) return undefined;

    if (model.beginStep(step)) {
      evaluation = undefined;
      copies.forget();
    }
    let holdsForward = false;
    const due = isDue ? going.filter((follower) => follower.isEvaluatedAt(step)) : [];
    if (due.length > 0) {
      const isOther = model.exchangeResult(step, trainChunks);
      holdsForward = evaluation === undefined && !isOther && model.ensemble.size === 1;
      evaluation ??= evaluateAt(step);
      const before = going.length;
      await follow(due, evaluation, state);
      if (going.length === 0) return undefined;
      // The test rows of a run that has ended may have taken the place of the training rows.
      if (going.length < before) holdsForward = false;
      model.exchangeResult(step, trainChunks);
      isStateWanted = listener.wantsState?.() ?? false;
    }
    if (evaluation) evaluations.push(evaluation);
    model.takeSnapshot(step, trainChunks);

    const rows = changes.apply(batches.next());
    if (!holdsForward || !isForwardShared) model.forward(rows, "training");
    (adversarial ?? model).backward(rows);
    model.update();
    copies.forget();
  }
}

/** Prepares what the runs share, and each run, up to the stage's first step. */
function begin(
  kernels: Kernels,
  dataset: Dataset,
  { tasks, from }: DatasetStage,
  start: SeedStart,
) {
  const task = sharedTask(tasks, ({ steps }) => Number(steps));
  const config = mlpConfig(task.config);
  const run = prepareRun(kernels, dataset, { task, config, start, firstStep: from?.step });
  const { ensemble } = run.model;
  const copies = new SharedCopies(ensemble);
  const runs = tasks.map((task, index) => new StageRun(index, task, copies));
  if (from) {
    restoreKept(run.kept(from.step), from.arrays);
    run.batches.check();
    for (const [step, best] of from.best) ensemble.check(best, step);
    for (const resumed of runs) resumed.resume(from);
  }
  // A full batch without changes trains on the same activations that the evaluation computed.
  const isForwardShared = run.isFullBatch && run.changes.isEmpty && !run.model.differsInTraining;
  return { run, runs, copies, isForwardShared };
}

/** The parameters that runs can end with, by their steps. */
function bestOf(runs: readonly StageRun[]): Map<number, KeptCopies> {
  return new Map(
    runs.flatMap(({ stopping, evaluations }) => {
      return stopping && evaluations.length > 0 ? [[stopping.bestStep, stopping.best]] : [];
    }),
  );
}

/** The result and the model of a run that has ended, while its last parameters are in the memory. */
async function finish(
  dataset: Dataset,
  run: PreparedRun,
  { task, stopping, evaluations }: StageRun,
  { status, copies, seconds }: {
    status: RunResult["status"];
    copies: SharedCopies;
    seconds: number;
  },
): Promise<Training> {
  const { measures = [], scoresTest = false } = task;
  const { step } = evaluations[evaluations.length - 1];
  const steps = status === "completed" ? stopping?.bestStep ?? step : step;
  const last = steps === step ? undefined : copies.save();
  if (last) stopping?.restore();
  const parameters = run.model.ensemble.trained();
  const { l1, squares } = run.model.ensemble.weightSums().mean;
  const test = scoresTest && run.test
    ? { ...scoreRows({ ...run, measures }), units: pictureUnits(dataset, parameters) }
    : undefined;
  if (last) copies.restore(last);
  const result = await finishRun(parameters, {
    status,
    steps,
    evaluations,
    measures: { "weight_l1": l1, "weight_l2": Math.sqrt(squares) },
    trainSeconds: seconds,
  });
  return { result, test, parameters, data: () => splitData(dataset, task) };
}
