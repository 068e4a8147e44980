import { join } from "node:path";
import { checkRows } from "./check_rows.ts";
import { checkUnchanged } from "./check_unchanged.ts";
import type { Manifest } from "./manifest.ts";
import { readManifest } from "./read_manifest.ts";
import { readResultFile } from "./read_result_file.ts";
import {
  OTHER_FILES,
  readTableTexts,
  type ResultRows,
  rowsIn,
  TABLE_NAMES,
  type TableName,
  tablesOf,
} from "./result_files.ts";

/** The tables that are always read: the rows of others are checked against them. */
const MAIN = ["runs", "cells", "comparisons"] as const satisfies readonly TableName[];
type Main = typeof MAIN[number];

/** How a folder of results is read. */
interface ReadOptions {
  /** What cannot be done if a file was changed, after "Cannot". */
  readonly doing: string;
  /** Tables to read besides runs, cells and comparisons; all if not given. */
  readonly others?: readonly Exclude<TableName, Main>[];
}

/** What a sweep's folder has. */
export interface ReadResults {
  /** The text of manifest.json. */
  readonly manifestText: string;
  readonly manifest: Manifest;
  /** The rows of the tables that were read; empty or absent for the others. */
  readonly rows: ResultRows;
}

/**
 * Reads the results that a sweep wrote to its folder, and checks that they are the ones it wrote.
 *
 * @throws {UserError} If a file is missing or is not what a sweep writes, or if its rows belong to
 * another sweep. The exit code is 1 if a CSV file is not the one that the manifest has the checksum
 * of.
 */
export async function readResults(
  folder: string,
  { doing, others }: ReadOptions,
): Promise<ReadResults> {
  const manifestText = await readResultFile(join(folder, OTHER_FILES.manifest.name), folder);
  const manifest = readManifest(manifestText);
  const asked: readonly TableName[] = others ? [...MAIN, ...others] : TABLE_NAMES;
  const tables = tablesOf(manifest).filter((name) => asked.includes(name));
  const texts = await readTableTexts(folder, tables, (file) => file in manifest.files);
  await checkUnchanged(texts, { manifest, doing });
  const read: Partial<ResultRows> & Pick<ResultRows, Main> = rowsIn(texts);
  const rows = { curves: [], histograms: [], ...read };
  checkRows(manifest, rows);
  return { manifestText, manifest, rows };
}
