import { type Experiment, wantedMeasures } from "../experiment/experiment.ts";
import { BEST_STEP_COLUMN } from "../measures/fixed_columns.ts";
import type { Measure } from "../measures/measure.ts";
import {
  bestColumnOf,
  columnOf,
  defaultMeasuresOf,
  EVALUATED_PARTS,
  measureOf,
  metricColumn,
  METRICS,
} from "../measures/metrics.ts";
import { givesAllMeasures, ownMeasuresOf } from "../trainers/own_measures.ts";
import type { TestResult } from "../trainers/run_result.ts";
import { sortOutcomes } from "./sort_outcomes.ts";
import type { KeptOutcome } from "./run_outcome.ts";
import { isWhole } from "./run_summary.ts";

/** Columns of the CSV files that depend on the experiment. */
export interface ResultColumns {
  /** Swept keys, in all files with a line per run or cell. */
  readonly swept: readonly string[];
  /** Measures in runs.csv, after `steps`; cells.csv has their means. */
  readonly runs: readonly string[];
  /** Measures in curves.csv. */
  readonly curves: readonly string[];
  /** Keys of the measures in test.csv. */
  readonly test: readonly string[];
}

/** The parts of an experiment that determine the columns. */
export type ColumnSource =
  & Pick<Experiment, "sweptKeys" | "trainers" | "task" | "metric" | "measures" | "halving">
  & { readonly outline: Pick<Experiment["outline"], "trainers"> };

/** The results that determine the columns, where trainers are the user's own. */
export interface ColumnResults {
  readonly outcomes?: readonly KeptOutcome[];
  readonly tests?: ReadonlyMap<string, TestResult>;
}

/**
 * The columns of an experiment's files: default measures first, then those that it asks for, then
 * those that trainers of the user's own give, the metric first.
 *
 * What such a trainer measures is known by its results alone: an experiment that has no other
 * trainers has no column without a value.
 */
export function resultColumns(
  experiment: ColumnSource,
  { outcomes = [], tests = new Map() }: ColumnResults = {},
): ResultColumns {
  const trainers = experiment.trainers.select(experiment.outline.trainers);
  const defaults = experiment.task ? defaultMeasuresOf(experiment.task) : [];
  const wanted = wantedMeasures(experiment).map(measureOf);
  const own = ownMeasuresOf(trainers);
  const ownOf = (file: "curves" | "runs") =>
    own.filter(({ files }) => files.includes(file)).map(({ key }) => key);
  const evaluated = EVALUATED_PARTS.flatMap((part) =>
    defaults.map((measure) => columnOf(part, measure))
  );
  const extra = EVALUATED_PARTS.flatMap((part) => wanted.map((measure) => columnOf(part, measure)));
  const bestsOf = (measures: readonly Measure[]) =>
    measures.filter(({ keepsBest }) => keepsBest).map(bestColumnOf);
  const bests = bestsOf(defaults);

  const isOwn = trainers.every(({ own }) => own);
  const given = givenColumns(experiment, outcomes);
  const better = new Set(isOwn ? outcomes.flatMap(bestColumns) : []);
  const scored = new Set([...tests.values()].flatMap(({ measures }) => Object.keys(measures)));
  const within = (columns: readonly string[], found: ReadonlySet<string>) =>
    isOwn ? columns.filter((column) => found.has(column)) : columns;
  const shownBests = within(bests, better);
  const common = within(evaluated, given);
  const asked = within(extra, given);
  const curves = [...common, ...ownOf("curves"), ...asked];
  const runs = [
    ...common,
    ...shownBests,
    ...shownBests.length > 0 ? [BEST_STEP_COLUMN] : [],
    ...ownOf("runs"),
    ...asked,
    ...within(bestsOf(wanted), better),
  ];
  const withOwn = (columns: readonly string[]) => [
    ...columns,
    ...ownMetricFirst(experiment, given).filter((column) => !columns.includes(column)),
  ];
  return {
    swept: experiment.sweptKeys,
    runs: withOwn(runs),
    curves: withOwn(curves),
    test: within([...defaults, ...wanted].map(({ key }) => key), scored),
  };
}

function bestColumns({ result }: KeptOutcome): string[] {
  return result ? Object.keys(result.best) : [];
}

/**
 * The columns that trainers of the user's own give, in the order in which they first appear.
 *
 * Where regsweep computes the table's measures, a record can have more of them than the experiment
 * asks for; these do not count.
 */
function givenColumns(
  experiment: ColumnSource,
  outcomes: NonNullable<ColumnResults["outcomes"]>,
): ReadonlySet<string> {
  const keys = [
    ...experiment.task ? defaultMeasuresOf(experiment.task).map(({ key }) => key) : [],
    ...wantedMeasures(experiment),
  ];
  const asked = new Set(
    EVALUATED_PARTS.flatMap((part) => keys.map((key) => columnOf(part, { key }))),
  );
  const given = new Set<string>();
  for (const { cell, result } of sortOutcomes(outcomes)) {
    const trainer = experiment.trainers.named(cell.trainer);
    if (!trainer.own || !result) continue;
    const columns = isWhole(result)
      ? result.evaluations.flatMap(({ measures }) => Object.keys(measures))
      : result.columns;
    for (const column of columns) {
      if (givesAllMeasures(trainer) || asked.has(column) || !METRICS.includes(column)) {
        given.add(column);
      }
    }
  }
  return given;
}

function ownMetricFirst(
  { metric }: Pick<ColumnSource, "metric">,
  given: ReadonlySet<string>,
): string[] {
  const column = metricColumn(metric);
  return given.has(column) ? [column, ...given.difference(new Set([column]))] : [...given];
}
