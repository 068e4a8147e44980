import { join } from "node:path";
import { measureOf, metricColumn } from "../../measures/metrics.ts";
import type { CellSummary } from "../../results/cell_summary.ts";
import type { CollectionManifest, CollectionQuestion } from "../../results/collection_manifest.ts";
import type { DatasetRow } from "../../results/datasets_csv.ts";
import type { Manifest } from "../../results/manifest.ts";
import { readManifest } from "../../results/read_manifest.ts";
import { readResultFile } from "../../results/read_result_file.ts";
import { readResults } from "../../results/read_results.ts";
import { OTHER_FILES, RESULT_TABLES } from "../../results/result_files.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import {
  compareOverTables,
  type OverTables,
  type ScoredTable,
} from "../../statistics/over_tables/compare_over_tables.ts";
import { mainTestMeasure, summarizeTestScores } from "../../statistics/summarize_test_scores.ts";
import { UserError } from "../../user_error.ts";
import { verdictInterval } from "../../wording/verdict_interval.ts";
import { analysisOf, withIntervals } from "../analysis_of.ts";
import type { RowlessInput } from "../report_input.ts";

/** What a sweep of several datasets has found, from the results of those that are complete. */
export interface CollectionResults {
  readonly question: CollectionQuestion;
  /** In the order of the experiment. */
  readonly datasets: readonly DatasetRow[];
  /** Their manifests, which say what cells are called. */
  readonly manifests: readonly Manifest[];
  /** Whether each was searched by itself, so that later cells differ. */
  readonly isSearched: boolean;
  /** The means of cells, by dataset. */
  readonly means: readonly Pick<CellSummary, "mean">[];
  /** Absent if fewer than two datasets are complete, or have fewer than two cells in common. */
  readonly over?: OverTables;
  /**
   * How many cells some dataset has and not all of them have: they were stopped early, or a search did
   * not propose them there.
   */
  readonly uncompared: number;
  /** The measure of the test scores, such as `accuracy`; absent if no dataset has any. */
  readonly testMeasure?: string;
  /** How many datasets have test scores. */
  readonly scored: number;
  /** The selected cells against the baseline on the test rows; absent if fewer than two have scores. */
  readonly tested?: OverTables;
  /** SHA-256 of the files that this is made from, by their paths in the collection's folder. */
  readonly sources: CollectionManifest["files"];
}

/** The files of a dataset's folder that a collection's results are made from, if they are there. */
const SOURCES = [
  OTHER_FILES.experiment.name,
  ...(["runs", "cells", "comparisons", "test"] as const).map((table) => RESULT_TABLES[table].name),
];
/** The two cells that are compared on test rows. */
const SELECTED = "selected";
const BASELINE = "baseline";

interface DatasetResults {
  readonly row: DatasetRow;
  readonly manifest: Manifest;
  readonly analysis: Analysis;
  readonly testMeasure?: string;
}

/**
 * Reads the folders of several datasets, and compares cells over those that are complete.
 *
 * @throws {UserError} If a file of one of them is missing or not what a sweep writes, or was changed
 * since.
 */
export async function collectionResults(
  folder: string,
  question: CollectionQuestion,
): Promise<CollectionResults> {
  const complete: DatasetResults[] = [];
  const sources: Record<string, string> = {};
  for (const name of question.datasets) {
    const own = join(folder, name);
    if (!await isComplete(own)) continue;
    const { manifest, rows } = await readResults(own, {
      doing: `compare ${own} with other datasets`,
      others: ["test"],
    });
    // Results that another version of the experiment left, until this one has its own.
    if (!isAsked(manifest, question)) continue;
    complete.push(resultsOn(name, withIntervals({ manifest, ...rows })));
    for (const file of SOURCES) {
      if (file in manifest.files) sources[`${name}/${file}`] = manifest.files[file];
    }
  }
  const { cells, uncompared } = commonCells(complete);
  const asked = { baseline: question.baseline, largerIsBetter: question.largerIsBetter };
  const isComparable = complete.length > 1 && cells.length > 1 && cells.includes(asked.baseline);
  const scored = complete.filter((one) => one.testMeasure !== undefined);
  const testMeasure = scored[0]?.testMeasure;
  return {
    question,
    datasets: complete.map(({ row }) => row),
    manifests: complete.map(({ manifest }) => manifest),
    isSearched: complete.some(({ manifest }) => manifest.experiment.search !== undefined),
    means: complete.flatMap(({ analysis }) => analysis.cells),
    ...isComparable && { over: compareOverTables(cells, complete.map(scoredTable), asked) },
    uncompared,
    ...testMeasure !== undefined && { testMeasure },
    scored: scored.length,
    ...testMeasure !== undefined && scored.length > 1 && {
      tested: compareOverTables([SELECTED, BASELINE], scored.map(testedTable), {
        baseline: BASELINE,
        largerIsBetter: measureOf(testMeasure).better === "larger",
      }),
    },
    sources,
  };
}

