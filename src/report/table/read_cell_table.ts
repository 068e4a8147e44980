import { join } from "node:path";
import { checkRows } from "../../results/check_rows.ts";
import type { Manifest } from "../../results/manifest.ts";
import { readManifest } from "../../results/read_manifest.ts";
import { readResultFile } from "../../results/read_result_file.ts";
import { OTHER_FILES, readTableTexts, rowsIn } from "../../results/result_files.ts";
import { checkUnchanged } from "../../results/check_unchanged.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { analysisOf, withIntervals } from "../analysis_of.ts";
import { withDisplayNames } from "../display_names.ts";
import { rankCells } from "../report_cell.ts";
import type { CellTable } from "./cell_table.ts";
import { makeCellTable } from "./make_cell_table.ts";

/** A sweep's table of cells, and what it answers. */
export interface SweepTable {
  readonly table: CellTable;
  readonly manifest: Manifest;
  readonly analysis: Analysis;
}

/** The files that the table is made from. */
const TABLES = ["runs", "cells", "comparisons", "looks", "test"] as const;

/**
 * Reads the table of cells from a sweep's folder.
 *
 * @throws {UserError} If a file is missing or is not what a sweep writes, or was changed since.
 */
export async function readCellTable(folder: string): Promise<SweepTable> {
  const path = join(folder, OTHER_FILES.manifest.name);
  const manifest = readManifest(await readResultFile(path, folder));
  const texts = await readTableTexts(folder, TABLES, (file) => file in manifest.files);
  await checkUnchanged(texts, { manifest, doing: `make a table of ${folder}` });
  const rows = rowsIn(texts);
  const written = withIntervals({ manifest, curves: [], histograms: [], ...rows });
  checkRows(manifest, written);
  const { input, cells, analysis } = withDisplayNames({
    input: written,
    cells: rankCells(written),
    analysis: analysisOf(written),
  });
  const { test } = input;
  const table = makeCellTable(cells, { analysis, manifest: input.manifest, test });
  return { table, manifest, analysis };
}
