import { cellName } from "../experiment/cells/cell_name.ts";
import {
  baselineCell,
  type Experiment,
  type PatternMatch,
  UNASKED_RUNS,
} from "../experiment/experiment.ts";
import { finalistCount, longestRun, rungsOf } from "../experiment/halving.ts";
import { plannedCells } from "../experiment/next_batch.ts";
import { replicateCount } from "../experiment/replicates.ts";
import { countOf, formatCount, formatDuration } from "../format_number.ts";
import { listIntegers, listWords } from "../list_words.ts";
import { defaultMetricOf, type Metric, metricColumn } from "../measures/metrics.ts";
import { joinLines } from "../one_line.ts";
import type { Design } from "../statistics/design_power.ts";
import { type Question, questionOf } from "../statistics/question.ts";
import { isMeasurable } from "../sweep/estimate_time.ts";
import { ownTrainers } from "../sweep/manifest_trainers.ts";
import type { SweepPlan } from "../sweep/plan/plan_sweep.ts";
import { isOwn } from "../sweep/plan/survey_runs.ts";
import { splitFactsIfAny } from "../sweep/split_facts.ts";
import { formatValue } from "../trainers/format_value.ts";
import { isRegularized } from "../wording/describe_cell.ts";
import { describeDesign, type KnownSpread, lastLookOf } from "../wording/describe_design.ts";
import { looksText } from "../wording/describe_looks.ts";
import { metricScale } from "../wording/metric_scale.ts";
import { datasetLines } from "./_dataset_lines.ts";
import { MARGIN, section, WIDTH, wrapped } from "./_plan_lines.ts";
import { wrap, wrapLines } from "./wrap.ts";

/** Cells that are listed; more are only counted. */
const MOST_CELLS = 100;
/** Groups of cells that are the same run, and cells of a group, that are listed. */
const MOST_GROUPS = 5;
const MOST_OF_GROUP = 4;

/** What a sweep of several datasets would do, for a terminal: each of them, and all together. */
export function collectionPlanText(name: string, plans: readonly SweepPlan[]): string {
  const sum = (of: (plan: SweepPlan) => number) => plans.reduce((sum, plan) => sum + of(plan), 0);
  const [total, missing] = [sum(({ total }) => total), sum(({ missing }) => missing)];
  const least = {
    total: sum(({ total, certain }) => certain?.total ?? total),
    missing: sum(({ missing, certain }) => certain?.missing ?? missing),
  };
  const untimed = plans.some(({ untimed }) => untimed.length > 0) ? " or more" : "";
  const left = missing === 0
    ? "all of them known"
    : `${from(least.missing, missing)}${formatCount(missing)} to train, in ${
      least.missing < missing ? "at most " : ""
    }about ${formatDuration(sum(({ seconds }) => seconds))}${untimed}`;
  const all = `${name}: ${countOf(plans.length, "dataset")}, ${from(least.total, total)}${
    countOf(total, "run")
  }, ${left}`;
  return [...plans.map(planText), all].join("\n\n");
}

/** `24 to `, where there can be fewer. */
function from(least: number, most: number): string {
  return least < most ? `${formatCount(least)} to ` : "";
}

/** What a sweep would do, for a terminal. */
export function planText(facts: SweepPlan): string {
  const { experiment, total } = facts;
  const { name, description, fixed, duplicates, outline } = experiment;
  const dropped = duplicates > 0 ? `, ${countOf(duplicates, "duplicate")} dropped` : "";
  const limit = total > UNASKED_RUNS ? `; a sweep of them takes --max-runs ${total}` : "";
  return joinLines([
    ...wrap([name, description.replace(/\s+/g, " ").trim()].filter(Boolean).join(": "), WIDTH),
    "",
    ...labelLines(experiment),
    ...datasetLines(facts),
    ...section("extends", outline.extends),
    ...section("fixed", wrapped(cellName(fixed) || "nothing but defaults")),
    ...section("grid", outline.grid),
    ...section("exclude", outline.exclude.map(matchText)),
    ...section("only", outline.only.map(matchText)),
    ...section("search", searchLines(experiment)),
    ...section("halving", halvingLines(experiment)),
    `seeds    ${seedsText(experiment)}`,
    ...section("", looksLines(experiment)),
    `cells    ${cellsText(experiment)}${dropped}`,
    ...section("baseline", baselineLines(experiment)),
    ...section("metric", metricLines(experiment)),
    ...section("measures", wrapped((experiment.measures ?? []).join(", ")).filter(Boolean)),
    `runs     ${runsText(facts)}${limit}`,
    ...section("training", stepsText(facts)),
    `time     ${timeText(facts)}`,
    ...section("", shortcutLines(facts)),
    ...section("budget", budgetLines(experiment)),
    ...section("scores", scoresText(facts)),
    ...section(
      "shows",
      [...describeDesign(designOf(facts), knownSpread(facts)), ...coverLines(facts)].flatMap(
        wrapped,
      ),
    ),
    ...section("replaces", facts.replaced === undefined ? [] : [facts.replaced]),
    "",
    ...cellTable(facts),
    ...sameRunLines(facts),
  ]);
}

