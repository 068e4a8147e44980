import { UserError } from "../user_error.ts";
import type { Measure } from "./measure.ts";
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
  return Object.fromEntries(
    Object.entries(measures).map(([key, value]) => [columnOf(part, { key }), value]),
  );
}

/** The column of the best of a run's validation values. */
export function bestColumnOf(measure: Pick<Measure, "key">): string {
  return `best_${columnOf("validation", measure)}`;
}

const PARTS_OF: ReadonlyMap<Metric, MetricParts> = new Map(
  (["validation", "train"] as const).flatMap((part) =>
    // Default measures come first; among equals, those where larger is better.
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

function rankOf({ isDefault, better }: Measure): number {
  return (isDefault ? 0 : 2) + (better === "larger" ? 0 : 1);
}

/** The metrics that an experiment can compare its cells by, the most common first. */
export const METRICS: readonly Metric[] = [...PARTS_OF.keys()];

/** The metric that cells are compared by if the experiment does not name one. */
export const DEFAULT_METRIC: Metric = METRICS[0];

/**
 * Looks up the measure and the part of a metric.
 *
 * @throws {UserError} If the table of measures does not contain it.
 */
export function partsOf(metric: Metric): MetricParts {
  const parts = PARTS_OF.get(metric);
  if (parts) return parts;
  throw new UserError(`Cannot use "${metric}" as metric: it must be one of ${METRICS.join(", ")}`);
}

/** Whether a larger value of the metric is the better one. */
export function isLargerBetter(metric: Metric): boolean {
  return partsOf(metric).measure.better === "larger";
}

/** The keys of the measures behind some metrics that runs compute only on request. */
export function extraMeasures(metrics: Iterable<Metric>): string[] {
  const measures = new Set(Array.from(metrics, (metric) => partsOf(metric).measure));
  return MEASURES.filter((row) => measures.has(row) && !row.isDefault).map(({ key }) => key);
}

/** The measure with a key. */
export function measureOf(key: string): Measure {
  const measure = MEASURES.find((row) => row.key === key);
  if (!measure) throw new RangeError(`There is no measure ${key}`);
  return measure;
}

/** The measures that every run has. */
export const DEFAULT_MEASURES: readonly Measure[] = MEASURES.filter(({ isDefault }) => isDefault);
