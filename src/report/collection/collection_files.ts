import { measureOf } from "../../measures/metrics.ts";
import {
  COLLECTION_FILES,
  type CollectionManifest,
  type CollectionQuestion,
} from "../../results/collection_manifest.ts";
import { datasetsCsv } from "../../results/datasets_csv.ts";
import { type RankRow, ranksCsv } from "../../results/ranks_csv.ts";
import { sha256 } from "../../sha256.ts";
import type { OverTables } from "../../statistics/over_tables/compare_over_tables.ts";
import { answerOverDatasets } from "../../wording/answer_over_datasets.ts";
import { answerOverSearches } from "../../wording/answer_over_searches.ts";
import { pageCode } from "../page_code.ts";
import { type CollectionResults, collectionResults } from "./collection_results.ts";
import { wordsOf } from "./datasets_table.ts";
import { renderCollection } from "./render_collection.ts";

/** What is written into the folder of several datasets. */
export interface CollectionFiles {
  readonly manifest: CollectionManifest;
  /** By name, without the manifest's. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Makes the files of several datasets from those of each: the same bytes for the same results.
 *
 * @throws {UserError} If a file of one of them is missing, not what a sweep writes, or was changed.
 */
export async function collectionFiles(
  folder: string,
  question: CollectionQuestion,
): Promise<CollectionFiles> {
  const results = await collectionResults(folder, question);
  const { datasets, over, sources } = results;
  const names = datasets.map(({ dataset }) => dataset);
  const answer = answerOf(results);
  const tables: Record<string, string> = {
    [COLLECTION_FILES.datasets]: datasetsCsv(datasets),
    ...over && { [COLLECTION_FILES.ranks]: ranksCsv(over.cells.map(rankRow), names) },
  };
  const checksums: Record<string, string> = {};
  for (const [name, text] of Object.entries(tables)) checksums[name] = await sha256(text);
  const files = { ...checksums, ...sources };
  const report = await renderCollection(results, { answer, files });
  return {
    texts: { ...tables, [COLLECTION_FILES.report]: report },
    manifest: {
      format: 1,
      state: datasets.length === question.datasets.length ? "complete" : "unfinished",
      collection: question,
      answer,
      page: await pageCode(),
      files: { ...checksums, [COLLECTION_FILES.report]: await sha256(report), ...sources },
    },
  };
}

function answerOf(results: CollectionResults): CollectionManifest["answer"] {
  const { question, datasets, over, isSearched, tested, testMeasure } = results;
  const words = wordsOf(results);
  const extent = { complete: datasets.length, planned: question.datasets.length };
  if (!isSearched) return answerOverDatasets({ ...extent, ...over && { over }, words });
  return answerOverSearches({
    ...extent,
    scored: results.scored,
    common: over?.cells.length ?? 0,
    baseline: words(question.baseline),
    measure: testMeasure === undefined ? "" : measureOf(testMeasure).label,
    compared: tested?.cells.find(({ compared }) => compared)?.compared,
  });
}

function rankRow({ cell, meanRank, ranks, compared }: OverTables["cells"][number]): RankRow {
  return { cell, meanRank, ranks, ...compared };
}
