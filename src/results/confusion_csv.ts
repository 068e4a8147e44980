import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import type { ConfusionRow } from "./run_row.ts";

/** As the first version wrote it. */
const FIRST_TABLE: TableShape = {
  file: "confusion.csv",
  before: ["run", "seed", "actual", "predicted", "count"],
  after: [],
};
const RECALL = "recall";
const CONFUSION_TABLE: TableShape = { ...FIRST_TABLE, after: [RECALL] };

/**
 * Writes the text of confusion.csv, in the order of the rows; as the first version did if the rows
 * are of a file that it wrote.
 */
export function confusionCsv(rows: readonly ConfusionRow[]): string {
  const isFirst = lacksRecall(rows);
  const records = rows.map(({ run, seed, actual, predicted, count, recall }) => [
    run,
    seed,
    actual,
    predicted,
    count,
    ...isFirst ? [] : [recall],
  ]);
  return formatTable(isFirst ? FIRST_TABLE : CONFUSION_TABLE, {}, records);
}

/**
 * Reads the text of confusion.csv.
 *
 * @throws {UserError} If `confusionCsv()` cannot have written it.
 */
export function readConfusion(text: string): ConfusionRow[] {
  const [header] = text.split("\n", 1);
  const isFirst = !header.trimEnd().endsWith(`,${RECALL}`);
  return parseTable(isFirst ? FIRST_TABLE : CONFUSION_TABLE, text).map((row) => {
    const recall = isFirst ? undefined : row.optionalNumber(RECALL);
    return {
      run: row.text("run"),
      seed: row.count("seed"),
      actual: row.text("actual"),
      predicted: row.text("predicted"),
      count: row.count("count"),
      ...recall !== undefined && { recall },
    };
  });
}

/** Whether rows are of a file of the first version, which had no recall. */
export function lacksRecall(rows: readonly ConfusionRow[]): boolean {
  const right = rows.filter(({ actual, predicted }) => actual === predicted);
  return right.length > 0 && right.every(({ recall }) => recall === undefined);
}

/** The positive entries of a run's confusion matrix, row by row; zeros have no line. */
export function confusionRows(
  { run, seed }: Pick<ConfusionRow, "run" | "seed">,
  confusion: readonly number[],
  classes: readonly string[],
): ConfusionRow[] {
  return classes.flatMap((actual, row) => {
    const counts = confusion.slice(row * classes.length, (row + 1) * classes.length);
    const rows = counts.reduce((sum, count) => sum + count, 0);
    return classes.flatMap((predicted, column) => {
      const count = counts[column];
      if (count === 0) return [];
      const recall = column === row ? { recall: count / rows } : {};
      return [{ run, seed, actual, predicted, count, ...recall }];
    });
  });
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
