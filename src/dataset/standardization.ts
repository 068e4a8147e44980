import { medianOf, quantileOf } from "./_quantile.ts";
import type { Standardization } from "./preparation_options.ts";

/**
 * For each column, what to subtract from its values and what to divide by: mean and deviation, or what
 * stands in their place; (columns).
 */
export interface Moments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Values (rows, columns), row-major. */
interface Values {
  readonly values: Float64Array;
  readonly columns: number;
}

/**
 * What to subtract from each column, and what to divide by: mean and population standard deviation over
 * some rows, of each column (`feature`) or of all columns together (`global`, the same numbers for
 * each); median and interquartile range of each column (`robust`); or 0 and 1 (`none`).
 *
 * A deviation or a range of 0 becomes 1. Computed in float64. Moments take two passes: rows in the
 * given order, columns ascending, one accumulator per mean. The first value is subtracted before
 * summing: this makes a constant column's deviation exactly 0, and keeps precision for values far
 * from 0. Quantiles are interpolated linearly, as NumPy does.
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
  if (kind === "robust") return quartiles(dataset, rows);
  if (kind === "feature") return featureMoments(dataset, rows);
  const { mean, deviation } = globalMoments(dataset, rows);
  return {
    mean: new Float64Array(columns).fill(mean),
    deviation: new Float64Array(columns).fill(deviation),
  };
}

/** `standardization()` of one column, given as its values in the rows. */
export function columnMoments(
  column: Float64Array,
  kind: Exclude<Standardization, "global">,
): { mean: number; deviation: number } {
  if (kind === "none" || column.length === 0) return { mean: 0, deviation: 1 };
  if (kind === "robust") return columnQuartiles(column.toSorted());
  // The same sums as those of a single row of all its values.
  return globalMoments({ values: column, columns: column.length }, Int32Array.of(0));
}

/** Keeps both sums in local variables for speed: every run of a sweep calls this. */
function globalMoments(
  { values, columns }: Values,
  rows: Int32Array,
): { mean: number; deviation: number } {
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
  return { mean, deviation: deviationOf(squares, count) };
}

function featureMoments({ values, columns }: Values, rows: Int32Array): Moments {
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

function quartiles({ values, columns }: Values, rows: Int32Array): Moments {
  const mean = new Float64Array(columns);
  const deviation = new Float64Array(columns);
  const sorted = new Float64Array(rows.length);
  for (let column = 0; column < columns; column++) {
    for (let at = 0; at < rows.length; at++) sorted[at] = values[rows[at] * columns + column];
    const { mean: median, deviation: range } = columnQuartiles(sorted.sort());
    mean[column] = median;
    deviation[column] = range;
  }
  return { mean, deviation };
}

function columnQuartiles(sorted: Float64Array): { mean: number; deviation: number } {
  const range = quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25);
  return { mean: medianOf(sorted), deviation: range || 1 };
}

function deviationOf(squares: number, count: number): number {
  return Math.sqrt(squares / count) || 1;
}
