import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type CellCounts, exactOdds } from "../../src/statistics/exact_odds.ts";
import cases from "../fixtures/statistics/odds.json" with { type: "json" };

/** SciPy's roots are found to about 11 digits. */
const DIGITS = 1e-9;

Deno.test("exactOdds() equals SciPy’s exact test and conditional odds ratio", () => {
  for (const { groups, ...expected } of cases) {
    const test = exactOdds(groups);
    assert(test);
    for (const key of ["pValue", "odds", "low", "high"] as const) {
      // JSON has no infinity.
      const value = expected[key] ?? Infinity;
      if (!Number.isFinite(value)) assertEquals(test[key], value);
      else assertAlmostEquals(test[key], value, DIGITS * value, `${key} of ${groups.length}`);
    }
  }
});

Deno.test("exactOdds() tests nothing where counts leave one possibility", () => {
  const all: CellCounts = { cells: 16, best: 8, having: 16, bestHaving: 8 };
  assertEquals(exactOdds([all]), undefined);
  assertEquals(exactOdds([all, { cells: 8, best: 4, having: 0, bestHaving: 0 }]), undefined);
  assertEquals(exactOdds([]), undefined);
  const one = { cells: 16, best: 8, having: 5, bestHaving: 4 };
  assertEquals(exactOdds([all, one]), exactOdds([one]));
});

Deno.test("exactOdds() neither overflows nor underflows with a thousand cells", () => {
  const test = exactOdds([{ cells: 1000, best: 500, having: 500, bestHaving: 490 }]);
  assert(test && test.pValue > 0 && test.pValue < 1e-250);
  assert(test.low > 500 && test.odds > test.low && test.high > test.odds && test.high < 10_000);
  const even = exactOdds([{ cells: 1000, best: 500, having: 500, bestHaving: 250 }]);
  assert(even && even.pValue > 0.999 && even.low < 1 && even.high > 1);
});
