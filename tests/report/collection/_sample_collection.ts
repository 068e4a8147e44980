import type { ReportInput } from "../../../src/report/report_input.ts";
import type { CollectionResults } from "../../../src/report/collection/collection_results.ts";
import type { CollectionManifest } from "../../../src/results/collection_manifest.ts";
import type { DatasetRow } from "../../../src/results/datasets_csv.ts";
import { compareOverTables } from "../../../src/statistics/over_tables/compare_over_tables.ts";
import { answerOverDatasets } from "../../../src/wording/answer_over_datasets.ts";
import { wordsOf } from "../../../src/report/collection/datasets_table.ts";

/** What the page over several datasets shows. */
export interface CollectionPage {
  readonly results: CollectionResults;
  readonly found: Pick<CollectionManifest, "answer" | "files">;
}

/**
 * What the page shows of several datasets, on each of which the cells' means are those of a report's
 * input, moved by amounts of its own.
 */
export function sampleCollection(
  { manifest, cells }: ReportInput,
  datasets: readonly string[],
): CollectionPage {
  const { name, description, tags, notes, metric, baseline } = manifest.experiment;
  const tables = datasets.map((dataset, table) => ({
    name: dataset,
    scores: new Map(cells.map(({ cell, mean = NaN }, index) => [cell, {
      mean: mean + Math.sin(table * 7 + index * (table + 1)) / 50,
    }])),
  }));
  const rows = tables.map(({ name: dataset, scores }, table): DatasetRow => {
    const ranked = [...scores].toSorted(([, a], [, b]) => b.mean - a.mean);
    const [best, { mean: bestMean }] = ranked[0];
    const baselineMean = scores.get(baseline)?.mean ?? NaN;
    return {
      ...{ dataset, rows: 150 * (table + 1) ** 2, features: 4 + table, classes: 2 + table % 3 },
      ...{ cells: cells.length, runs: manifest.runs.total, baseline, baselineMean, best, bestMean },
      meanDifference: bestMean - baselineMean,
      ...{ ciLow: bestMean - baselineMean - 0.03, ciHigh: bestMean - baselineMean + 0.03 },
      ...{ verdict: "undecided", testBaseline: 0.5, testBest: 0.4 },
    };
  });
  const question = { baseline, largerIsBetter: true };
  const over = compareOverTables(cells.map(({ cell }) => cell), tables, question);
  const results: CollectionResults = {
    question: {
      ...{ name, description, tags, notes, file: "many.yaml", metric, ...question, datasets },
    },
    datasets: rows,
    manifests: datasets.map(() => manifest),
    isSearched: false,
    means: tables.flatMap(({ scores }) => [...scores.values()]),
    ...{ over, uncompared: 0, testMeasure: "loss", scored: datasets.length },
    tested: compareOverTables(
      ["selected", "baseline"],
      datasets.map((dataset) => ({
        name: dataset,
        scores: new Map([["selected", { mean: 0.4 }], ["baseline", { mean: 0.5 }]]),
      })),
      { baseline: "baseline", largerIsBetter: false },
    ),
    sources: {},
  };
  const files = ["datasets.csv", "ranks.csv", ...datasets.map((dataset) => `${dataset}/runs.csv`)];
  const complete = datasets.length;
  return {
    results,
    found: {
      answer: answerOverDatasets({ complete, planned: complete, over, words: wordsOf(results) }),
      files: Object.fromEntries(files.map((name) => [name, "0".repeat(64)])),
    },
  };
}
