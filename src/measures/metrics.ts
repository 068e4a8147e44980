import { listWords } from "../list_words.ts";
import { UserError } from "../user_error.ts";
import { type Measure, type Task, TASKS } from "./measure.ts";
import { MEASURES } from "./measures.ts";

/** The parts of a dataset that an evaluation measures, in the order of columns. */
export const EVALUATED_PARTS = ["train", "validation"] as const;
export type Part = typeof EVALUATED_PARTS[number] | "test";

/**
 * What cells are compared by: a measure of a part, by its column (`validation_accuracy`,
 * `train_loss`), or a measure that the table does not have.
 */
export type Metric = string | OwnMetric;

/** A metric that trainers measure themselves, as experiments and manifests describe it. */
export interface OwnMetric {
  /** Its column. */
  readonly key: string;
  readonly better: "larger" | "smaller";
  /** Its name in the middle of a sentence; its key, with spaces, if absent. */
  readonly label?: string;
  /** Of its values: `s`. */
  readonly unit?: string;
  /** Digits after the decimal point; as many as the values' size takes if absent. */
  readonly decimals?: number;
}

/** The measure and the part of a metric. */
export interface MetricParts {
  readonly measure: MetricMeasure;
  /** Absent if an own metric's name says none. */
  readonly part?: typeof EVALUATED_PARTS[number];
  /** True: the best value of all evaluations; false: the final model's value. */
  readonly isBest: boolean;
  /** In the middle of a sentence: `best validation accuracy`. */
  readonly noun: string;
}

/** What the report and the terminal know about the measure behind a metric. */
export type MetricMeasure = Omit<Measure, "compute">;

/** The column of a metric. */
export function metricColumn(metric: Metric): string {
  return typeof metric === "string" ? metric : metric.key;
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

/** A measure of the table, and the part that a metric is of. */
interface TableParts extends MetricParts {
  readonly measure: Measure;
  readonly part: typeof EVALUATED_PARTS[number];
}

const PARTS_OF: ReadonlyMap<string, TableParts> = new Map(
  (["validation", "train"] as const).flatMap((part) =>
    // Default measures come first; among equals, those that keep their best.
    MEASURES.toSorted((a, b) => rankOf(a) - rankOf(b)).flatMap((measure) => {
      const noun = `${part} ${measure.label}`;
      const metric: [string, TableParts] = [
        columnOf(part, measure),
        { measure, part, isBest: false, noun },
      ];
      if (part !== "validation" || !measure.keepsBest) return [metric];
      return [
        metric,
        [bestColumnOf(measure), { measure, part, isBest: true, noun: `best ${noun}` }] as const,
      ];
    })
  ),
);

/** Names of parts at the start of a column. */
const PART_PREFIX = new RegExp(`^(${EVALUATED_PARTS.join("|")})_`);
/** Decimals of an own metric's values around 1, and how many more a single run's value has. */
const [DECIMALS, MORE_DECIMALS] = [4, 2];

function ownParts({ key, better, label, unit, decimals }: OwnMetric): MetricParts {
  const [, part] = key.match(PART_PREFIX) ?? [];
  const noun = label ?? key.replaceAll("_", " ");
  return {
    measure: {
      key,
      label: noun,
      tasks: TASKS,
      better,
      ...unit !== undefined && { unit },
      isPercent: false,
      decimals: decimals ?? DECIMALS,
      fullDecimals: (decimals ?? DECIMALS) + MORE_DECIMALS,
      hasAnySize: decimals === undefined,
      bounds: [-Infinity, Infinity],
      meaning: "a measure of the trainer's own" + (unit === undefined ? "" : `, in ${unit}`),
    },
    ...part !== undefined && { part: part as typeof EVALUATED_PARTS[number] },
    isBest: false,
    noun,
  };
}

function rankOf({ isDefault, keepsBest }: Measure): number {
  return (isDefault ? 0 : 2) + (keepsBest ? 0 : 1);
}

/** The metrics that an experiment can compare its cells by, the most common first; of all tasks. */
export const METRICS: readonly string[] = [...PARTS_OF.keys()];

/** The metrics that an experiment of a task can compare its cells by, the most common first. */
export function metricsOf(task: Task): readonly string[] {
  return METRICS.filter((metric) => PARTS_OF.get(metric)?.measure.tasks.includes(task));
}

const DEFAULT_METRICS: Readonly<Record<Task, string>> = {
  classification: "validation_accuracy",
  regression: "validation_rmse",
};

/** The metric that cells are compared by if the experiment does not name one. */
export function defaultMetricOf(task: Task): string {
  return DEFAULT_METRICS[task];
}

/** The default metric of classes. */
export const DEFAULT_METRIC: string = defaultMetricOf("classification");

/** What a metric may be, in words; of any task if none is given. */
export function metricWords(task?: Task): string {
  const keys = (task ? measuresOf(task) : MEASURES).map(({ key }) => key);
  return `validation_M, best_validation_M or train_M, where M is ${listWords(keys)}`;
}

/**
 * The measure and the part of a metric.
 *
 * @throws {UserError} If it is a column that the table of measures does not give.
 */
export function partsOf(metric: Metric): MetricParts {
  if (typeof metric !== "string") return ownParts(metric);
  const parts = PARTS_OF.get(metric);
  if (parts) return parts;
  throw new UserError(`Cannot use "${metric}" as metric: it must be ${metricWords()}`);
}

/** The column of a metric's measure on the training rows; undefined if there is none but itself. */
export function trainColumnOf(metric: Metric): string | undefined {
  const { part, measure } = partsOf(metric);
  if (part !== "validation") return undefined;
  return typeof metric === "string"
    ? columnOf("train", measure)
    : metric.key.replace(PART_PREFIX, "train_");
}

/** Whether a larger value of the metric is the better one. */
export function isLargerBetter(metric: Metric): boolean {
  return partsOf(metric).measure.better === "larger";
}

/**
 * The keys of the table's measures behind some metrics, and of others, that result files show only
 * on request.
 */
export function extraMeasures(metrics: Iterable<Metric>, keys: readonly string[] = []): string[] {
  const measures = new Set(Array.from(metrics, (metric) => partsOf(metric).measure.key));
  return MEASURES.filter(({ key }) => measures.has(key) || keys.includes(key))
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
