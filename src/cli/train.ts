import { OPENED, readExperiment } from "../api/experiment.ts";
import { prepareRun, SINGLE } from "../api/train.ts";
import { type Experiment, wantedMeasures } from "../experiment/experiment.ts";
import { replicateOf, runName } from "../experiment/replicates.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { formatDuration } from "../format_number.ts";
import type { Measure } from "../measures/measure.ts";
import {
  bestColumnOf,
  columnOf,
  defaultMeasuresOf,
  EVALUATED_PARTS,
  measureOf,
  type Metric,
  metricColumn,
  METRICS,
  partsOf,
} from "../measures/metrics.ts";
import { trainedSteps } from "../results/trained_steps.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import { givesAllMeasures, ownMeasuresOf } from "../trainers/own_measures.ts";
import type { Evaluation, RunResult } from "../trainers/run_result.ts";
import type { Trainer } from "../trainers/trainer.ts";
import { fullValue, fullWidth } from "../wording/full_value.ts";
import { allowPrograms } from "./allow_programs.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print, printAside } from "./output.ts";

/** Trains one run in this thread and prints its curve, or the lines that its trainer prints. */
export async function train(
  { words, operands: [file], options }: Invocation,
): Promise<number> {
  const { set, only, table, dataset, test } = options;
  const overrides = { set, only, table, dataset, test, mayLackBaseline: true };
  const read = await readExperiment(file, overrides);
  const { experiment } = OPENED.of(read);
  const run = await prepareRun(read, {
    ...{ seed: options.seed, fold: options.fold, kernels: options.kernels ?? "auto" },
    startsPrograms: (programs) => allowPrograms(programs, { words, yes: options.yes }),
    onMessage: printAside,
  });
  const { trainer } = SINGLE.of(run);

  let columns = trainer.own ? undefined : curveColumns(trainer, experiment);
  // Only a trainer's own lines, where it has some, so that they can be compared with another log.
  const isTable = !options.json && !trainer.printsLines;
  if (isTable) {
    print(`${experiment.name}, ${runName(run.cell, run)}`);
    if (columns) print(headerLine(columns));
  }
  const showEvaluation = (evaluation: Evaluation) => {
    if (!columns) {
      columns = givenColumns(trainer, experiment, evaluation);
      print(headerLine(columns));
    }
    print(evaluationLine(evaluation, columns));
  };
  const { result, model } = await run.train({
    onEvaluation: isTable ? showEvaluation : undefined,
    onLine: options.json ? undefined : print,
  });
  if (options.saveWeights !== undefined) {
    await writeFileAtomically(options.saveWeights, await model());
  }
  if (options.json) print(runJson(experiment, SINGLE.of(run), result));
  else if (isTable) print(summary(experiment, trainer, result));
  return 0;
}

/** A column of the table that is printed while a run is trained. */
interface CurveColumn {
  readonly column: string;
  /** As wide as the column's values at least. */
  readonly heading: string;
  readonly measure: Pick<Measure, "fullDecimals" | "hasAnySize" | "isPercent">;
}

/**
 * The measures of a trainer's evaluations; a part's name stands before its first measure.
 *
 * @param isGiven Whether evaluations have the measure of a column.
 */
function curveColumns(
  trainer: Trainer,
  experiment: Experiment,
  isGiven: (column: string) => boolean = () => true,
): CurveColumn[] {
  const measured = shownMeasures(experiment);
  const evaluated = EVALUATED_PARTS.flatMap((part) =>
    measured.filter((measure) => isGiven(columnOf(part, measure))).map((measure, index) => {
      const heading = index === 0 ? `${part} ${measure.label}` : measure.label;
      return curveColumn(columnOf(part, measure), heading, measure);
    })
  );
  const own = ownMeasuresOf([trainer])
    .filter(({ files, key }) => files.includes("curves") && isGiven(key));
  return [
    ...evaluated,
    ...own.map((measure) =>
      curveColumn(measure.key, measure.key, {
        ...measure,
        bounds: measure.isPercent ? [0, 1] : [-Infinity, Infinity],
      })
    ),
  ];
}

function curveColumn(
  column: string,
  heading: string,
  measure: CurveColumn["measure"] & Pick<Measure, "bounds">,
): CurveColumn {
  return { column, heading: heading.padStart(fullWidth(measure)), measure };
}

/** The measures that a user's own trainer gives at its first evaluation. */
function givenColumns(
  trainer: Trainer,
  experiment: Experiment,
  { measures }: Evaluation,
): CurveColumn[] {
  const common = curveColumns(trainer, experiment, (column) => Object.hasOwn(measures, column));
  const { metric } = experiment;
  const metrics: readonly Metric[] = [metric, ...METRICS];
  const others = Object.keys(measures)
    .filter((key) => givesAllMeasures(trainer) || !METRICS.includes(key))
    .filter((key) => !common.some(({ column }) => column === key));
  return [
    ...common,
    ...others.map((column) => {
      const known = metrics.find((metric) => metricColumn(metric) === column);
      const { measure } = partsOf(known ?? { key: column, better: "larger" });
      return curveColumn(column, column, measure);
    }),
  ];
}

/** Those that every run of the task has, and those that are wanted: records have more. */
function shownMeasures(experiment: Experiment): Measure[] {
  const { task } = experiment;
  return [...task ? defaultMeasuresOf(task) : [], ...wantedMeasures(experiment).map(measureOf)];
}

function headerLine(columns: readonly CurveColumn[]): string {
  return ["step".padStart(8), ...columns.map(({ heading }) => heading)].join("  ");
}

function evaluationLine({ step, measures }: Evaluation, columns: readonly CurveColumn[]): string {
  return [
    String(step).padStart(8),
    ...columns.map(({ column, heading, measure }) => {
      const value = measures[column];
      const text = value === undefined ? "" : fullValue(value, measure);
      return text.padStart(heading.length);
    }),
  ].join("  ");
}

function summary(experiment: Experiment, trainer: Trainer, result: RunResult): string {
  const { status, steps, trainSeconds, bestStep, best, digest } = result;
  const last = trainedSteps(result);
  const stopped = last > steps ? ` (the best of ${last})` : "";
  const hasSteps = trainer.steps !== undefined;
  const after = hasSteps ? ` after ${steps} steps${stopped}` : "";
  const shown = shownMeasures(experiment).map(bestColumnOf);
  const bests = Object.entries(best).filter(([metric]) => shown.includes(metric))
    .map(([metric, value]) => {
      const { measure, part } = partsOf(metric);
      return `, best ${part} ${measure.label} ${fullValue(value, measure)}`;
    });
  const at = bests.length > 0 && hasSteps ? ` at step ${bestStep}` : "";
  return [
    `${status}${after} in ${formatDuration(trainSeconds)}${bests.join("")}${at}`,
    `digest ${digest}`,
  ].join("\n");
}

/** What `--json` prints; measures that are NaN or infinite are null there. */
function runJson(
  experiment: Experiment,
  { cell, task }: Pick<PlannedRun, "cell" | "task">,
  result: RunResult,
): string {
  const steps = trainedSteps(result);
  return documentText("train", {
    experiment: experiment.name,
    trainer: task.trainer,
    cell: cell.name,
    ...replicateOf(task),
    config: task.config,
    status: result.status,
    evaluations: result.evaluations.map(({ step, measures }) => ({ step, ...measures })),
    digest: result.digest,
    trainSeconds: result.trainSeconds,
    stepMilliseconds: steps > 0 ? 1000 * result.trainSeconds / steps : 0,
  });
}
