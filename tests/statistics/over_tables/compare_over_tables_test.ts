import { assertEquals } from "@std/assert";
import {
  compareOverTables,
  type ScoredTable,
  smallestPValue,
} from "../../../src/statistics/over_tables/compare_over_tables.ts";
import { assertClose } from "../_assert_close.ts";

const QUESTION = { baseline: "base", largerIsBetter: true };
const CELLS = ["base", "a", "b"];

/** A table with means of the cells; NaN of none. */
function table(name: string, ...means: readonly number[]): ScoredTable {
  return {
    name,
    scores: new Map(CELLS.map((cell, index) => [
      cell,
      { ...!Number.isNaN(means[index]) && { mean: means[index] } },
    ])),
  };
}

Deno.test("compareOverTables() counts wins, ties and losses, and corrects for all cells", () => {
  // a is better on all eight tables, b is not on half of them.
  const tables = Array.from({ length: 8 }, (_, index) => {
    const base = 0.5 + index / 100;
    return table(`t${index}`, base, base + 0.01 * (index + 1), index % 2 ? base : base - 0.02);
  });
  const { cells, friedman } = compareOverTables(CELLS, tables, QUESTION);
  assertEquals(cells.map(({ cell }) => cell), ["a", "base", "b"]);
  assertEquals(cells[0].ranks, Array(8).fill(1));
  const [a, base, b] = cells.map(({ compared }) => compared);
  assertEquals(base, undefined);
  assertEquals([a?.wins, a?.ties, a?.losses, a?.verdict], [8, 0, 0, "better"]);
  assertEquals([b?.wins, b?.ties, b?.losses, b?.verdict], [0, 4, 4, "undecided"]);
  assertClose(a?.pValue, 2 / 2 ** 8);
  assertClose(a?.pHolm, 4 / 2 ** 8);
  assertClose(b?.pValue, 2 / 2 ** 4);
  assertEquals(friedman !== undefined && friedman.pValue < 0.001, true);
});

Deno.test("compareOverTables() turns everything around where smaller is better", () => {
  const tables = [table("t", 0.5, 0.4, 0.6), table("u", 0.2, 0.1, 0.3)];
  const { cells } = compareOverTables(CELLS, tables, { ...QUESTION, largerIsBetter: false });
  assertEquals(cells.map(({ cell, meanRank }) => [cell, meanRank]), [["a", 1], ["base", 2], [
    "b",
    3,
  ]]);
  assertEquals(cells.map(({ compared }) => compared?.wins), [2, undefined, 0]);
});

Deno.test("compareOverTables() takes means that differ in their last bits for the same", () => {
  const tables = [table("t", 0.1 + 0.2, 0.3, 0.3), table("u", 0.3, 0.1 + 0.2, 0.3)];
  const { cells, friedman } = compareOverTables(CELLS, tables, QUESTION);
  assertEquals(cells.map(({ meanRank }) => meanRank), [2, 2, 2]);
  assertEquals(cells[1].compared?.ties, 2);
  assertEquals([friedman, cells[1].compared?.pValue], [undefined, undefined]);
});

Deno.test("compareOverTables() gives a cell without a mean the last rank, and counts it as a loss", () => {
  const tables = [table("t", 0.5, NaN, 0.4), table("u", 0.5, 0.6, 0.7)];
  const { cells } = compareOverTables(CELLS, tables, QUESTION);
  const a = cells.find(({ cell }) => cell === "a");
  assertEquals([a?.ranks, a?.compared?.wins, a?.compared?.losses], [[3, 2], 1, 1]);
});

Deno.test("smallestPValue() is what all signs alike give", () => {
  assertEquals([smallestPValue(1), smallestPValue(5)], [1, 0.0625]);
});
