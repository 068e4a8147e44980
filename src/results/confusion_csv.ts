import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import type { ConfusionRow } from "./run_row.ts";

const CONFUSION_TABLE: TableShape = {
  file: "confusion.csv",
  before: ["run", "seed", "actual", "predicted", "count"],
  after: [],
};

/** Writes the text of confusion.csv, in the order of the rows. */
export function confusionCsv(rows: readonly ConfusionRow[]): string {
  const records = rows.map(({ run, seed, actual, predicted, count }) => [
    run,
    seed,
    actual,
    predicted,
    count,
  ]);
  return formatTable(CONFUSION_TABLE, {}, records);
}

/**
 * Reads the text of confusion.csv.
 *
 * @throws {UserError} If `confusionCsv()` cannot have written it.
 */
export function readConfusion(text: string): ConfusionRow[] {
  return parseTable(CONFUSION_TABLE, text).map((row) => ({
    run: row.text("run"),
    seed: row.count("seed"),
    actual: row.text("actual"),
    predicted: row.text("predicted"),
    count: row.count("count"),
  }));
}

/** The positive entries of a run's confusion matrix, row by row; zeros have no line. */
export function confusionRows(
  { run, seed }: Pick<ConfusionRow, "run" | "seed">,
  confusion: readonly number[],
  classes: readonly string[],
): ConfusionRow[] {
  return classes.flatMap((actual, row) =>
    classes.flatMap((predicted, column) => {
      const count = confusion[row * classes.length + column];
      return count > 0 ? [{ run, seed, actual, predicted, count }] : [];
    })
  );
}

/** The confusion matrix of one run, as in `TestResult`, from its lines of confusion.csv. */
export function confusionIn(
  rows: readonly ConfusionRow[],
  classes: readonly string[],
): number[] {
  const confusion = new Array<number>(classes.length * classes.length).fill(0);
  const place = new Map(classes.map((name, index) => [name, index]));
  for (const { actual, predicted, count } of rows) {
    const [row, column] = [place.get(actual), place.get(predicted)];
    if (row === undefined || column === undefined) continue;
    confusion[row * classes.length + column] += count;
  }
  return confusion;
}