/** `16`, or `16 of at most 96` if a search proposes the others. */
function cellsText(experiment: Experiment): string {
  const [known, most] = [experiment.cells.length, plannedCells(experiment)];
  return known < most
    ? `${formatCount(known)} of at most ${formatCount(most)}`
    : formatCount(known);
}

/** What the experiment says beside its question. */
function labelLines({ tags = [], notes }: Experiment): string[] {
  return [
    ...section("tags", wrapped(tags.join(", ")).filter(Boolean)),
    ...section("notes", notes === undefined ? [] : wrapLines(notes, WIDTH - MARGIN)),
  ].map((line) => line.trimEnd());
}

/** `45: 5 known, 40 to train`, or `45 to 360: 5 known, 40 to 355 to train` if looks decide. */
function runsText({ total, missing, certain = { total, missing } }: SweepPlan): string {
  const known = formatCount(total - missing);
  const [runs, toTrain] = [[certain.total, total], [certain.missing, missing]]
    .map((counts) => [...new Set(counts)].map(formatCount).join(" to "));
  return `${runs}: ${known} known, ${toTrain} to train`;
}

/** What cells are compared by, unless that is what most experiments compare by. */
function metricLines({ metric, equivalence }: Experiment): string[] {
  if (metric === defaultMetricOf("classification")) return [];
  return [
    `${metricText(metric)}, ` +
    (equivalence === undefined ? "no equivalence" : `equivalence ${equivalence}`),
  ];
}

/** `validation_loss`, or `seconds, in s, smaller is better`. */
function metricText(metric: Metric): string {
  if (typeof metric === "string") return metric;
  const { key, unit = key, better } = metric;
  return [key, ...unit === key ? [] : [`in ${unit}`], `${better} is better`].join(", ");
}

/** How far the cells of a search are known: the results of their batches decide the others. */
function searchLines({ search, searched }: Experiment): string[] {
  if (!search) return [];
  const { pointCount, batchCount, batches } = search;
  const points = `${countOf(pointCount, "point")} in ${countOf(batchCount, "batch", "batches")}`;
  if (searched?.isOver) return [`${points}: all results are known`];
  const known = batches.length - 1;
  const before = known === 0
    ? "the first batch is known"
    : `the results of ${countOf(known, "batch", "batches")} are known, and so is the next batch`;
  return wrapped(`at most ${points}: ${before}; each other one follows from those before`);
}

/** The rungs of an experiment that stops cells early. */
function halvingLines(experiment: Experiment): string[] {
  const { halving } = experiment;
  if (!halving) return [];
  const planned = plannedCells(experiment);
  const rungs = rungsOf(halving, planned, longestRun(experiment));
  const finalists = finalistCount(halving, planned, rungs);
  return [
    ...rungs.map(({ step, cells }) => `${countOf(cells, "cell")} for ${countOf(step, "step")}`),
    ...wrapped(
      `${countOf(finalists, "cell")} to the end: the baseline, and the best 1/${halving.eta} of ` +
        `the others at each rung, by ${metricColumn(halving.metric)}`,
    ),
  ];
}

/** What to know of a baseline that the experiment does not name. */
function baselineLines(experiment: Experiment): string[] {
  const { cells, document, outline, trainers } = experiment;
  const { config } = baselineCell(experiment);
  const isDoubtful = cells.length > 1 && !document.has("baseline") &&
    isRegularized(config, trainers.select(outline.trainers));
  return isDoubtful
    ? ["the first cell, which is regularized: the experiment names no baseline"]
    : [];
}

