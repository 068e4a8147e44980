import type { Dataset } from "../../dataset/dataset.ts";
import type { PartSizes } from "../../dataset/part_sizes.ts";
import { sizesOf } from "../../dataset/split_sizes.ts";
import { baselineCell, type Experiment, UNASKED_RUNS } from "../../experiment/experiment.ts";
import { longestRun, rungsOf } from "../../experiment/halving.ts";
import { plannedCells } from "../../experiment/next_batch.ts";
import { isLargerBetter, metricColumn } from "../../measures/metrics.ts";
import { splitFactsIfAny } from "../../sweep/split_facts.ts";
import type { SweepPlan } from "../../sweep/plan/plan_sweep.ts";
import { documentText } from "./document_text.ts";
import type { Members } from "./documents.ts";

type Plan = Extract<Members<"plan">, { readonly experiment: string }>;

/** What a sweep would do, for programs. */
export function planJson(plan: SweepPlan): string {
  return documentText("plan", planMembers(plan));
}

/** The same of a sweep of several datasets. */
export function collectionPlanJson(collection: string, plans: readonly SweepPlan[]): string {
  return documentText("plan", { collection, datasets: plans.map(planMembers) });
}

function planMembers(plan: SweepPlan): Plan {
  const { experiment, total, missing, certain = { total, missing }, workers, seconds } = plan;
  const { name: its, description, file, metric, looks, budgetSeconds, cells } = experiment;
  const { tags, notes } = experiment;
  const { steps, scores, shortcut, replaced, untimed } = plan;
  return {
    ...{ experiment: its, description, tags, notes, file, trainers: experiment.outline.trainers },
    dataset: datasetMembers(plan),
    ...{ metric: metricColumn(metric), better: isLargerBetter(metric) ? "larger" : "smaller" },
    ...{ equivalence: experiment.equivalence, scope: experiment.scope },
    ...{ baseline: baselineCell(experiment).name, seeds: experiment.seeds },
    ...{ folds: experiment.dataset?.split.folds, looks },
    ...{ search: searchMembers(experiment), rungs: rungMembers(experiment), budgetSeconds },
    runs: {
      ...{ total, known: total - missing, missing },
      ...{ leastTotal: certain.total, leastMissing: certain.missing },
    },
    steps: steps && {
      ...{ asked: steps.asked, known: steps.known, shared: steps.shared, toTrain: steps.toTrain },
    },
    ...{ workers, seconds, untimedTrainers: untimed },
    ...{ shortcut, scores },
    ...{ replaces: replaced, cellCount: cells.length },
    ...cells.length <= UNASKED_RUNS && cellMembers(plan),
  };
}

function datasetMembers({ experiment, dataset }: SweepPlan): Plan["dataset"] {
  const { dataset: options, task } = experiment;
  if (!dataset || !options || !task) return undefined;
  const { path: file, target } = options;
  const { rows, columns: features } = dataset;
  const classes = dataset.task === "regression" ? [] : dataset.classes;
  return { file, target, task, rows, features, classes, split: partSizes(experiment, dataset) };
}

/** How many rows each part has; undefined if the trainers draw their own. */
function partSizes(experiment: Experiment, dataset: Dataset): PartSizes | undefined {
  const facts = splitFactsIfAny(experiment, dataset);
  const { trainers, outline } = experiment;
  const areOwn = trainers.select(outline.trainers).every(({ ownSplit }) => ownSplit);
  return facts && !areOwn ? sizesOf(facts) : undefined;
}

function rungMembers(experiment: Experiment): Plan["rungs"] {
  const { halving } = experiment;
  if (!halving) return undefined;
  return rungsOf(halving, plannedCells(experiment), longestRun(experiment));
}

function searchMembers(experiment: Experiment): Plan["search"] {
  const { search, searched } = experiment;
  return search && {
    ...{ method: "tpe", points: search.pointCount, batches: search.batchCount },
    ...{ known: searched?.found.length ?? 0, mostCells: plannedCells(experiment) },
  };
}

function cellMembers(
  { experiment, known, sameRuns }: SweepPlan,
): Pick<Plan, "cells" | "sameRuns"> {
  const { cells } = experiment;
  return {
    cells: cells.map(({ index, name: cell, trainer, config, preparation }) => {
      const prepared = preparation && { preparation: { ...preparation } };
      return { cell, trainer, config, ...prepared, known: known.get(index) ?? 0 };
    }),
    sameRuns: sameRuns.map(({ keys, cells: indexes }) => {
      return { keys, cells: indexes.flatMap((index) => cells.at(index)?.name ?? []) };
    }),
  };
}
