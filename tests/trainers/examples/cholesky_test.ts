import { assert, assertEquals } from "@std/assert";
import { solve } from "../../../experiments/trainers/_cholesky.ts";
import { randomStream } from "../../../src/random_stream.ts";

/** XᵀX of random X (rows, n). */
function gramOf(rows: number, n: number, columnOf: (x: Float64Array) => void = () => {}) {
  const random = randomStream(`${rows}/${n}`);
  const gram = new Float64Array(n * n);
  for (let row = 0; row < rows; row++) {
    const x = new Float64Array(n).map(() => random() - 0.5);
    columnOf(x);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) gram[i * n + j] += x[i] * x[j];
  }
  return gram;
}

/** a·x, of (n, n) and (n, columns). */
function multiply(a: Float64Array, x: Float64Array, n: number): Float64Array {
  const columns = x.length / n;
  return new Float64Array(x.length).map((_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      sum += a[Math.floor(at / columns) * n + k] * x[k * columns + at % columns];
    }
    return sum;
  });
}

function assertClose(actual: Float64Array, expected: Float64Array): void {
  const errors = actual.map((value, at) => Math.abs(value - expected[at]));
  // Some tens of roundings, times the condition of the matrices.
  assert(Math.max(...errors) < 1e-11, `they differ by ${Math.max(...errors)}`);
}

Deno.test("solve() finds what a matrix was multiplied with", () => {
  for (const n of [1, 2, 7, 30]) {
    const a = gramOf(2 * n + 5, n);
    const x = new Float64Array(3 * n).map((_, at) => at % 7 - 3);
    assertClose(solve(a.slice(), multiply(a, x, n), n), x);
  }
});

Deno.test("solve() reads the lower triangle only", () => {
  const a = gramOf(20, 4);
  const b = Float64Array.of(1, 2, 3, 4);
  const lower = a.map((value, at) => at % 4 > Math.floor(at / 4) ? NaN : value);
  assertEquals(solve(lower, b.slice(), 4), solve(a, b, 4));
});

Deno.test("solve() gives one solution where columns are 0, or sums of others", () => {
  const n = 6;
  const a = gramOf(40, n, (x) => {
    x[1] = 0;
    x[4] = 2 * x[0] - x[3];
  });
  const b = multiply(a, Float64Array.of(1, 2, 3, 4, 5, 6), n);
  const x = solve(a.slice(), b.slice(), n);
  assertEquals([x[1], x[4]], [0, 0]);
  assertClose(multiply(a, x, n), b);
});
