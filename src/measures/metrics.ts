import { listWords } from "../list_words.ts";
import { UserError } from "../user_error.ts";
import type { Measure, Task } from "./measure.ts";
import { MEASURES } from "./measures.ts";

/** The parts of a dataset that an evaluation measures, in the order of columns. */
export const EVALUATED_PARTS = ["train", "validation"] as const;
export type Part = typeof EVALUATED_PARTS[number] | "test";

/** A measure of a part, as columns and YAML name it: `validation_accuracy`, `train_loss`. */
export type Metric = string;

/** The measure and the part of a metric. */
export interface MetricParts {
  readonly measure: Measure;
  readonly part: typeof EVALUATED_PARTS[number];
  /** True: the best value of all evaluations; false: the final model's value. */
  readonly isBest: boolean;
}

/** The column of a measure of a part. */
export function columnOf(part: Part, { key }: Pick<Measure, "key">): string {
  return `${part}_${key}`;
}

/** Renames a part's measures from their keys to their columns. */
export function inColumns(
  part: Part,
  measures: Readonly<Record<string, number>>,
): Record<string, number> {
  const columns: Record<string, number> = {};
  for (const key in measures) columns[columnOf(part, { key })] = measures[key];
  return columns;
}

/** The column of the best of a run's validation values. */
export function bestColumnOf(measure: Pick<Measure, "key">): string {
  return `best_${columnOf("validation", measure)}`;
}

const PARTS_OF: ReadonlyMap<Metric, MetricParts> = new Map(
  (["validation", "train"] as const).flatMap((part) =>
    // Default measures come first; among equals, those that keep their best.
    MEASURES.toSorted((a, b) => rankOf(a) - rankOf(b)).flatMap((measure) => {
      const metric: [Metric, MetricParts] = [
        columnOf(part, measure),
        { measure, part, isBest: false },
      ];
      return part === "validation" && measure.keepsBest
        ? [metric, [bestColumnOf(measure), { measure, part, isBest: true }] as const]
        : [metric];
    })
  ),
);

function rankOf({ isDefault, keepsBest }: Measure): number {
  return (isDefault ? 0 : 2) + (keepsBest ? 0 : 1);
}

/** The metrics that an experiment can compare its cells by, the most common first; of all tasks. */
export const METRICS: readonly Metric[] = [...PARTS_OF.keys()];

/** The metrics that an experiment of a task can compare its cells by, the most common first. */
export function metricsOf(task: Task): readonly Metric[] {
  return METRICS.filter((metric) => partsOf(metric).measure.tasks.includes(task));
}

const DEFAULT_METRICS: Readonly<Record<Task, Metric>> = {
  classification: "validation_accuracy",
  regression: "validation_rmse",
};

/** The metric that cells are compared by if the experiment does not name one. */
export function defaultMetricOf(task: Task): Metric {
  return DEFAULT_METRICS[task];
}

/** The default metric of classes. */
export const DEFAULT_METRIC: Metric = defaultMetricOf("classification");

/** What a metric may be, in words; of any task if none is given. */
export function metricWords(task?: Task): string {
  const keys = (task ? measuresOf(task) : MEASURES).map(({ key }) => key);
  return `validation_M, best_validation_M or train_M, where M is ${listWords(keys)}`;
}

/**
 * Looks up the measure and the part of a metric.
 *
 * @throws {UserError} If the table of measures does not contain it.
 */
export function partsOf(metric: Metric): MetricParts {
  const parts = PARTS_OF.get(metric);
  if (parts) return parts;
  throw new UserError(`Cannot use "${metric}" as metric: it must be ${metricWords()}`);
}

/** Whether a larger value of the metric is the better one. */
export function isLargerBetter(metric: Metric): boolean {
  return partsOf(metric).measure.better === "larger";
}

/**
 * The keys of the measures behind some metrics, and of others, that result files show only on
 * request.
 */
export function extraMeasures(metrics: Iterable<Metric>, keys: readonly string[] = []): string[] {
  const measures = new Set(Array.from(metrics, (metric) => partsOf(metric).measure));
  return MEASURES.filter((row) => measures.has(row) || keys.includes(row.key))
    .filter(({ isDefault }) => !isDefault).map(({ key }) => key);
}

const MEASURE_OF: ReadonlyMap<string, Measure> = new Map(MEASURES.map((row) => [row.key, row]));

/** The measure with a key. */
export function measureOf(key: string): Measure {
  const measure = MEASURE_OF.get(key);
  if (!measure) throw new RangeError(`There is no measure ${key}`);
  return measure;
}

/** The definition of a measure, to follow "is" in a sentence. */
export function meaningOf({ meaning }: Pick<Measure, "meaning">, task: Task): string {
  return typeof meaning === "string" ? meaning : meaning[task];
}

/** The measures of a task, in the order of columns. */
export function measuresOf(task: Task): readonly Measure[] {
  return MEASURES.filter(({ tasks }) => tasks.includes(task));
}

/** The measures that every run of a task has, and that result files show unasked. */
export function defaultMeasuresOf(task: Task): readonly Measure[] {
  return measuresOf(task).filter(({ isDefault }) => isDefault);
}

/**
 * The keys of the measures that a run computes at each evaluation: the default ones, those that are
 * cheap, and those that are wanted of it.
 *
 * @param wanted Measures of the task.
 */
export function measuredKeys(task: Task, wanted: readonly string[] = []): string[] {
  return measuresOf(task)
    .filter(({ key, isDefault, isCheap }) => isDefault || isCheap || wanted.includes(key))
    .map(({ key }) => key);
}
