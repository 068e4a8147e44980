import { readDataset } from "../dataset/read_dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { readExperiment } from "../experiment/read_experiment.ts";
import { formatDuration } from "../format_number.ts";
import { trainedSteps } from "../results/trained_steps.ts";
import { createRunTrainer } from "../trainers/run_trainer.ts";
import type { Evaluation, RunResult } from "../trainers/run_result.ts";
import type { RunTask } from "../trainers/trainer.ts";
import { trainerContext } from "../trainers/trainer_context.ts";
import { trainerNamed } from "../trainers/trainer_named.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";
import { saveWeights } from "../store/save_weights.ts";

/** Trains one run in this thread and prints its curve, or the lines that its trainer prints. */
export async function train({ operands: [file], options }: Invocation): Promise<number> {
  const experiment = await readExperiment(file, { set: options.set, only: options.only });
  const { path, target, split, standardize } = experiment.dataset;
  const dataset = await readDataset(path, target);
  const [cell] = experiment.cells;
  const task: RunTask = {
    trainer: cell.trainer,
    config: cell.config,
    seed: options.seed ?? experiment.seeds[0],
    split,
    standardize,
  };

  // Only a trainer's own lines, where it has some, so that they can be compared with another log.
  const isTable = !options.json && !trainerNamed(task.trainer).printsLines;
  if (isTable) {
    print(`${experiment.name}, ${cell.name}, seed ${task.seed}`);
    print(HEADER);
  }
  const context = await trainerContext([task.trainer], dataset);
  const training = await createRunTrainer(context).train(task, {
    onEvaluation: isTable ? (evaluation) => print(evaluationLine(evaluation)) : undefined,
    onLine: options.json ? undefined : print,
  });
  if (options.saveWeights !== undefined) {
    await saveWeights(options.saveWeights, { training, dataset, task });
  }
  if (options.json) print(runJson(experiment, task, training.result));
  else if (isTable) print(summary(task, training.result));
  return 0;
}

const HEADER = [
  "step".padStart(8),
  ...["train loss", "accuracy", "validation loss", "accuracy", "penalty", "sparsity"],
].join("  ");

function evaluationLine(evaluation: Evaluation): string {
  return [
    String(evaluation.step).padStart(8),
    evaluation.trainLoss.toFixed(6).padStart(10),
    evaluation.trainAccuracy.toFixed(4).padStart(8),
    evaluation.validationLoss.toFixed(6).padStart(15),
    evaluation.validationAccuracy.toFixed(4).padStart(8),
    evaluation.penalty.toFixed(4).padStart(7),
    evaluation.sparsity.toFixed(4).padStart(8),
  ].join("  ");
}

function summary({ trainer }: RunTask, result: RunResult): string {
  const { status, steps, trainSeconds, bestStep, bestValidationAccuracy, digest } = result;
  const last = trainedSteps(result);
  const stopped = last > steps ? ` (the best of ${last})` : "";
  const hasSteps = trainerNamed(trainer).steps !== undefined;
  const after = hasSteps ? ` after ${steps} steps${stopped}` : "";
  const best = `best validation accuracy ${bestValidationAccuracy.toFixed(4)}`;
  return [
    `${status}${after} in ${formatDuration(trainSeconds)}, ${best}${
      hasSteps ? ` at step ${bestStep}` : ""
    }`,
    `digest ${digest}`,
  ].join("\n");
}

/** What `--json` prints; figures that are NaN or infinite are null there. */
function runJson(experiment: Experiment, task: RunTask, result: RunResult): string {
  const steps = trainedSteps(result);
  const document = {
    experiment: experiment.name,
    trainer: task.trainer,
    seed: task.seed,
    config: task.config,
    evaluations: result.evaluations.map((evaluation) => ({
      step: evaluation.step,
      "train_loss": evaluation.trainLoss,
      "train_accuracy": evaluation.trainAccuracy,
      "validation_loss": evaluation.validationLoss,
      "validation_accuracy": evaluation.validationAccuracy,
      penalty: evaluation.penalty,
      sparsity: evaluation.sparsity,
    })),
    digest: result.digest,
    "train_seconds": result.trainSeconds,
    "step_milliseconds": steps > 0 ? 1000 * result.trainSeconds / steps : 0,
  };
  return JSON.stringify(document, null, 2);
}
