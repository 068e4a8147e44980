import type { Dataset } from "./dataset.ts";
import type { Standardization } from "./split_options.ts";

/**
 * For each column, the mean to subtract from its values and the deviation to divide by; (columns).
 */
export interface Moments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

type Values = Pick<Dataset, "values" | "columns">;

/**
 * Mean and population standard deviation over some rows: of each column (`feature`), of all columns
 * together (`global`, the same numbers for each), or 0 and 1 (`none`).
 *
 * A deviation of 0 becomes 1. Computed in float64 in two passes: rows in the given order, columns
 * ascending, one accumulator per mean. The first value is subtracted before summing: this makes a
 * constant column's deviation exactly 0, and keeps precision for values far from 0.
 */
export function standardization(
  dataset: Values,
  rows: Int32Array,
  kind: Standardization,
): Moments {
  const { columns } = dataset;
  if (kind === "none" || rows.length === 0) {
    return { mean: new Float64Array(columns), deviation: new Float64Array(columns).fill(1) };
  }
  return kind === "global" ? globalMoments(dataset, rows) : columnMoments(dataset, rows);
}

/** Keeps both sums in local variables for speed: every run of a sweep calls this. */
function globalMoments({ values, columns }: Values, rows: Int32Array): Moments {
  const count = rows.length * columns;
  const first = values[rows[0] * columns];
  let sum = 0;
  for (const row of rows) {
    const end = (row + 1) * columns;
    for (let at = row * columns; at < end; at++) sum += values[at] - first;
  }
  const mean = first + sum / count;
  let squares = 0;
  for (const row of rows) {
    const end = (row + 1) * columns;
    for (let at = row * columns; at < end; at++) {
      const difference = values[at] - mean;
      squares += difference * difference;
    }
  }
  return {
    mean: new Float64Array(columns).fill(mean),
    deviation: new Float64Array(columns).fill(deviationOf(squares, count)),
  };
}

function columnMoments({ values, columns }: Values, rows: Int32Array): Moments {
  const first = values.slice(rows[0] * columns, (rows[0] + 1) * columns);
  const sums = new Float64Array(columns);
  for (const row of rows) {
    for (let column = 0; column < columns; column++) {
      sums[column] += values[row * columns + column] - first[column];
    }
  }
  const mean = sums.map((sum, column) => first[column] + sum / rows.length);
  const squares = new Float64Array(columns);
  for (const row of rows) {
    for (let column = 0; column < columns; column++) {
      const difference = values[row * columns + column] - mean[column];
      squares[column] += difference * difference;
    }
  }
  return { mean, deviation: squares.map((sum) => deviationOf(sum, rows.length)) };
}

function deviationOf(squares: number, count: number): number {
  return Math.sqrt(squares / count) || 1;
}