/** Whether results answer the question that is asked of all datasets. */
function isAsked(
  { experiment }: Manifest,
  { metric, baseline }: CollectionQuestion,
): boolean {
  return experiment.baseline === baseline &&
    metricColumn(experiment.metric) === metricColumn(metric);
}

/** Whether a folder has the results of a sweep that has ended; false if it has none. */
async function isComplete(folder: string): Promise<boolean> {
  let text: string;
  try {
    text = await readResultFile(join(folder, OTHER_FILES.manifest.name), folder);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
  const { state = "complete" } = readManifest(text);
  return state === "complete";
}

function resultsOn(name: string, input: RowlessInput): DatasetResults {
  const { manifest, runs, test = [] } = input;
  const analysis = analysisOf(input);
  const { experiment: { baseline }, dataset } = manifest;
  const best = analysis.selection?.best;
  const meanOf = (cell?: string) => analysis.cells.find((one) => one.cell === cell)?.mean;
  const comparison = analysis.comparisons.find(({ cell }) => cell === best);
  const { low, high } = comparison && verdictInterval(comparison) || {};
  const scores = summarizeTestScores(test, analysis.question);
  const testMeasure = scores[0] && mainTestMeasure(scores[0], analysis.question);
  const scoreOf = (cell?: string) =>
    scores.find((one) => one.cell === cell)?.measures[testMeasure ?? ""]?.mean;
  const row: DatasetRow = {
    dataset: name,
    rows: dataset?.rows ?? 0,
    features: dataset?.features ?? 0,
    classes: dataset?.classes ?? 0,
    cells: analysis.cells.length,
    runs: runs.length,
    ...{ baseline, baselineMean: meanOf(baseline), best, bestMean: meanOf(best) },
    ...comparison && {
      meanDifference: comparison.meanDifference,
      ...{ ciLow: low, ciHigh: high },
      verdict: comparison.verdict,
    },
    ...{ testBaseline: scoreOf(baseline), testBest: scoreOf(best) },
  };
  return { row, manifest, analysis, ...testMeasure !== undefined && { testMeasure } };
}

/** The cells that all datasets have, in the order of the first. */
function commonCells(complete: readonly DatasetResults[]) {
  const sets = complete.map(({ analysis }) => new Set(analysis.cells.map(({ cell }) => cell)));
  const [first = new Set<string>(), ...others] = sets;
  const cells = [...first].filter((cell) => others.every((set) => set.has(cell)));
  const all = sets.reduce((all, set) => all.union(set), new Set<string>());
  return { cells, uncompared: all.size - cells.length };
}

function scoredTable({ row, analysis }: DatasetResults): ScoredTable {
  const verdicts = new Map(analysis.comparisons.map(({ cell, verdict }) => [cell, verdict]));
  return {
    name: row.dataset,
    scores: new Map(analysis.cells.map(({ cell, mean }) => {
      return [cell, { mean, verdict: verdicts.get(cell) }];
    })),
  };
}

function testedTable({ row }: DatasetResults): ScoredTable {
  const scores = new Map([
    [SELECTED, { mean: row.testBest }],
    [BASELINE, { mean: row.testBaseline }],
  ]);
  return { name: row.dataset, scores };
}
