import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { SignFlips } from "../../src/statistics/sign_flips.ts";
import cases from "../fixtures/statistics/sign_flips.json" with { type: "json" };

const test = new SignFlips();

Deno.test("SignFlips looks at all signs of up to 20 differences", () => {
  const exact = cases.filter(({ rows }) => rows.length <= 20);
  assertEquals(new Set(exact.map(({ rows }) => rows.length)).size, 7);
  for (const { rows, of, pValue } of exact) {
    // Exactly: both are a count divided by a power of two.
    assertEquals(test.pValue(rows), pValue);
    // Accuracies tie where rows do, whatever rounding makes of their differences.
    const accuracies = rows.map((row, seed) => [(320 + seed + row) / of, (320 + seed) / of]);
    assertEquals(test.pValue(accuracies.map(([cell, baseline]) => cell - baseline)), pValue);
  }
});

Deno.test("SignFlips draws 100,000 choices of signs of more differences", () => {
  for (const { rows, of, pValue } of cases.filter(({ rows }) => rows.length > 20)) {
    const drawn = test.pValue(rows.map((row) => row / of));
    // Four standard deviations of a share of so many draws; and the observed signs are one more.
    const tolerance = 4 * Math.sqrt(pValue * (1 - pValue) / 1e5) + 1e-5;
    assert(Math.abs(drawn - pValue) <= tolerance, `${drawn} is not ${pValue} of ${rows.length}`);
  }
});

Deno.test("SignFlips draws the same signs every time, whatever it drew before", () => {
  const differences = Array.from({ length: 45 }, (_, index) => (index % 7) - 2.8);
  const fresh = new SignFlips();
  fresh.pValue(differences.slice(0, 25));
  assertEquals(fresh.pValue(differences), new SignFlips().pValue(differences));
  // A golden value: the draws are part of what comparisons.csv says.
  assertEquals(fresh.pValue(differences), 0.8354416455835442);
});

Deno.test("SignFlips never gives 0, nor more than 1", () => {
  assertEquals(test.pValue(Array.from({ length: 64 }, () => 1)), 1 / 100_001);
  assertEquals(test.pValue([0, 0]), 1);
  assertEquals(test.pValue(Array.from({ length: 30 }, () => 0)), 1);
  assertEquals(test.pValue([3]), 1);
});

Deno.test("SignFlips is symmetric, and does not change with the unit", () => {
  const differences = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(differences, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (rows, unit) => {
      const p = test.pValue(rows);
      assertEquals(test.pValue(rows.map((row) => -row)), p);
      assertEquals(test.pValue(rows.map((row) => row * unit)), p);
    }),
    { numRuns: 50 },
  );
});
