import type { Manifest } from "../../results/manifest.ts";
import { readResults } from "../../results/read_results.ts";
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

/**
 * Reads the table of cells from a sweep's folder.
 *
 * @throws {UserError} If a file is missing or is not what a sweep writes, or was changed since.
 */
export async function readCellTable(folder: string): Promise<SweepTable> {
  const { manifest, rows } = await readResults(folder, {
    doing: `make a table of ${folder}`,
    others: ["looks", "test"],
  });
  const written = withIntervals({ manifest, ...rows });
  const { input, cells, analysis } = withDisplayNames({
    input: written,
    cells: rankCells(written),
    analysis: analysisOf(written),
  });
  const { test } = input;
  const table = makeCellTable(cells, { analysis, manifest: input.manifest, test });
  return { table, manifest, analysis };
}
