import { type Experiment, wantedMeasures } from "../experiment/experiment.ts";
import { openExperiment } from "../experiment/open_experiment.ts";
import { replicateName, replicateOf } from "../experiment/replicates.ts";
import { formatDuration } from "../format_number.ts";
import {
  columnOf,
  defaultMeasuresOf,
  EVALUATED_PARTS,
  measureOf,
  partsOf,
} from "../measures/metrics.ts";
import { trainedSteps } from "../results/trained_steps.ts";
import { saveWeights } from "../store/save_weights.ts";
import { planOneRun, trainOneRun } from "../sweep/train_one_run.ts";
import { ownMeasuresOf } from "../trainers/own_measures.ts";
import type { Evaluation, RunResult } from "../trainers/run_result.ts";
import type { RunTask, TrainerName } from "../trainers/trainer.ts";
import { trainerNamed } from "../trainers/trainer_named.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Trains one run in this thread and prints its curve, or the lines that its trainer prints. */
export async function train({ operands: [file], options }: Invocation): Promise<number> {
  const { set, only, dataset } = options;
  const overrides = { set, only, dataset, mayLackBaseline: true };
  const opened = await openExperiment(file, overrides);
  const { experiment } = opened;
  const run = await planOneRun(opened, options);
  const { cell, task } = run;

  const columns = curveColumns(task.trainer, experiment);
  // Only a trainer's own lines, where it has some, so that they can be compared with another log.
  const isTable = !options.json && !trainerNamed(task.trainer).printsLines;
  if (isTable) {
    print(`${experiment.name}, ${cell.name}, ${replicateName(task)}`);
    print(headerLine(columns));
  }
  const training = await trainOneRun(run, {
    onEvaluation: isTable ? (evaluation) => print(evaluationLine(evaluation, columns)) : undefined,
    onLine: options.json ? undefined : print,
  });
  if (options.saveWeights !== undefined) {
    await saveWeights(options.saveWeights, { training, dataset: run.dataset, task });
  }
  if (options.json) print(runJson(experiment, task, training.result));
  else if (isTable) print(summary(task, training.result));
  return 0;
}

/** A column of the table that is printed while a run is trained. */
interface CurveColumn {
  readonly column: string;
  readonly heading: string;
  readonly decimals: number;
}

/** The measures of a trainer's evaluations; a part's name stands before its first measure. */
function curveColumns(trainer: TrainerName, experiment: Experiment): CurveColumn[] {
  const wanted = wantedMeasures(experiment).map(measureOf);
  const measured = [...defaultMeasuresOf(experiment.task), ...wanted];
  const evaluated = EVALUATED_PARTS.flatMap((part) =>
    measured.map((measure, index) => ({
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

function summary({ trainer }: RunTask, result: RunResult): string {
  const { status, steps, trainSeconds, bestStep, best, digest } = result;
  const last = trainedSteps(result);
  const stopped = last > steps ? ` (the best of ${last})` : "";
  const hasSteps = trainerNamed(trainer).steps !== undefined;
  const after = hasSteps ? ` after ${steps} steps${stopped}` : "";
  const bests = Object.entries(best).map(([metric, value]) => {
    const { measure, part } = partsOf(metric);
    return `, best ${part} ${measure.label} ${value.toFixed(measure.fullDecimals)}`;
  });
  const at = bests.length > 0 && hasSteps ? ` at step ${bestStep}` : "";
  return [
    `${status}${after} in ${formatDuration(trainSeconds)}${bests.join("")}${at}`,
    `digest ${digest}`,
  ].join("\n");
}

/** What `--json` prints; measures that are NaN or infinite are null there. */
function runJson(experiment: Experiment, task: RunTask, result: RunResult): string {
  const steps = trainedSteps(result);
  const document = {
    experiment: experiment.name,
    trainer: task.trainer,
    ...replicateOf(task),
    config: task.config,
    evaluations: result.evaluations.map(({ step, measures }) => ({ step, ...measures })),
    digest: result.digest,
    "train_seconds": result.trainSeconds,
    "step_milliseconds": steps > 0 ? 1000 * result.trainSeconds / steps : 0,
  };
  return JSON.stringify(document, null, 2);
}
