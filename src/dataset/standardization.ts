import type { Standardization } from "../experiment/experiment.ts";
import type { Dataset } from "./dataset.ts";

/** What to subtract from a column's values, and then to divide them by; (columns) each. */
export interface Moments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Mean and population standard deviation over some rows: of each column (`feature`), of all columns
 * together (`global`, the same numbers for each), or 0 and 1 (`none`).
 *
 * A deviation of 0 becomes 1. Everything is float64 in two passes, rows as given, columns ascending,
 * one accumulator per mean. The first value is subtracted before summing: that makes a constant
 * column's deviation exactly 0, and keeps the digits of values far from 0.
 */
export function standardization(
  dataset: Pick<Dataset, "features" | "columns">,
  rows: Int32Array,
  kind: Standardization,
): Moments {
  const { features, columns } = dataset;
  if (kind === "none" || rows.length === 0) {
    return { mean: new Float64Array(columns), deviation: new Float64Array(columns).fill(1) };
  }
  const isGlobal = kind === "global";
  const groups = isGlobal ? 1 : columns;
  const count = isGlobal ? rows.length * columns : rows.length;
  const first = features.slice(rows[0] * columns, rows[0] * columns + groups);

  const sums = new Float64Array(groups);
  for (const row of rows) {
    for (let column = 0; column < columns; column++) {
      const group = isGlobal ? 0 : column;
      sums[group] += features[row * columns + column] - first[group];
    }
  }
  const means = sums.map((sum, group) => first[group] + sum / count);

  const squares = new Float64Array(groups);
  for (const row of rows) {
    for (let column = 0; column < columns; column++) {
      const group = isGlobal ? 0 : column;
      const difference = features[row * columns + column] - means[group];
      squares[group] += difference * difference;
    }
  }
  const deviations = squares.map((sum) => Math.sqrt(sum / count) || 1);

  const perColumn = (values: Float64Array) =>
    Float64Array.from({ length: columns }, (_, column) => values[isGlobal ? 0 : column]);
  return { mean: perColumn(means), deviation: perColumn(deviations) };
}