function matchText({ pattern, cells }: PatternMatch): string {
  return `${pattern}: ${countOf(cells, "cell")}`;
}

/** The steps of all runs, where they are fewer than those of the runs one by one. */
function stepsText({ steps }: SweepPlan): string[] {
  if (!steps || steps.asked === 0) return [];
  const { asked, known, shared, toTrain } = steps;
  const counts = [`${formatCount(known)} known`, `${formatCount(shared)} shared`];
  return [`${countOf(asked, "step")}: ${counts.join(", ")}, ${formatCount(toTrain)} to train`];
}

function timeText(facts: SweepPlan): string {
  const { experiment, missing, certain, samples, seconds, untimed, workers, secondsPerFlop } =
    facts;
  const { firstMissing } = facts;
  if (missing === 0) return "none: every run is known";
  const names = listWords(untimed, "and");
  if (untimed.length > 0 && samples.every(({ cell }) => untimed.includes(cell.trainer))) {
    return `not known before a run of ${names} has ended`;
  }
  const areAllOwn = firstMissing !== undefined &&
    isOwn(experiment.trainers, firstMissing.cell.trainer);
  const isGuessed = firstMissing !== undefined && !isMeasurable(firstMissing);
  const source = secondsPerFlop !== undefined || areAllOwn
    ? "by the time that the known runs took"
    : isGuessed
    ? "at the pace of a slow machine: a run takes too long to be measured"
    : "by a short measurement";
  const isAtMost = certain !== undefined && certain.missing < missing;
  const longest = seconds < 1 ? "less than 1 s" : `about ${formatDuration(seconds)}`;
  const shortest = seconds * (certain?.missing ?? 0) / missing;
  const time = !isAtMost || seconds < 1
    ? longest
    : `${shortest < 1 ? "less than 1 s" : formatDuration(shortest)} to ${longest}`;
  const rest = untimed.length > 0 ? `, and as long as runs of ${names} take` : "";
  return `${time} with ${countOf(workers, "worker")}, ${source}${rest}`;
}

/** How long a sweep may take. */
function budgetLines({ budgetSeconds }: Experiment): string[] {
  if (budgetSeconds === undefined) return [];
  return [`${formatDuration(budgetSeconds)}: no run begins that would not end by then`];
}

/** What would make the runs much shorter. */
function shortcutLines({ shortcut }: SweepPlan): string[] {
  if (!shortcut) return [];
  const { reason, key, value, seconds } = shortcut;
  const time = seconds < 1 ? "less than 1 s" : `about ${formatDuration(seconds)}`;
  return wrapped(`${reason}; ${key} ${formatValue(value)} would take ${time}`);
}

/** How much there is to compare, and on how many seeds. */
function designOf({ experiment, dataset, sameRuns }: SweepPlan): Design {
  const { halving, seeds, looks } = experiment;
  const cells = plannedCells(experiment);
  // Cells that are the same run count as one.
  const repeats = sameRuns.reduce((sum, { cells }) => sum + cells.length - 1, 0);
  const compared = halving
    ? finalistCount(halving, cells, rungsOf(halving, cells, longestRun(experiment)))
    : cells - repeats;
  const { overlap } = planQuestion(experiment, dataset);
  const folds = experiment.dataset?.split.folds;
  const design = { seeds: seeds.length, folds, comparisons: compared - 1, overlap };
  return { ...design, ...looks && lastLookOf(looks) };
}

function knownSpread({ experiment: { metric }, spread }: SweepPlan): KnownSpread | undefined {
  return spread && { spread, scale: metricScale(metric) };
}

/** The question that a sweep would ask, whatever its baseline. */
function planQuestion(
  experiment: SweepPlan["experiment"],
  dataset: SweepPlan["dataset"],
): Question {
  const { outline } = experiment;
  return questionOf({
    experiment: { ...experiment, baseline: "" },
    dataset: splitFactsIfAny(experiment, dataset),
    trainers: Object.fromEntries(outline.trainers.map((name) => [name, 0])),
    ...ownTrainers(experiment),
  });
}

