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
import type { Problem } from "../user_error.ts";
import type { Experiment, WrittenExperiment } from "./experiment.ts";
import type { NodePath } from "./source/yaml_source.ts";

/** Differences of a share that are of no practical interest, unless the experiment says more. */
const EQUIVALENT_SHARES = 0.005;

/** What measures depend on. */
export type MeasuredDataset = Pick<Dataset, "task"> & Partial<Pick<Dataset, "classes">>;

/** The parts of an experiment that its measures settle. */
export interface SettledMeasures
  extends Pick<Experiment, "metric" | "equivalence" | "halving" | "task"> {
  /** Measures that are not of the dataset's task, each with its place. */
  readonly problems: readonly Problem[];
}

/** Decides what an experiment is measured by, and finds measures that do not suit its dataset. */
export function settleMeasures(
  { metric, equivalence, halving, measures = [], places }: WrittenExperiment,
  dataset: MeasuredDataset,
): SettledMeasures {
  const { task } = dataset;
  const settled = metric ?? defaultMetricOf(task);
  const band = equivalence ?? defaultEquivalence(settled, task);
  const problems = [
    ...metricProblems(metric, ["metric"], dataset),
    ...metricProblems(halving?.metric, ["successive_halving", "metric"], dataset),
    ...measures.flatMap((key, index) =>
      measureProblems(measureOf(key), { typed: key, path: ["measures", index] }, dataset)
    ),
  ].map(({ path, ...problem }) => ({ ...problem, place: places.of(path) }));
  return {
    task,
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
function defaultEquivalence(metric: Metric, task: Task): number | undefined {
  const { measure: { key, isPercent } } = partsOf(metric);
  const isFirst = task === "classification" && key === "loss";
  return isPercent || isFirst ? EQUIVALENT_SHARES : undefined;
}

type PathProblem = Omit<Problem, "place"> & { readonly path: NodePath };

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
