import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import type { PredictionRow } from "./run_row.ts";

const PREDICTIONS_TABLE: TableShape = {
  file: "predictions.csv",
  before: ["run", "seed", "row", "actual", "predicted"],
  after: [],
};

/** Writes the text of predictions.csv, in the order of the rows. */
export function predictionsCsv(rows: readonly PredictionRow[]): string {
  const records = rows.map(({ run, seed, row, actual, predicted }) => [
    run,
    seed,
    row,
    actual,
    predicted,
  ]);
  return formatTable(PREDICTIONS_TABLE, {}, records);
}

/**
 * Reads the text of predictions.csv.
 *
 * @throws {UserError} If `predictionsCsv()` cannot have written it.
 */
export function readPredictions(text: string): PredictionRow[] {
  return parseTable(PREDICTIONS_TABLE, text).map((row) => ({
    run: row.text("run"),
    seed: row.count("seed"),
    row: row.count("row"),
    actual: row.number("actual"),
    predicted: row.number("predicted"),
  }));
}

/**
 * The lines of one run, in the order of the test rows.
 *
 * @param predictions As in `TestResult`.
 * @param test.rows The test rows' numbers in the dataset.
 * @param test.targets Quantities by the dataset's row.
 */
export function predictionRows(
  { run, seed }: Pick<PredictionRow, "run" | "seed">,
  predictions: readonly number[],
  { rows, targets }: { rows: Int32Array; targets: Float64Array },
): PredictionRow[] {
  // CSV files write -0 as 0.
  return predictions.map((predicted, index) => {
    const row = rows[index];
    return { run, seed, row, actual: targets[row] + 0, predicted: predicted + 0 };
  });
}
