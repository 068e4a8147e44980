import { assertAlmostEquals, assertEquals } from "@std/assert";
import { standardization } from "../../src/dataset/standardization.ts";
import fixture from "../fixtures/dataset/moments.json" with { type: "json" };

/** Both sum in float64, in different orders. */
const RELATIVE = 1e-12;

function table(rows: readonly (readonly number[])[]) {
  const columns = rows[0].length;
  const values = new Float64Array(new SharedArrayBuffer(8 * rows.length * columns));
  values.set(rows.flat());
  return { values, columns };
}

const rows = Int32Array.from(fixture.rows);

Deno.test("standardization() equals NumPy per feature", () => {
  const { mean, deviation } = standardization(table(fixture.features), rows, "feature");
  for (const [column, expected] of fixture.feature.mean.entries()) {
    assertAlmostEquals(mean[column], expected, RELATIVE * Math.abs(expected));
  }
  // The last column is constant, and its deviation a case of its own.
  for (const [column, expected] of fixture.feature.deviation.slice(0, -1).entries()) {
    assertAlmostEquals(deviation[column], expected, RELATIVE * expected);
  }
});

Deno.test("standardization() equals NumPy over all columns, and repeats it for each", () => {
  const firstTwo = fixture.features.map((row) => row.slice(0, 2));
  const { mean, deviation } = standardization(table(firstTwo), rows, "global");
  assertAlmostEquals(mean[0], fixture.global.mean, RELATIVE * fixture.global.mean);
  assertAlmostEquals(deviation[0], fixture.global.deviation, RELATIVE * fixture.global.deviation);
  assertEquals([mean[1], deviation[1]], [mean[0], deviation[0]]);
});

Deno.test("standardization() looks at the given rows alone", () => {
  const { mean, deviation } = standardization(
    table([[1], [1e300], [3]]),
    Int32Array.of(0, 2),
    "feature",
  );
  assertEquals([mean[0], deviation[0]], [2, 1]);
});

Deno.test("standardization() gives a constant column its exact mean and deviation 1", () => {
  const constant = table(Array.from({ length: 7 }, () => [0.1, 0.1]));
  const all = Int32Array.from({ length: 7 }, (_, row) => row);
  for (const kind of ["feature", "global"] as const) {
    const { mean, deviation } = standardization(constant, all, kind);
    assertEquals([...mean, ...deviation], [0.1, 0.1, 1, 1]);
  }
});

Deno.test("standardization() is 0 and 1 for none", () => {
  const { mean, deviation } = standardization(table([[5, 6], [7, 9]]), Int32Array.of(0, 1), "none");
  assertEquals([...mean, ...deviation], [0, 0, 1, 1]);
});
