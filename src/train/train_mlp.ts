import type { Dataset } from "../dataset/dataset.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { Arena } from "./_arena.ts";
import { type Batches, reserveBatches } from "./_batches.ts";
import { evaluate, type Evaluated } from "./_evaluate.ts";
import { paddedCount, reserveRunRows } from "./_training_rows.ts";
import { histogram } from "./histogram.ts";
import { type MlpConfig, mlpConfig } from "./mlp_config.ts";
import { MlpModel } from "./mlp_model.ts";
import { runDigest } from "./run_digest.ts";
import type { Evaluation, RunResult } from "./run_result.ts";
import type { Training, TrainingListener, TrainingTask } from "./trainer.ts";

/** Rows evaluated at a time where training does not need more: what the caches hold well. */
const EVALUATION_ROWS = 512;

/** One training, laid out in kernel memory and initialized. */
interface Run extends Evaluated {
  readonly batches: Batches;
  readonly isFullBatch: boolean;
}

/**
 * Trains a multilayer perceptron by SGD, in the kernels' precision.
 *
 * Each step k, in this order: pruning where it is due, the evaluation of the state where it is
 * due, the gradient, the update. The state after the last update is evaluated as step `steps`.
 */
export async function trainMlp(
  kernels: Kernels,
  dataset: Dataset,
  task: TrainingTask,
  listener: TrainingListener = {},
): Promise<Training> {
  const run = prepare(kernels, dataset, task);
  const started = performance.now();
  const { status, evaluations } = takeSteps(run, listener);
  const trainSeconds = (performance.now() - started) / 1000;

  const layers = run.model.trainedLayers();
  const { l1, squares } = run.model.weightSums();
  const best = evaluations.reduce((best, next) =>
    next.validationAccuracy > best.validationAccuracy ? next : best
  );
  return {
    layers,
    result: {
      status,
      steps: evaluations[evaluations.length - 1].step,
      evaluations,
      bestStep: best.step,
      bestValidationAccuracy: best.validationAccuracy,
      weightL1: l1,
      weightL2: Math.sqrt(squares),
      histograms: layers.map(({ weight }) => histogram(weight)),
      digest: await runDigest(layers, evaluations),
      trainSeconds,
    },
  };
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
  arena.allocate();
  rows.fill();
  model.initialize(task.seed);
  const { train, validation } = rows;
  const isFullBatch = batchSize === train.count;
  return { kernels, config, model, train, validation, capacity, batches, isFullBatch };
}

function takeSteps(
  run: Run,
  listener: TrainingListener,
): Pick<RunResult, "status" | "evaluations"> {
  const { config, model, batches } = run;
  const evaluations: Evaluation[] = [];
  // A full batch without dropout trains on the very activations that the evaluation computed.
  const isForwardShared = run.isFullBatch && config.dropout.every((rate) => rate === 0);
  for (let step = 0;; step++) {
    if (isPruned(config, step)) model.prune();
    const isEvaluated = step % config.evaluateEvery === 0 || step === config.steps;
    if (isEvaluated) {
      const evaluation = evaluate(run, step);
      evaluations.push(evaluation);
      listener.onEvaluation?.(evaluation);
      if (!isFinite(evaluation.trainLoss) || !isFinite(evaluation.validationLoss)) {
        return { status: "diverged", evaluations };
      }
    }
    if (step === config.steps) return { status: "completed", evaluations };
    const batch = batches.next();
    if (!isEvaluated || !isForwardShared) model.forward(batch, "training");
    model.backward(batch);
    model.update();
  }
}

/** There is no pruning at step 0, nor after the last update, which could not be recovered from. */
function isPruned({ pruneThreshold, prunePeriod, steps }: MlpConfig, step: number): boolean {
  return pruneThreshold > 0 && step > 0 && step < steps && step % prunePeriod === 0;
}
