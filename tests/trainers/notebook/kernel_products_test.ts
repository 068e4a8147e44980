import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { KernelProducts } from "../../../src/trainers/notebook/_kernel_products.ts";
import type { LanePanels } from "../../../src/trainers/notebook/_lane_panels.ts";
import { createMatrix, type Matrix, transposed } from "../../../src/trainers/notebook/_matrix.ts";
import { NumpyRandom } from "../../../src/trainers/notebook/numpy_random.ts";

const kernels = instantiateKernels(await loadKernelsModule(), "f64");
const size = fc.integer({ min: 1, max: 20 });

Deno.test("KernelProducts multiplies matrices of all shapes", () => {
  fc.assert(fc.property(size, size, size, (rows, inner, columns) => {
    const products = new KernelProducts(kernels);
    const a = normal(rows, inner, 1);
    const b = normal(inner, columns, 2);
    const expected = product(a, b);

    const out = createMatrix(rows, columns);
    products.multiply(out, a, b);
    assertSame(out, expected);
    products.multiplyTransposed(out, transposed(a), b);
    assertSame(out, expected);

    products.multiply(out, inPanels(products, a), b);
    assertSame(out, expected);
    products.multiplyTransposed(out, inPanels(products, transposed(a)), b);
    assertSame(out, expected);
  }));
});

Deno.test("KernelProducts.forward() adds its bias, and relu() keeps what is above 0", () => {
  fc.assert(fc.property(size, size, size, (rows, inner, columns) => {
    const products = new KernelProducts(kernels);
    const a = normal(rows, inner, 1);
    const b = normal(inner, columns, 2);
    const expected = product(a, b);
    expected.values.forEach((value, i) => expected.values[i] = value + 0.5);

    const panels = products.panels(rows, columns);
    products.forward(panels, inPanels(products, a), b, 0.5);
    assertSame(outOf(panels), expected);
    products.relu(panels);
    expected.values.forEach((value, i) => expected.values[i] = Math.max(value, 0));
    assertSame(outOf(panels), expected);
  }));
});

Deno.test("LanePanels hold each row where they say", () => {
  const panels = new KernelProducts(kernels).panels(3, 5);
  panels.load(normal(3, 5, 3));
  const row = (i: number) =>
    Array.from({ length: 5 }, (_, j) => panels.values[panels.start(i) + j * panels.step]);
  assertEquals([0, 1, 2].flatMap(row), [...normal(3, 5, 3).values]);
  assertEquals(row(3), [0, 0, 0, 0, 0]);
});

function normal(rows: number, columns: number, seed: number): Matrix {
  const random = new NumpyRandom(seed);
  return { rows, columns, values: createMatrix(rows, columns).values.map(() => random.randn()) };
}

function product(a: Matrix, b: Matrix): Matrix {
  const out = createMatrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++) {
      for (let k = 0; k < a.columns; k++) {
        out.values[i * b.columns + j] += a.values[i * a.columns + k] * b.values[k * b.columns + j];
      }
    }
  }
  return out;
}

function inPanels(products: KernelProducts, matrix: Matrix): LanePanels {
  const panels = products.panels(matrix.rows, matrix.columns);
  panels.load(matrix);
  return panels;
}

function outOf(panels: LanePanels): Matrix {
  const out = createMatrix(panels.rows, panels.columns);
  panels.store(out);
  return out;
}

/** Up to rounding: 20 terms of a few units, each wrong by 1e-16 of itself. */
function assertSame(actual: Matrix, expected: Matrix): void {
  for (const [i, value] of expected.values.entries()) {
    assertAlmostEquals(actual.values[i], value, 1e-13);
  }
}
