import { type Experiment, wantedMeasures } from "../experiment/experiment.ts";
import type { Measure } from "../measures/measure.ts";
import {
  bestColumnOf,
  columnOf,
  defaultMeasuresOf,
  EVALUATED_PARTS,
  measureOf,
} from "../measures/metrics.ts";
import { ownMeasuresOf } from "../trainers/own_measures.ts";

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
  & Pick<Experiment, "sweptKeys" | "task" | "metric" | "measures" | "halving" | "trainers">
  & { readonly outline: Pick<Experiment["outline"], "trainers"> };

/** The columns of an experiment's files: default measures first, then those that it asks for. */
export function resultColumns(experiment: ColumnSource): ResultColumns {
  const defaults = defaultMeasuresOf(experiment.task);
  const wanted = wantedMeasures(experiment).map(measureOf);
  const own = ownMeasuresOf(experiment.trainers.select(experiment.outline.trainers));
  const ownOf = (file: "curves" | "runs") =>
    own.filter(({ files }) => files.includes(file)).map(({ key }) => key);
  const evaluated = EVALUATED_PARTS.flatMap((part) =>
    defaults.map((measure) => columnOf(part, measure))
  );
  const extra = EVALUATED_PARTS.flatMap((part) => wanted.map((measure) => columnOf(part, measure)));
  const bestsOf = (measures: readonly Measure[]) =>
    measures.filter(({ keepsBest }) => keepsBest).map(bestColumnOf);
  return {
    swept: experiment.sweptKeys,
    runs: [
      ...evaluated,
      ...bestsOf(defaults),
      "best_step",
      ...ownOf("runs"),
      ...extra,
      ...bestsOf(wanted),
    ],
    curves: [...evaluated, ...ownOf("curves"), ...extra],
    test: [...defaults, ...wanted].map(({ key }) => key),
  };
}
