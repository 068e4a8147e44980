import { formatValue } from "../trainers/format_value.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { RUN_FIGURES } from "./figures.ts";
import type { CellSummary } from "./cell_summary.ts";

const CELLS_TABLE: TableShape = {
  file: "cells.csv",
  before: ["cell"],
  after: [
    "n",
    "mean",
    "sd",
    "ci_low",
    "ci_high",
    ...RUN_FIGURES.map((figure) => `mean_${figure}`),
    "diverged",
    "failed",
  ],
};

/** The text of cells.csv: a line per summary, in their order. */
export function cellsCsv(cells: readonly CellSummary[]): string {
  const sweptKeys = Object.keys(cells[0]?.values ?? {});
  const records = cells.map((cell) => [
    cell.cell,
    ...sweptKeys.map((key) => formatValue(cell.values[key])),
    cell.n,
    cell.mean,
    cell.sd,
    cell.ciLow,
    cell.ciHigh,
    ...RUN_FIGURES.map((figure) => cell.means[figure]),
    cell.diverged,
    cell.failed,
  ]);
  return formatTable(CELLS_TABLE, sweptKeys, records);
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
    n: row.number("n"),
    mean: row.optionalNumber("mean"),
    sd: row.optionalNumber("sd"),
    ciLow: row.optionalNumber("ci_low"),
    ciHigh: row.optionalNumber("ci_high"),
    means: Object.fromEntries(
      RUN_FIGURES.map((figure) => [figure, row.optionalNumber(`mean_${figure}`)]),
    ),
    diverged: row.number("diverged"),
    failed: row.number("failed"),
  }));
}
