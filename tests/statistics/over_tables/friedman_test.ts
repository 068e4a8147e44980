import { assertEquals } from "@std/assert";
import { chiSquareTail } from "../../../src/statistics/over_tables/_distributions.ts";
import { friedman } from "../../../src/statistics/over_tables/friedman.ts";
import { rankScores } from "../../../src/statistics/over_tables/rank_scores.ts";
import fixtures from "../../fixtures/statistics/over_tables.json" with { type: "json" };
import { assertClose } from "../_assert_close.ts";

for (const [index, { scores, ranks, ...expected }] of fixtures.friedman.entries()) {
  const [tables, cells] = [scores.length, scores[0].length];
  Deno.test(`friedman() of ${tables} tables and ${cells} cells (${index}) equals SciPy's`, () => {
    const own = scores.map((table) => rankScores(table, { largerIsBetter: true }));
    assertEquals(own, ranks);
    const test = friedman(own);
    // χ² is a small difference of sums of squares.
    assertClose(test?.chiSquare, expected.chiSquare, 3 * tables * (cells + 1));
    assertClose(chiSquareTail(test?.chiSquare ?? NaN, cells - 1), expected.pChiSquare, 1);
    assertClose(test?.f, expected.f, 3 * tables * (cells + 1));
    assertEquals([...test?.df ?? []], expected.df);
    assertClose(test?.pValue, expected.pValue, 1);
  });
}

Deno.test("friedman() has no F where all tables have the same ranks, and p is that of χ²", () => {
  const test = friedman([[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]]);
  assertClose(test?.chiSquare, 8);
  assertEquals(test?.f, undefined);
  assertClose(test?.pValue, 0.01831563888873418);
});

Deno.test("friedman() needs two tables, two cells and a difference", () => {
  assertEquals(friedman([]), undefined);
  assertEquals(friedman([[1, 2, 3]]), undefined);
  assertEquals(friedman([[1], [1]]), undefined);
  assertEquals(friedman([[1.5, 1.5], [1.5, 1.5]]), undefined);
});

Deno.test("rankScores() gives equal scores the mean of their ranks, and those without a value the last", () => {
  assertEquals(rankScores([0.9, 0.8, 0.9, 0.7], { largerIsBetter: true }), [1.5, 3, 1.5, 4]);
  assertEquals(rankScores([0.9, 0.8, 0.9, 0.7], { largerIsBetter: false }), [3.5, 2, 3.5, 1]);
  assertEquals(rankScores([NaN, 0.8, NaN, 0.7], { largerIsBetter: false }), [3.5, 2, 3.5, 1]);
});
