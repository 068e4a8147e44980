import { isWithFold, withFold } from "./_fold_column.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { type HeldOutRow, TEST_ROLES } from "./held_out_row.ts";
import type { ResultColumns } from "./result_columns.ts";
import { wordIn } from "./word_in.ts";

const TEST_TABLE: TableShape = {
  file: "test.csv",
  before: ["run", "cell", "role", "seed", "status"],
  after: [],
  end: [],
};
const TEST = "test_";
const STATUSES = ["completed", "diverged", "failed"] as const;

/** Writes the text of test.csv: a line per run, in the given order; spaces separate the roles. */
export function heldOutCsv(rows: readonly HeldOutRow[], { test }: ResultColumns): string {
  const hasFolds = rows.some(({ fold }) => fold !== undefined);
  const records = rows.map(({ run, cell, roles, seed, fold, status, measures }) => [
    run,
    cell,
    roles.join(" "),
    seed,
    ...hasFolds ? [fold] : [],
    status,
    ...test.map((key) => measures?.[key]),
  ]);
  const shape = hasFolds ? withFold(TEST_TABLE) : TEST_TABLE;
  return formatTable(shape, { measures: test.map((key) => TEST + key) }, records);
}

/**
 * Reads the text of test.csv.
 *
 * @throws {UserError} If `heldOutCsv()` cannot have written it.
 */
export function readHeldOut(text: string): HeldOutRow[] {
  const hasFolds = isWithFold(TEST_TABLE, text);
  return parseTable(hasFolds ? withFold(TEST_TABLE) : TEST_TABLE, text).map((row) => {
    const status = wordIn(row.text("status"), STATUSES, { row, column: "status" });
    const base = {
      run: row.text("run"),
      cell: row.text("cell"),
      roles: row.text("role").split(" ")
        .map((role) => wordIn(role, TEST_ROLES, { row, column: "role" })),
      seed: row.count("seed"),
      ...hasFolds && { fold: row.count("fold") },
      status,
    };
    if (status !== "completed") return base;
    return { ...base, measures: row.measuresWithout(TEST) };
  });
}
