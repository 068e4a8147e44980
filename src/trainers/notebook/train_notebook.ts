import type { Dataset } from "../../dataset/dataset.ts";
import { plainPreparation } from "../../dataset/preparation.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { finishRun } from "../finish_run.ts";
import { copyKept, restoreKept } from "../kept_bytes.ts";
import { kernelsIn } from "../kernels_in.ts";
import { onDataset } from "../on_dataset.ts";
import { OwnEvaluations } from "../own_evaluations.ts";
import type { Evaluation, TestResult } from "../run_result.ts";
import { sharedTask } from "../shared_task.ts";
import { pictureUnits } from "../strongest_units.ts";
import { trainAlone } from "../train_alone.ts";
import { layerParameters, type TrainedLayer, trainedLayers } from "../trained_layer.ts";
import type {
  Parameter,
  Train,
  TrainerContext,
  Training,
  TrainingData,
  TrainingListener,
  TrainingTask,
} from "../trainer.ts";
import { TrainingClock } from "../training_clock.ts";
import type { StageListener, TrainingStage, TrainingState } from "../training_stage.ts";
import { UnfitState } from "../unfit_state.ts";
import type { Matrix } from "./_matrix.ts";
import { sum } from "./_numpy_reductions.ts";
import { notebookCanGoOn } from "./notebook_can_go_on.ts";
import { DIM_H, notebookConfig } from "./notebook_config.ts";
import type { NotebookRun, NotebookSteps } from "./notebook_steps.ts";
import { openNotebook } from "./open_notebook.ts";

/** The `notebook` trainer on one dataset, its kernels and memory kept between runs. */
export function loadNotebook(context: TrainerContext): Train {
  const kernels = kernelsIn(context, "f64");
  return onDataset(
    context,
    (dataset, task, listener) => trainNotebook(kernels, dataset, task, listener),
    {
      stage: (dataset, stage, listener) => trainNotebookStage(kernels, dataset, stage, listener),
      score: (dataset, task, parameters) => scoreNotebook(kernels, dataset, task, parameters),
    },
  );
}

/** Trains as the notebook does: a stage of one run. */
function trainNotebook(
  kernels: Kernels,
  dataset: Dataset,
  task: TrainingTask,
  listener: TrainingListener = {},
): Promise<Training> {
  const { onLine } = listener;
  return trainAlone(task, listener, (stage, listener) => {
    return trainNotebookStage(kernels, dataset, stage, listener, onLine);
  });
}

/** One of the runs of a stage. */
interface StageRun {
  /** Its place among the stage's tasks. */
  readonly index: number;
  readonly task: TrainingTask;
  /** How many steps it has, and how many there are from one evaluation to the next. */
  readonly end: number;
  readonly period: number;
  readonly own: OwnEvaluations;
  readonly evaluations: Evaluation[];
}

/**
 * Trains as the notebook does, with its own split and standardization; it ignores the tasks'.
 *
 * NaN does not stop training. A run has diverged if any of its final losses and sums is not finite.
 * This can be only the loss, which becomes NaN as soon as a probability is exactly 0 or 1.
 *
 * @param print Gets the lines that the notebook prints.
 * @throws {UserError} If the seed is not one of NumPy's.
 * @throws {UnfitState} If a run cannot go on from the state.
 */
async function trainNotebookStage(
  kernels: Kernels,
  dataset: Dataset,
  { tasks, from, until, keepsEnds = false }: TrainingStage,
  listener: StageListener,
  print?: (line: string) => void,
): Promise<TrainingState | undefined> {
  const clock = new TrainingClock(from?.trainSeconds);
  let going = tasks.map((task, index) => stageRun(task, index, from));
  const notebook = openStage(kernels, dataset, tasks, print);
  if (from) {
    restoreKept(notebook.kept(), from.arrays);
    if (!notebook.hasValidState) throw new UnfitState("The state's generator cannot be one");
  }
  const evaluations = [...from?.evaluations ?? []];
  let isStateWanted = false;

  for (let step = from?.step ?? 0;; step++) {
    const ended = going.filter(({ end }) => end === step);
    let state: TrainingState | undefined;
    if (step === until || isStateWanted || ended.length > 0) {
      clock.stop();
      if (step === until || isStateWanted || keepsEnds) {
        state = {
          step,
          evaluations: [...evaluations],
          arrays: copyKept(notebook.kept()),
          best: new Map(),
          trainSeconds: clock.seconds,
        };
        if (isStateWanted) listener.onState?.(state);
        isStateWanted = false;
      }
      going = going.filter((run) => !ended.includes(run));
      for (const run of ended) {
        if (keepsEnds && state) listener.onEndState?.(run.index, state);
        await listener.onEnd(run.index, await finish(dataset, notebook, run, clock.seconds));
      }
      clock.go();
    }
    if (step === until) return state;
    if (going.length === 0) return undefined;

    const due = going.filter(({ period }) => step % period === 0);
    const evaluation = notebook.take(step, due.length > 0);
    if (!evaluation) continue;
    evaluations.push(evaluation);
    for (const run of due) run.evaluations.push(run.own.of(evaluation));
    listener.onEvaluation?.(evaluation);
    isStateWanted = listener.wantsState?.() ?? false;
  }
}

