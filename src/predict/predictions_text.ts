import { formatTable } from "../results/csv_table.ts";
import type { TablePredictions } from "./predict_table.ts";

/**
 * Writes predictions as CSV: a line for each row of the table, with its number from 1, its `id` and its
 * `actual` target where the table has them, what is `predicted`, and each class's probability.
 */
export function predictionsText(
  { rows, classes, score }: Pick<TablePredictions, "rows" | "classes" | "score">,
): string {
  const hasIds = rows.some(({ id }) => id !== undefined);
  const before = [
    "row",
    ...hasIds ? ["id"] : [],
    ...score ? ["actual"] : [],
    "predicted",
    ...classes.map((name) => `probability_${name}`),
  ];
  // CSV files write -0 as 0.
  const plain = (value: string | number | undefined) => {
    return typeof value === "number" ? value + 0 : value;
  };
  const records = rows.map(({ row, id, actual, predicted, probabilities = [] }) => [
    row,
    ...hasIds ? [id] : [],
    ...score ? [plain(actual)] : [],
    plain(predicted),
    ...probabilities,
  ]);
  return formatTable({ file: "predictions.csv", before, after: [] }, {}, records);
}
