import { DROPPED_BY_EXPERIMENT } from "../dataset/columns/decide_columns.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { quoted } from "../dataset/quote.ts";
import { sizesOf } from "../dataset/split_sizes.ts";
import type { DatasetExperiment } from "../experiment/experiment.ts";
import { countOf, formatCount } from "../format_number.ts";
import { listSome, listWords } from "../list_words.ts";
import type { SweepPlan } from "../sweep/plan/plan_sweep.ts";
import { splitFacts } from "../sweep/split_facts.ts";
import { describeReading } from "../wording/describe_reading.ts";
import { describeSplit } from "../wording/describe_split.ts";
import {
  describeCounts,
  describeDropped,
  describeDroppedRows,
  describeLookAlikes,
  describeWarning,
  plain,
} from "../wording/describe_table.ts";
import { section, wrapped } from "./_plan_lines.ts";

/** Columns that are listed. */
const MOST_LISTED = 10;

/** A plan of an experiment that has a dataset. */
interface DatasetPlan {
  readonly experiment: DatasetExperiment;
  readonly dataset: Dataset;
}

/** How a sweep would read, use and split its dataset; nothing if it has none. */
export function datasetLines(
  { experiment: { dataset: options, ...rest }, dataset }: SweepPlan,
): string[] {
  const { task } = rest;
  if (!dataset || !options || !task) return [];
  const experiment: DatasetExperiment = { ...rest, dataset: options, task };
  const plan: DatasetPlan = { experiment, dataset };
  return [
    `dataset  ${datasetText(plan)}`,
    ...section("reading", wrapped(describeReading(dataset.facts.reading))),
    ...section("columns", columnLines(dataset)),
    ...section("gaps", gapLines(dataset)),
    ...section("target", targetLines(plan)),
    ...section("rows", wrapped(rowsText(plan))),
    ...section("inputs", inputLines(experiment)),
  ];
}

function datasetText({ experiment, dataset }: DatasetPlan): string {
  const rows = countOf(dataset.rows, "row");
  const features = countOf(dataset.columns, "feature");
  const classes = dataset.task === "regression"
    ? "quantities"
    : countOf(dataset.classes.length, "class", "classes");
  return `${experiment.dataset.path}: ${rows}, ${features}, ${classes}`;
}

/** What the columns are used as, and which are not used. */
function columnLines({ sources, facts }: Dataset): string[] {
  const { columns, pictureSide } = facts;
  const kinds = (["number", "boolean", "category"] as const).flatMap((kind) => {
    const count = sources.filter((source) => source.kind === kind).length;
    return count === 0
      ? []
      : [countOf(count, kind, kind === "category" ? "categories" : undefined)];
  });
  const picture = pictureSide === undefined
    ? ""
    : `, which look like pictures of ${pictureSide} × ${pictureSide} pixels`;
  const dropped = columns.filter(({ use }) => use === "drop");
  const asked = dropped.filter(({ why }) => why === DROPPED_BY_EXPERIMENT);
  const others = dropped.filter(({ why }) => why !== DROPPED_BY_EXPERIMENT);
  const splits = columns.filter(({ use }) => ["group", "time", "part"].includes(use));
  const warned = columns.filter(({ use, warning }) => use === "feature" && warning !== undefined);
  return [
    ...wrapped(`${listWords(kinds, "and")}${picture}`),
    ...splits.flatMap(({ name, use }) => wrapped(`${plain(name)} says the ${use} of each row`)),
    ...listed("dropped by the experiment", asked.map(({ name }) => plain(name))),
    ...listed("dropped", others.map(describeDropped)),
    ...warned.slice(0, MOST_LISTED).flatMap((column) => wrapped(describeWarning(column))),
    ...facts.lookAlikes.slice(0, MOST_LISTED).flatMap((alike) =>
      wrapped(describeLookAlikes(alike))
    ),
  ];
}

/** Which columns have missing cells, and the rows that are left out. */
function gapLines({ sources, facts }: Dataset): string[] {
  const { columns, missingWords, droppedRows, test } = facts;
  const hasGaps = new Set(sources.flatMap(({ name, hasGaps }) => hasGaps ? [name] : []));
  const gaps = columns.filter(({ name }) => hasGaps.has(name))
    .map(({ name, missing }) => `${plain(name)} ${formatCount(missing)}`);
  const words = missingWords.filter(({ name }) => name !== "").map(({ name }) => quoted(name));
  const left = describeDroppedRows({ ...droppedRows });
  return [
    ...listed("missing cells", gaps),
    ...words.length === 0 ? [] : wrapped(`read as missing: ${words.join(", ")}`),
    ...left.length === 0 ? [] : wrapped(`left out: ${left.join(", ")}`),
    ...(test?.unknown ?? []).flatMap(({ column, cells, values }) =>
      wrapped(
        `${countOf(cells, "cell")} of ${plain(column)} in ${test?.file} ` +
          `${cells === 1 ? "counts" : "count"} as missing, since the other file has no ${
            quoted(values[0])
          }${values.length > 1 ? " and the like" : ""}`,
      )
    ),
  ];
}

function targetLines({ experiment, dataset: { task, facts } }: DatasetPlan): string[] {
  const { target } = experiment.dataset;
  return task === "regression"
    ? [`${plain(target)}: quantities, for a regression`]
    : wrapped(`${plain(target)}: ${describeCounts(facts.classes)}`);
}

/** A list behind its name, as far as it is shown. */
function listed(name: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return wrapped(`${name}: ${listSome(items, MOST_LISTED)}`);
}

function rowsText({ experiment, dataset }: DatasetPlan): string {
  const trainers = experiment.trainers.select(experiment.outline.trainers);
  const own = trainers.filter(({ ownSplit }) => ownSplit)
    .map(({ name }) => `trainer ${name} draws its own`);
  if (own.length === trainers.length) return own.join("; ");
  const { split } = experiment.dataset;
  const { train, validation, test } = sizesOf(splitFacts(experiment, dataset));
  const [drawn, ...more] = describeSplit(split);
  // Whole groups, and folds in order of time, make runs that have more or fewer rows than others.
  const about = split.group !== undefined || split.folds !== undefined && split.time !== undefined
    ? "about "
    : "";
  const parts = `${formatCount(train)} to train and ${formatCount(validation)} to validate`;
  return [`${about}${parts}, ${drawn}`, `${formatCount(test)} to test`, ...more, ...own].join("; ");
}

/** How rows become inputs, in the words of experiments; nothing if trainers do that in their own way. */
function inputLines({ dataset, sweptKeys, outline, trainers }: DatasetExperiment): string[] {
  if (trainers.select(outline.trainers).every(({ ownSplit }) => ownSplit)) return [];
  const ways = Object.entries({ standardize: dataset.standardize, impute: dataset.impute })
    .filter(([, way]) => way !== undefined);
  return [ways.map(([key, way]) => `${key} ${sweptKeys.includes(key) ? "swept" : way}`).join("; ")];
}
