import { FIXED_COLUMNS, MEAN_PREFIX } from "../measures/fixed_columns.ts";
import { formatValue } from "../trainers/format_value.ts";
import type { CellSummary } from "./cell_summary.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import type { ResultColumns } from "./result_columns.ts";

const CELLS_TABLE: TableShape = {
  file: "cells.csv",
  ...FIXED_COLUMNS.cells,
};

/** Writes the text of cells.csv: a line per summary, in the given order. */
export function cellsCsv(cells: readonly CellSummary[], { swept, runs }: ResultColumns): string {
  const records = cells.map((cell) => [
    cell.cell,
    ...swept.map((key) => formatValue(cell.values[key])),
    cell.n,
    cell.mean,
    cell.sd,
    cell.ciLow,
    cell.ciHigh,
    cell.means.steps,
    ...runs.map((column) => cell.means[column]),
    cell.diverged,
    cell.failed,
  ]);
  return formatTable(
    CELLS_TABLE,
    { swept, measures: runs.map((column) => MEAN_PREFIX + column) },
    records,
  );
}

/**
 * Reads the text of cells.csv.
 *
 * @throws {UserError} If `cellsCsv()` cannot have written it.
 */
export function readCells(text: string): CellSummary[] {
  return parseTable(CELLS_TABLE, text).map((row) => ({
    cell: row.text("cell"),
    values: row.values(),
    n: row.count("n"),
    mean: row.optionalNumber("mean"),
    sd: row.optionalNumber("sd"),
    ciLow: row.optionalNumber("ci_low"),
    ciHigh: row.optionalNumber("ci_high"),
    means: row.optionalMeasures(MEAN_PREFIX, `${MEAN_PREFIX}steps`),
    diverged: row.count("diverged"),
    failed: row.count("failed"),
  }));
}