/** What intervals leave out where all seeds share the rows, or the experiment asks about these only. */
function coverLines({ experiment, ...facts }: SweepPlan): string[] {
  const { cells, outline, trainers, dataset } = experiment;
  if (cells.length > 1 && planQuestion(experiment, facts.dataset).scope !== undefined) {
    return [
      "scope this_data: intervals say what works best on exactly these rows, and claim nothing for " +
      "another sample from the same source",
    ];
  }
  const hasOwnSplit = trainers.select(outline.trainers).some(({ ownSplit }) => ownSplit);
  if (cells.length < 2 || !dataset || dataset.split.resplit || hasOwnSplit) return [];
  const covered = outline.trainers.some((name) => isOwn(trainers, name))
    ? "what else differs between seeds"
    : "initial weights and batches";
  return [`all seeds share the rows: intervals cover ${covered}, not rows`];
}

/** What comes after the runs: which cells are scored depends on their results. */
function scoresText({ scores }: SweepPlan): string[] {
  if (!scores) return [];
  const { runs, isAtMost, trainedAgain, seconds } = scores;
  const count = `${isAtMost ? "at most " : ""}${countOf(runs, "run")} on the test rows`;
  const how = {
    none: "by their models",
    some: "by their models, or trained once more where a run is short",
    all: "trained once more, since their models are not kept",
  }[trainedAgain];
  const time = seconds === undefined || trainedAgain === "none"
    ? ""
    : seconds < 1
    ? ": less than 1 s"
    : `: ${isAtMost ? "at most " : ""}${formatDuration(seconds)}`;
  return wrapped(`${count}, ${how}${time}`);
}

/** How many seeds there are at least and at most, where that depends on the results. */
function looksLines({ looks }: Experiment): string[] {
  if (!looks) return [];
  return wrapped(`a cell gets no more once it is decided: after ${looksText(looks)}`);
}

/** A table of cells: how many of their runs are known. */
function cellTable({ experiment, known }: SweepPlan): string[] {
  const { cells, baseline } = experiment;
  const first = Array.from({ length: Math.min(cells.length, MOST_CELLS) }, (_, index) => index);
  const shown = baseline < MOST_CELLS ? first : [...first, baseline];
  const rows = shown.flatMap((index) => cells.at(index) ?? []);
  const width = Math.max(...rows.map(({ name }) => name.length), "cell".length);
  const rest = cells.length - shown.length;
  return [
    `${"cell".padEnd(width)}  known`,
    ...rows.map(({ name, index }) => {
      const count = `${known.get(index) ?? 0}/${replicateCount(experiment)}`;
      const mark = index === baseline ? "  baseline" : "";
      return `${name.padEnd(width)}  ${count.padStart("known".length)}${mark}`;
    }),
    ...rest > 0 ? [`and ${formatCount(rest)} more`] : [],
  ];
}

/** The cells that are the same run, group by group. */
function sameRunLines({ experiment: { cells }, sameRuns }: SweepPlan): string[] {
  if (sameRuns.length === 0) return [];
  const groups = sameRuns.slice(0, MOST_GROUPS).flatMap(({ keys: idle, cells: indexes }) => {
    const keys = idle.filter((key) => {
      return new Set(indexes.map((index) => formatValue(cells.valueAt(index, key) ?? ""))).size > 1;
    });
    const rest = indexes.length - MOST_OF_GROUP;
    return [
      "",
      ...wrap(
        `These ${formatCount(indexes.length)} cells are the same run, to the bit, since ` +
          `${listWords(keys, "and")} ${keys.length === 1 ? "changes" : "change"} nothing in them:`,
        WIDTH,
      ),
      ...indexes.slice(0, MOST_OF_GROUP).map((index) => `  ${cells.at(index)?.name}`),
      ...rest > 0 ? [`  and ${formatCount(rest)} more`] : [],
    ];
  });
  const others = sameRuns.slice(MOST_GROUPS);
  const count = others.reduce((sum, { cells }) => sum + cells.length, 0);
  const more = `and ${formatCount(count)} more cells in ${countOf(others.length, "more group")}`;
  return [...groups, ...others.length > 0 ? ["", more] : []];
}

/** `1, 2, 3` or `1 to 10`, with folds `1 to 10, each with 5 folds`. */
function seedsText({ seeds, dataset }: Experiment): string {
  const folds = dataset?.split.folds;
  const list = listIntegers(seeds);
  if (folds === undefined) return list;
  return `${list}, ${seeds.length === 1 ? "" : "each "}with ${folds} folds`;
}
