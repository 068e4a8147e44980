import { FIXED_COLUMNS } from "../measures/fixed_columns.ts";
import { formatValue } from "../trainers/format_value.ts";
import { UserError } from "../user_error.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import type { ResultColumns } from "./result_columns.ts";
import type { HalvingRow } from "./run_row.ts";
import type { TableRow } from "./table_row.ts";

const HALVING_TABLE: TableShape = {
  file: "halving.csv",
  ...FIXED_COLUMNS.halving,
};

/** Writes the text of halving.csv: a line per rung and cell, in the experiment's order. */
export function halvingCsv(rows: readonly HalvingRow[], { swept }: ResultColumns): string {
  const records = rows.map(({ step, cell, values, n, mean, isKept }) => [
    step,
    cell,
    ...swept.map((key) => formatValue(values[key])),
    n,
    mean,
    isKept ? "kept" : "stopped",
  ]);
  return formatTable(HALVING_TABLE, { swept }, records);
}

/**
 * Reads the text of halving.csv.
 *
 * @throws {UserError} If `halvingCsv()` cannot have written it.
 */
export function readHalving(text: string): HalvingRow[] {
  return parseTable(HALVING_TABLE, text).map((row) => ({
    step: row.count("stopped_at"),
    cell: row.text("cell"),
    values: row.values(),
    n: row.count("n"),
    mean: meanIn(row),
    isKept: isKeptIn(row),
  }));
}

/** Earlier versions wrote an absent mean as NaN. */
function meanIn(row: TableRow): number | undefined {
  const mean = row.optionalNumber("mean");
  return row.count("n") === 0 && Number.isNaN(mean) ? undefined : mean;
}

function isKeptIn(row: TableRow): boolean {
  const outcome = row.text("outcome");
  if (outcome === "kept" || outcome === "stopped") return outcome === "kept";
  const message = `Cannot use "${outcome}" as outcome: it must be kept or stopped`;
  throw new UserError({ message, place: row.place });
}
