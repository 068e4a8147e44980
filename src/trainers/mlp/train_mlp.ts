import type { Dataset } from "../../dataset/dataset.ts";
import { outputCount } from "../../dataset/output_count.ts";
import { learnPreparation, type TargetMoments } from "../../dataset/preparation.ts";
import { type Split, splitRows } from "../../dataset/split_rows.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { positiveClass } from "../common_measures.ts";
import { finishRun } from "../finish_run.ts";
import { kernelsIn } from "../kernels_in.ts";
import { type DatasetTask, onDataset } from "../on_dataset.ts";
import type { Evaluation, RunResult } from "../run_result.ts";
import { pictureUnits } from "../strongest_units.ts";
import { layerParameters } from "../trained_layer.ts";
import type {
  Train,
  TrainerContext,
  Training,
  TrainingData,
  TrainingListener,
} from "../trainer.ts";
import { type Batches, drawBatches } from "./_batches.ts";
import { classFactors } from "./_class_weights.ts";
import { EarlyStopping } from "./_early_stopping.ts";
import { evaluate, type Evaluated, type Quantities, scoreRows } from "./_evaluate.ts";
import type { InputNoise } from "./_input_noise.ts";
import { fillFactors } from "./_row_targets.ts";
import { layOutRun } from "./_run_layout.ts";
import { SeedStart } from "./_seed_start.ts";
import { Arena } from "./arena.ts";
import { type MlpConfig, mlpConfig } from "./mlp_config.ts";

/** One training, laid out in kernel memory and initialized. */
interface Run extends Evaluated {
  readonly config: MlpConfig;
  readonly batches: Batches;
  readonly isFullBatch: boolean;
  /** The last step, which is evaluated, unless training diverges or stops early. */
  readonly end: number;
  /** The noise on training rows, if input noise is on. */
  readonly noise?: InputNoise;
}

/** The `mlp` trainer on one dataset, its kernels and memory kept between runs. */
export function loadMlp(context: TrainerContext): Train {
  const kernels = kernelsIn(context, "f32");
  const start = new SeedStart(kernels);
  return onDataset(context, (dataset, task, listener) => {
    return trainMlp(kernels, dataset, task, listener, start);
  });
}

/**
 * Trains a multilayer perceptron by SGD or Adam, in the kernels' precision.
 *
 * Each step, in this order: regularizers that act before it (pruning), the evaluation if it is due,
 * the gradient, the update. The state after the last update is evaluated as step `steps`.
 *
 * With early stopping the result is the model of the evaluation with the lowest validation loss,
 * even if training did not end early; the curve holds every evaluation.
 *
 * @param start What earlier runs in the kernels' memory have left, if nothing else uses it.
 * @throws {UserError} If the dataset has too few rows for the split.
 */
export async function trainMlp(
  kernels: Kernels,
  dataset: Dataset,
  task: DatasetTask,
  listener: TrainingListener = {},
  start = new SeedStart(kernels),
): Promise<Training> {
  const run = prepare(kernels, dataset, task, start);
  const started = performance.now();
  const { status, steps, evaluations } = takeSteps(run, listener);
  const trainSeconds = (performance.now() - started) / 1000;

  const parameters = layerParameters(run.model.parameters.trainedLayers());
  const { l1, squares } = run.model.parameters.weightSums();
  const test = run.test && {
    ...scoreRows(run),
    units: pictureUnits(dataset, parameters),
  };
  const result = await finishRun(parameters, {
    status,
    steps,
    evaluations,
    measures: { "weight_l1": l1, "weight_l2": Math.sqrt(squares) },
    trainSeconds,
  });
  return { result, test, parameters, data: () => dataOf(dataset, task) };
}

function dataOf(dataset: Dataset, task: DatasetTask): TrainingData {
  const rows = splitRows(dataset, task.split, task.seed, task.fold);
  return { rows, ...learnPreparation(dataset, rows.train, task) };
}

function prepare(kernels: Kernels, dataset: Dataset, task: DatasetTask, start: SeedStart): Run {
  const config = mlpConfig(task.config);
  const { seed, fold, scoresTest, measures = [], stopAt = Infinity } = task;
  const { columns: features, targets } = dataset;
  const classes = outputCount(dataset);
  const { numbers, preparation } = start.draw(dataset, task);
  const arena = new Arena();
  const layout = layOutRun(kernels, arena, config, {
    trainRows: numbers.train.length,
    validationRows: numbers.validation.length,
    testRows: scoresTest ? numbers.test.length : 0,
    columns: features,
    classes,
  });
  const { rows, batch, capacity, model, noise } = layout;
  start.fill(arena, layout);
  const quantities = classes > 1 ? undefined : quantitiesOf(dataset, numbers, preparation.target);
  if (rows.train.factors !== undefined) {
    const labels = numbers.train.map((row) => targets[row]);
    const factors = classFactors(config.classWeight, dataset.classes, labels);
    if (factors) fillFactors(kernels, rows.train, factors);
  }
  // Folds of a seed differ in everything that is drawn, as seeds do.
  const source = fold === undefined ? seed : `${seed}/fold${fold}`;
  start.initialize(model.parameters, source);
  noise?.initialize(source);
  const batches = drawBatches(kernels, rows.train, batch, { features, classes, seed: source });
  const isFullBatch = batch === undefined;
  const end = Math.min(config.steps, stopAt);
  return {
    kernels,
    config,
    model,
    ...rows,
    capacity,
    classes,
    quantities,
    measures,
    positive: positiveClass(measures, dataset),
    batches,
    isFullBatch,
    end,
    noise,
  };
}

/** The quantities of a run's rows, in their own unit. */
function quantitiesOf(
  { targets }: Dataset,
  { train, validation, test }: Split,
  scale: TargetMoments,
): Quantities {
  const of = (rows: Int32Array) => Float64Array.from(rows, (row) => targets[row]);
  return { ...scale, of: { train: of(train), validation: of(validation), test: of(test) } };
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
  // A full batch without changes trains on the same activations that the evaluation computed.
  const isForwardShared = run.isFullBatch && !noise && config.dropout.every((rate) => rate === 0);
  for (let step = 0;; step++) {
    model.beginStep(step);
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
