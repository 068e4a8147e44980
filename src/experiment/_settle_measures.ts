import type { Dataset } from "../dataset/dataset.ts";
import { listWords } from "../list_words.ts";
import { type Measure, TARGETS, type Task } from "../measures/measure.ts";
import {
  defaultMetricOf,
  measureOf,
  measuresOf,
  type Metric,
  metricWords,
  partsOf,
} from "../measures/metrics.ts";
import { nearest } from "../nearest.ts";
import type { Problem } from "../user_error.ts";
import type { Experiment, WrittenExperiment } from "./experiment.ts";
import type { NodePath } from "./source/yaml_source.ts";

/** Differences of a share that are of no practical interest, unless the experiment says more. */
const EQUIVALENT_SHARES = 0.005;

/** What measures depend on, if there is a dataset. */
export type MeasuredDataset = Pick<Dataset, "task"> & Partial<Pick<Dataset, "classes">>;

/** The parts of an experiment that its measures settle. */
export interface SettledMeasures
  extends Pick<Experiment, "metric" | "equivalence" | "halving" | "task"> {
  /** Measures that are not of the dataset's task, each with its place. */
  readonly problems: readonly Problem[];
}

/**
 * Decides what an experiment is measured by, and finds measures that do not suit its dataset or its
 * trainers.
 *
 * @param dataset Absent if the experiment has none.
 */
export function settleMeasures(
  written: WrittenExperiment,
  dataset?: MeasuredDataset,
): SettledMeasures {
  const { metric, equivalence, halving, measures = [], places } = written;
  // Without a dataset, the file says the metric.
  const settled = metric ?? defaultMetricOf(dataset?.task ?? "classification");
  const band = equivalence ?? defaultEquivalence(settled, dataset?.task);
  const ofDataset = dataset
    ? [
      ...metricProblems(metric, ["metric"], dataset),
      ...metricProblems(halving?.metric, ["successive_halving", "metric"], dataset),
      ...measures.flatMap((key, index) =>
        measureProblems(measureOf(key), { typed: key, path: ["measures", index] }, dataset)
      ),
    ]
    : [];
  const problems = [...ofDataset, ...ownMetricProblems(written)]
    .map(({ path, ...problem }) => ({ ...problem, place: places.of(path) }));
  return {
    ...dataset && { task: dataset.task },
    metric: settled,
    ...band !== undefined && { equivalence: band },
    ...halving && { halving: { ...halving, metric: halving.metric ?? settled } },
    problems,
  };
}

/**
 * The equivalence of an experiment that does not say one: only shares have one size that is small
 * everywhere. The loss of classes has one, too, since it had one in the first version.
 */
function defaultEquivalence(metric: Metric, task: Task | undefined): number | undefined {
  const { measure: { key, isPercent } } = partsOf(metric);
  const isFirst = task === "classification" && key === "loss";
  return isPercent || isFirst ? EQUIVALENT_SHARES : undefined;
}

type PathProblem = Omit<Problem, "place"> & { readonly path: NodePath };

/** Trainers that never compute the experiment's own metric: what users' own compute is not known. */
function ownMetricProblems({ metric, outline, trainers }: WrittenExperiment): PathProblem[] {
  if (metric === undefined || typeof metric === "string") return [];
  return trainers.select(outline.trainers).flatMap(({ name, own, measures }) => {
    if (own || measures.some(({ key }) => key === metric.key)) return [];
    const keys = measures.map(({ key }) => key);
    const others = keys.length > 0 ? `, only ${listWords(keys, "and")} of its own` : "";
    const message = `Cannot use metric ${metric.key}: trainer ${name} does not compute it${others}`;
    return [{ message, hint: suggest(metric.key, keys), path: ["metric", "key"] }];
  });
}

function suggest(typed: string, keys: readonly string[]): string | undefined {
  const suggestion = nearest(typed, keys);
  return suggestion && `did you mean "${suggestion}"?`;
}

function metricProblems(
  metric: Metric | undefined,
  path: NodePath,
  dataset: MeasuredDataset,
): PathProblem[] {
  if (metric === undefined) return [];
  if (typeof metric !== "string") return [];
  return measureProblems(measureOf(partsOf(metric).measure.key), { typed: metric, path }, dataset);
}

function measureProblems(
  measure: Measure,
  { typed, path }: { readonly typed: string; readonly path: NodePath },
  { task, classes }: MeasuredDataset,
): PathProblem[] {
  const what = `Cannot use ${typeof path.at(-1) === "number" ? "measure" : "metric"} ${typed}`;
  if (!measure.tasks.includes(task)) {
    const allowed = typed === measure.key
      ? listWords(measuresOf(task).map(({ key }) => key))
      : metricWords(task);
    return [{
      message: `${what}: the target has ${TARGETS[task]}, so it must be ${allowed}`,
      path,
    }];
  }
  if (!measure.needsTwoClasses || !classes || classes.length === 2) return [];
  return [{ message: `${what}: it needs two classes, and the target has ${classes.length}`, path }];
}
