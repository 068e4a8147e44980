import { formatValue } from "../trainers/format_value.ts";
import { UserError } from "../user_error.ts";
import { parseValue } from "./parse_value.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import type { UnitRow } from "./run_row.ts";
import type { TableRow } from "./table_row.ts";

const UNITS_TABLE: TableShape = {
  file: "units.csv",
  before: ["run", "cell", "seed", "unit", "weights"],
  after: [],
};

/** Writes the text of units.csv, in the order of the rows. */
export function unitsCsv(rows: readonly UnitRow[]): string {
  const records = rows.map(({ run, cell, seed, unit, weights }) => [
    run,
    cell,
    seed,
    unit,
    formatValue(weights),
  ]);
  return formatTable(UNITS_TABLE, {}, records);
}

/**
 * Reads the text of units.csv.
 *
 * @throws {UserError} If `unitsCsv()` cannot have written it.
 */
export function readUnits(text: string): UnitRow[] {
  return parseTable(UNITS_TABLE, text).map((row) => ({
    run: row.text("run"),
    cell: row.text("cell"),
    seed: row.count("seed"),
    unit: row.count("unit"),
    weights: weightsIn(row),
  }));
}

function weightsIn(row: TableRow): number[] {
  const value = parseValue(row.text("weights"));
  const weights = typeof value === "object" ? value.map(Number) : [];
  if (weights.length > 0 && weights.every(Number.isFinite)) return weights;
  throw new UserError({ message: "Weights must be a list of numbers", place: row.place });
}
