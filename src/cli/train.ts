import { readDataset } from "../dataset/read_dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { readExperiment } from "../experiment/read_experiment.ts";
import { columnOf, DEFAULT_MEASURES, EVALUATED_PARTS, partsOf } from "../measures/metrics.ts";
import type { TrainerName } from "../trainers/hyperparameters.ts";
import { ownMeasuresOf } from "../trainers/own_measures.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import { formatDuration } from "../format_number.ts";
import { trainedSteps } from "../results/trained_steps.ts";
import { createRunTrainer } from "../trainers/registry.ts";
import type { Evaluation, RunResult } from "../trainers/run_result.ts";
import type { RunTask } from "../trainers/trainer.ts";
import type { Invocation } from "./commands.ts";
import { print } from "./output.ts";
import { saveWeights } from "./save_weights.ts";

/** Trains one run in this thread and prints its curve; of the notebook, what the notebook prints. */
export async function train({ operands: [file], options }: Invocation): Promise<number> {
  const experiment = await readExperiment(file, { set: options.set, only: options.only });
  const { path, target, split, standardize } = experiment.dataset;
  const [dataset, kernels] = await Promise.all([readDataset(path, target), loadKernelsModule()]);
  const [cell] = experiment.cells;
  const task: RunTask = {
    trainer: cell.trainer,
    config: cell.config,
    seed: options.seed ?? experiment.seeds[0],
    split,
    standardize,
  };

  // Nothing but its own lines, so that they can be compared with a log of the notebook's.
  const columns = curveColumns(task.trainer);
  const isTable = !options.json && task.trainer !== "notebook";
  if (isTable) {
    print(`${experiment.name}, ${cell.name}, seed ${task.seed}`);
    print(headerLine(columns));
  }
  const training = await createRunTrainer({ kernels, dataset }).train(task, {
    onEvaluation: isTable ? (evaluation) => print(evaluationLine(evaluation, columns)) : undefined,
    onLine: options.json ? undefined : print,
  });
  if (options.saveWeights !== undefined) {
    await saveWeights(options.saveWeights, { training, dataset, task });
  }
  if (options.json) print(runJson(experiment, task, training.result));
  else if (isTable) print(summary(training.result));
  return 0;
}

/** A column of the table that is printed while a run is trained. */
interface CurveColumn {
  readonly column: string;
  readonly heading: string;
  readonly decimals: number;
}

/** The measures of a trainer's evaluations; a part's name stands before its first measure. */
function curveColumns(trainer: TrainerName): CurveColumn[] {
  const evaluated = EVALUATED_PARTS.flatMap((part) =>
    DEFAULT_MEASURES.map((measure, index) => ({
      column: columnOf(part, measure),
      heading: index === 0 ? `${part} ${measure.label}` : measure.label,
      decimals: measure.fullDecimals,
    }))
  );
  const own = ownMeasuresOf([trainer]).filter(({ files }) => files.includes("curves"));
  return [
    ...evaluated,
    ...own.map(({ key, fullDecimals }) => ({ column: key, heading: key, decimals: fullDecimals })),
  ];
}

function headerLine(columns: readonly CurveColumn[]): string {
  return ["step".padStart(8), ...columns.map(({ heading }) => heading)].join("  ");
}

function evaluationLine({ step, measures }: Evaluation, columns: readonly CurveColumn[]): string {
  return [
    String(step).padStart(8),
    ...columns.map(({ column, heading, decimals }) => {
      return measures[column].toFixed(decimals).padStart(heading.length);
    }),
  ].join("  ");
}

function summary(result: RunResult): string {
  const { status, steps, trainSeconds, bestStep, best, digest } = result;
  const last = trainedSteps(result);
  const stopped = last > steps ? ` (the best of ${last})` : "";
  const bests = Object.entries(best).map(([metric, value]) => {
    const { measure, part } = partsOf(metric);
    return `best ${part} ${measure.label} ${value.toFixed(measure.fullDecimals)}`;
  });
  const bestText = bests.length > 0 ? `, ${bests.join(", ")} at step ${bestStep}` : "";
  return [
    `${status} after ${steps} steps${stopped} in ${formatDuration(trainSeconds)}${bestText}`,
    `digest ${digest}`,
  ].join("\n");
}

/** What `--json` prints; measures that are NaN or infinite are null there. */
function runJson(experiment: Experiment, task: RunTask, result: RunResult): string {
  const steps = trainedSteps(result);
  const document = {
    experiment: experiment.name,
    trainer: task.trainer,
    seed: task.seed,
    config: task.config,
    evaluations: result.evaluations.map(({ step, measures }) => ({ step, ...measures })),
    digest: result.digest,
    "train_seconds": result.trainSeconds,
    "step_milliseconds": steps > 0 ? 1000 * result.trainSeconds / steps : 0,
  };
  return JSON.stringify(document, null, 2);
}
