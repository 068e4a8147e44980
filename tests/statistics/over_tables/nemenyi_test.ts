import { assert } from "@std/assert";
import { criticalDifference, nemenyiPValue } from "../../../src/statistics/over_tables/nemenyi.ts";
import {
  studentizedRangeCdf,
  studentizedRangeQuantile,
} from "../../../src/statistics/over_tables/studentized_range.ts";
import fixtures from "../../fixtures/statistics/over_tables.json" with { type: "json" };

/** SciPy integrates with fewer digits. */
const TOLERANCE = 1e-9;

function assertNear(actual: number, expected: number): void {
  assert(Math.abs(actual - expected) <= TOLERANCE, `${actual} is not ${expected}`);
}

for (const { k, q, cdf, probability, quantile } of fixtures.studentizedRange) {
  Deno.test(`studentizedRangeCdf() and its quantile of ${k} values equal SciPy's`, () => {
    q.forEach((q, index) => assertNear(studentizedRangeCdf(q, k), cdf[index]));
    probability.forEach((p, index) => {
      const own = studentizedRangeQuantile(p, k);
      assertNear(studentizedRangeCdf(own, k), p);
      assertNear(own / quantile[index], 1);
    });
  });
}

for (const { scores, criticalDifference: expected, pairs } of fixtures.friedman) {
  const design = { tables: scores.length, cells: scores[0].length };
  Deno.test(`criticalDifference() and p of ${design.cells} cells on ${design.tables} tables equal SciPy's`, () => {
    assertNear(criticalDifference(design, 0.05) / expected, 1);
    for (const { difference, pValue } of pairs) {
      assertNear(nemenyiPValue(difference, design), pValue);
      assertNear(nemenyiPValue(-difference, design), pValue);
    }
  });
}

Deno.test("criticalDifference() of Demšar's example with 4 cells on 14 tables is 1.25", () => {
  assert(Math.abs(criticalDifference({ cells: 4, tables: 14 }, 0.05) - 1.25) < 0.005);
});
