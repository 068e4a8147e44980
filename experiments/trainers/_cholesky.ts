/**
 * Solves A·X = B by the Cholesky decomposition, A = L·Lᵀ, of a symmetric, positive semidefinite A.
 *
 * If rows of A are linearly dependent, as with columns of data that are constant or add up, there are
 * many solutions. In this one, each unknown whose row depends on those before it is 0.
 *
 * Shapes, row-major: a (n, n), whose lower triangle is read and becomes L; b (n, columns), which
 * becomes X.
 *
 * Source: Golub and Van Loan, Matrix Computations (2013), section 4.2.
 */
export function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const columns = b.length / n;
  for (let j = 0; j < n; j++) {
    // Below this, the pivot is 0 up to rounding.
    const least = a[j * n + j] * n * Number.EPSILON;
    const pivot = a[j * n + j] - dot(a, j * n, a, j * n, j);
    const root = pivot > least ? Math.sqrt(pivot) : 0;
    a[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      const rest = a[i * n + j] - dot(a, i * n, a, j * n, j);
      a[i * n + j] = root > 0 ? rest / root : 0;
    }
  }
  for (let column = 0; column < columns; column++) {
    const x = new Float64Array(n);
    // L·x = b, from the first row to the last
    for (let i = 0; i < n; i++) {
      const root = a[i * n + i];
      x[i] = root > 0 ? (b[i * columns + column] - dot(a, i * n, x, 0, i)) / root : 0;
    }
    // Lᵀ·x = x, from the last row to the first
    for (let i = n - 1; i >= 0; i--) {
      const root = a[i * n + i];
      if (root > 0) x[i] /= root;
      for (let j = 0; j < i; j++) x[j] -= a[i * n + j] * x[i];
    }
    for (let i = 0; i < n; i++) b[i * columns + column] = x[i];
  }
  return b;
}

/** The sum of the products of `length` numbers of a and b, from their indices on. */
function dot(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[i + k] * b[j + k];
  return sum;
}
