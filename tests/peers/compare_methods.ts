import { assert, assertEquals } from "@std/assert";
import { formatTable } from "../../src/results/csv_table.ts";
import { ranksCsv } from "../../src/results/ranks_csv.ts";
import { meanInterval } from "../../src/statistics/_mean_interval.ts";
import { meanOf } from "../../src/statistics/mean.ts";
import {
  compareOverTables,
  type OverTables,
} from "../../src/statistics/over_tables/compare_over_tables.ts";
import { csvRows } from "./csv_rows.ts";
import type { BoostingSearch } from "./search_boosting.ts";

/** The methods of the study; the others are compared with the cocktail. */
const METHODS = ["none", "single", "cocktail", "boosting"] as const;
const COMPARED_WITH = "cocktail";
const COLUMNS = ["dataset", ...METHODS, "single_cell", "cocktail_cell"];
/** The questions: what the first adds to the second. */
const DIFFERENCES = [
  ["single", "none"],
  ["cocktail", "none"],
  ["cocktail", "single"],
  ["cocktail", "boosting"],
] as const;

/** What the study's parts have found. */
export interface StudyParts {
  /** The text of datasets.csv of the sweep of single regularizers, and of that of cocktails. */
  readonly single: string;
  readonly cocktail: string;
  /** By dataset. */
  readonly boosting: ReadonlyMap<string, BoostingSearch>;
}

/** How the methods compare over all datasets. */
export interface MethodComparison {
  /** A line per dataset: each method's score on the test rows, and the two cells that were selected. */
  readonly methods: string;
  /** A line per question: the mean of a difference over the datasets, with its 95% t-interval. */
  readonly differences: string;
  /** A line per method, as in ranks.csv. */
  readonly ranks: string;
  readonly over: OverTables;
}

/**
 * Compares no regularization, the best single regularizer, the best cocktail and gradient boosting by
 * their balanced accuracies on the test rows, which selected none of them.
 */
export function compareMethods({ single, cocktail, boosting }: StudyParts): MethodComparison {
  const cocktails = csvRows(cocktail);
  const datasets = csvRows(single).map((own) => {
    const { dataset } = own;
    const mixed = cocktails.find((row) => row.dataset === dataset);
    const searched = boosting.get(dataset);
    assert(mixed && searched, `${dataset} was not searched`);
    assertEquals(mixed.test_baseline, own.test_baseline, `${dataset}: no regularization`);
    const scores = {
      none: scoreOf(own.test_baseline),
      single: scoreOf(own.test_best),
      cocktail: scoreOf(mixed.test_best),
      boosting: meanOf(searched.test),
    };
    return { dataset, scores, cells: [own.best, mixed.best] };
  });
  assertEquals(cocktails.length, datasets.length);
  const tables = datasets.map(({ dataset, scores }) => ({
    name: dataset,
    scores: new Map(METHODS.map((method) => [method, { mean: scores[method] }])),
  }));
  const over = compareOverTables(METHODS, tables, {
    baseline: COMPARED_WITH,
    largerIsBetter: true,
  });
  const lines = datasets.map(({ dataset, scores, cells }) => [
    ...[dataset, ...METHODS.map((method) => scores[method])],
    ...cells,
  ]);
  // Methods have no verdict on a dataset.
  const ranks = over.cells.map(({ cell, meanRank, ranks, compared }) => ({
    ...{ cell, meanRank, ranks, ...compared },
    ...{ better: undefined, worse: undefined },
  }));
  const differences = DIFFERENCES.map(([method, from]) => {
    const gains = datasets.map(({ scores }) => scores[method] - scores[from]);
    const { mean, ciLow, ciHigh } = meanInterval(gains, 0);
    return [method, from, mean, ciLow, ciHigh];
  });
  const shape = ["method", "compared_with", "mean_difference", "ci_low", "ci_high"];
  return {
    methods: formatTable({ file: "methods.csv", before: COLUMNS, after: [] }, {}, lines),
    differences: formatTable(
      { file: "differences.csv", before: shape, after: [] },
      {},
      differences,
    ),
    ranks: ranksCsv(ranks, datasets.map(({ dataset }) => dataset)),
    over,
  };
}

function scoreOf(field: string): number {
  assert(field !== "", "A method has no test score: all its runs diverged, or it has no test rows");
  return Number(field);
}