/** @throws {UnfitState} If the run cannot go on from the state. */
function stageRun(task: TrainingTask, index: number, from: TrainingState | undefined): StageRun {
  const { maxSteps, dispPeriod } = notebookConfig(task.config);
  // The last step updates the weights too.
  const end = maxSteps + 1;
  const own = new OwnEvaluations(dispPeriod, task.measures);
  const evaluations = from ? own.before(from) : [];
  if (!evaluations || from && !notebookCanGoOn(task, from)) {
    throw new UnfitState(`The run cannot go on from a state before step ${from?.step}`);
  }
  return { index, task, end, period: dispPeriod, own, evaluations };
}

/** Opens the notebook for several runs. */
function openStage(
  kernels: Kernels,
  dataset: Dataset,
  tasks: readonly TrainingTask[],
  print?: (line: string) => void,
): NotebookSteps {
  const shared = sharedTask(tasks, (config) => notebookConfig(config).maxSteps);
  const { seed, scoresTest, measures } = shared;
  const config = notebookConfig(shared.config);
  return openNotebook(kernels, { dataset, config, seed, scoresTest, measures }, print);
}

/** The result and the model of a run that has ended. */
async function finish(
  dataset: Dataset,
  notebook: NotebookSteps,
  { task, end, evaluations }: StageRun,
  trainSeconds: number,
): Promise<Training> {
  const run = notebook.run();
  const layers = layersOf(run);
  const parameters = layerParameters(layers);
  const weightL1 = sumOverWeights(layers, Math.abs);
  const weightL2 = Math.sqrt(sumOverWeights(layers, (weight) => weight * weight));
  const last = evaluations[evaluations.length - 1].measures;
  const sums = [last.train_loss, last.validation_loss, last.penalty, weightL1, weightL2];
  const score = task.scoresTest ? notebook.score(task.measures ?? []) : undefined;
  const result = await finishRun(parameters, {
    status: sums.every(Number.isFinite) ? "completed" : "diverged",
    steps: end,
    evaluations,
    measures: { "weight_l1": weightL1, "weight_l2": weightL2 },
    trainSeconds,
  });
  const test = score && { ...score, units: pictureUnits(dataset, parameters) };
  return { result, test, parameters, data: () => dataOf(run, dataset) };
}

/**
 * Scores a model on the test rows.
 *
 * @throws {UserError} If the seed is not one of NumPy's.
 * @throws {UnfitState} If the parameters are not the notebook's.
 */
function scoreNotebook(
  kernels: Kernels,
  dataset: Dataset,
  task: TrainingTask,
  parameters: readonly Parameter[],
): TestResult | undefined {
  const widths = [dataset.columns, DIM_H, DIM_H, dataset.classes.length];
  const shapes = widths.slice(1).map((outputs, n) => ({ inputs: widths[n], outputs }));
  const layers = trainedLayers(parameters, shapes);
  const notebook = openStage(kernels, dataset, [{ ...task, scoresTest: true }]);
  const [wxh0, whh1, why] = layers.map(({ inputs: rows, outputs: columns, weight }) => {
    return { rows, columns, values: Float64Array.from(weight) };
  });
  notebook.load({ wxh0, whh1, why, b0: layers[0].bias[0], b1: layers[1].bias[0] });
  const score = notebook.score(task.measures ?? []);
  return score && { ...score, units: pictureUnits(dataset, parameters) };
}

/** Departure 6: a bias is one number for all units; departure 10: the output has no bias. */
function layersOf({ wxh0, whh1, why, b0, b1 }: NotebookRun): TrainedLayer[] {
  const layer = ({ rows, columns, values }: Matrix, bias: number) => ({
    inputs: rows,
    outputs: columns,
    weight: values,
    bias: new Float64Array(columns).fill(bias),
  });
  return [layer(wxh0, b0), layer(whh1, b1), layer(why, 0)];
}

function sumOverWeights(layers: readonly TrainedLayer[], term: (weight: number) => number): number {
  return layers.reduce((total, { weight }) => total + sum(Float64Array.from(weight, term)), 0);
}

function dataOf({ rows, mean, deviation }: NotebookRun, dataset: Dataset): TrainingData {
  return { rows, ...plainPreparation(dataset, mean, deviation) };
}
