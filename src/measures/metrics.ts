import { UserError } from "../user_error.ts";
import type { Measure } from "./measure.ts";
import { MEASURES } from "./measures.ts";

/** The rows that an evaluation measures, in the order of columns. */
export const EVALUATED_PARTS = ["train", "validation"] as const;
export type Part = typeof EVALUATED_PARTS[number] | "test";

/** A measure of a part, as columns and YAML name it: `validation_accuracy`, `train_loss`. */
export type Metric = string;

/** What a metric is made of. */
export interface MetricParts {
  readonly measure: Measure;
  readonly part: typeof EVALUATED_PARTS[number];
  /** True: of all evaluations, the best; otherwise, that of the final model. */
  readonly isBest: boolean;
}

/** The column of a measure of a part. */
export function columnOf(part: Part, { key }: Pick<Measure, "key">): string {
  return `${part}_${key}`;
}

/** A part's measures by their columns, which are by their keys. */
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
    // What is better if larger comes first, and a default before what has to be asked for.
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

/** What an experiment may compare its cells by; the most usual first. */
export const METRICS: readonly Metric[] = [...PARTS_OF.keys()];

/** What cells are compared by where nothing says it. */
export const DEFAULT_METRIC: Metric = METRICS[0];

/**
 * What a metric is made of.
 *
 * @throws {UserError} If the table of measures does not have it.
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

/** Of some metrics, the measures that runs have only where they are asked for; by their keys. */
export function extraMeasures(metrics: Iterable<Metric>): string[] {
  const measures = new Set(Array.from(metrics, (metric) => partsOf(metric).measure));
  return MEASURES.filter((row) => measures.has(row) && !row.isDefault).map(({ key }) => key);
}

/** The measure of a key. */
export function measureOf(key: string): Measure {
  const measure = MEASURES.find((row) => row.key === key);
  if (!measure) throw new RangeError(`There is no measure ${key}`);
  return measure;
}

/** The measures that every run has. */
export const DEFAULT_MEASURES: readonly Measure[] = MEASURES.filter(({ isDefault }) => isDefault);
