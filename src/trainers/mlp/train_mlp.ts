import type { Dataset } from "../../dataset/dataset.ts";
import { splitRows } from "../../dataset/split_rows.ts";
import { standardization } from "../../dataset/standardization.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { Arena } from "./_arena.ts";
import { type Batches, reserveBatches } from "./_batches.ts";
import { EarlyStopping } from "./_early_stopping.ts";
import { evaluate, type Evaluated, scoreRows } from "./_evaluate.ts";
import { InputNoise } from "./_input_noise.ts";
import { paddedCount, reserveRunRows } from "./_training_rows.ts";
import { finishRun } from "../finish_run.ts";
import { type MlpConfig, mlpConfig } from "./mlp_config.ts";
import { MlpModel, type Rows } from "./mlp_model.ts";
import type { Evaluation, RunResult } from "../run_result.ts";
import { pictureUnits } from "../strongest_units.ts";
import type { Training, TrainingData, TrainingListener, TrainingTask } from "../trainer.ts";

/** Rows evaluated at a time where training does not need more: what the caches hold well. */
const EVALUATION_ROWS = 512;

/** One training, laid out in kernel memory and initialized. */
interface Run extends Evaluated {
  readonly batches: Batches;
  readonly isFullBatch: boolean;
  /** The step that it ends at, unless it diverges or stops early; it is evaluated. */
  readonly end: number;
  /** What training rows carry; nothing if that is none. */
  readonly noise?: InputNoise;
  /** Those to score the final model on. */
  readonly test?: Rows;
}

/**
 * Trains a multilayer perceptron by SGD or Adam, in the kernels' precision.
 *
 * Each step k, in this order: pruning where it is due, the evaluation of the state where it is
 * due, the gradient, the update. The state after the last update is evaluated as step `steps`.
 *
 * With early stopping the result is the model of the evaluation with the lowest validation loss,
 * whether or not training ended before its last step; the curve holds every evaluation there was.
 */
export async function trainMlp(
  kernels: Kernels,
  dataset: Dataset,
  task: TrainingTask,
  listener: TrainingListener = {},
): Promise<Training> {
  const run = prepare(kernels, dataset, task);
  const started = performance.now();
  const { status, steps, evaluations } = takeSteps(run, listener);
  const trainSeconds = (performance.now() - started) / 1000;

  const { parameters } = run.model;
  const layers = parameters.trainedLayers();
  const { l1, squares } = parameters.weightSums();
  const test = run.test && {
    ...scoreRows(run, run.test),
    units: pictureUnits(dataset, layers),
  };
  const result = await finishRun(layers, {
    status,
    steps,
    evaluations,
    measures: { "weight_l1": l1, "weight_l2": Math.sqrt(squares) },
    trainSeconds,
  });
  return { result, test, layers, data: () => dataOf(dataset, task) };
}

function dataOf(
  dataset: Dataset,
  { split, standardize, seed }: TrainingTask,
): TrainingData {
  const rows = splitRows(dataset, split, seed);
  return { rows, ...standardization(dataset, rows.train, standardize) };
}

function prepare(kernels: Kernels, dataset: Dataset, task: TrainingTask): Run {
  const config = mlpConfig(task.config);
  const { columns: features, classes } = dataset;
  const arena = new Arena(kernels.memory);
  const rows = reserveRunRows(kernels, arena, dataset, task);
  const batchSize = Math.min(config.batchSize, rows.train.count);
  const batches = reserveBatches(kernels, arena, rows.train, {
    batchSize,
    features,
    seed: task.seed,
  });
  const capacity = paddedCount(kernels, Math.max(batchSize, EVALUATION_ROWS));
  const model = new MlpModel(kernels, arena, config, {
    features,
    classes: classes.length,
    batchRows: batchSize,
    capacity,
  });
  const { inputNoise: deviation } = config;
  const noise = deviation > 0
    ? new InputNoise(kernels, arena, { deviation, rows: batchSize, features })
    : undefined;
  arena.allocate();
  rows.fill();
  model.parameters.initialize(task.seed);
  noise?.initialize(task.seed);
  const isFullBatch = batchSize === rows.train.count;
  const end = Math.min(config.steps, task.stopAt ?? Infinity);
  return {
    kernels,
    config,
    model,
    ...rows,
    capacity,
    classes: classes.length,
    measures: task.measures ?? [],
    batches,
    isFullBatch,
    end,
    noise,
  };
}

function takeSteps(
  run: Run,
  listener: TrainingListener,
): Pick<RunResult, "status" | "steps" | "evaluations"> {
  const { config, model, batches, noise, end } = run;
  const evaluations: Evaluation[] = [];
  const stopping = config.earlyStopping < Infinity
    ? new EarlyStopping(model.parameters, config.earlyStopping)
    : undefined;
  // A full batch as it is trains on the very activations that the evaluation computed.
  const isForwardShared = run.isFullBatch && !noise && config.dropout.every((rate) => rate === 0);
  for (let step = 0;; step++) {
    if (isPruned(config, step)) model.parameters.prune();
    let isOver = step === end;
    const isEvaluated = isOver || step % config.evaluateEvery === 0;
    if (isEvaluated) {
      const evaluation = evaluate(run, step);
      evaluations.push(evaluation);
      listener.onEvaluation?.(evaluation);
      const { train_loss: trainLoss, validation_loss: validationLoss } = evaluation.measures;
      if (!isFinite(trainLoss) || !isFinite(validationLoss)) {
        return { status: "diverged", steps: step, evaluations };
      }
      if (stopping?.isOver(evaluation)) isOver = true;
    }
    if (isOver) return { status: "completed", steps: stopping?.restore() ?? step, evaluations };
    const rows = noise ? noise.addTo(batches.next()) : batches.next();
    if (!isEvaluated || !isForwardShared) model.forward(rows, "training");
    model.backward(rows);
    model.update();
  }
}

/** There is no pruning at step 0, nor after the last update, which could not be recovered from. */
function isPruned({ pruneThreshold, prunePeriod, steps }: MlpConfig, step: number): boolean {
  return pruneThreshold > 0 && step > 0 && step < steps && step % prunePeriod === 0;
}
