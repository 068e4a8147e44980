/** A float64 matrix, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A matrix of zeros. */
export function createMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/** out[to[n],:] −= factors[n]·b[from[n],:] for every n, one after the other. */
export function subtractRows(
  { values, columns }: Matrix,
  to: Int32Array,
  factors: Float64Array,
  b: Matrix,
  from: Int32Array,
): void {
  for (let n = 0; n < factors.length; n++) {
    const [i, k] = [to[n] * columns, from[n] * columns];
    for (let j = 0; j < columns; j++) values[i + j] -= factors[n] * b.values[k + j];
  }
}

/** out[i,:] += scale·row for every i. */
export function addToRows({ values, columns }: Matrix, scale: number, row: Float64Array): void {
  for (let start = 0; start < values.length; start += columns) {
    for (let j = 0; j < columns; j++) values[start + j] += scale * row[j];
  }
}

/** Σ_i a[i,:]. */
export function columnSums({ values, columns }: Matrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let start = 0; start < values.length; start += columns) {
    for (let j = 0; j < columns; j++) sums[j] += values[start + j];
  }
  return sums;
}

/** aᵀ. */
export function transposed({ rows, columns, values }: Matrix): Matrix {
  const out = createMatrix(columns, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out.values[j * rows + i] = values[i * columns + j];
  }
  return out;
}
