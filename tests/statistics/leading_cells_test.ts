import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { leadingCells, type RunningCell } from "../../src/statistics/leading_cells.ts";

const QUESTION = { metric: "validation_accuracy", baseline: "none", overlap: 0 } as const;

function cell(name: string, values: readonly number[], lost = 0): RunningCell {
  return { cell: name, values, lost };
}

Deno.test("leadingCells() ranks cells by their differences from the baseline on the same seeds", () => {
  const cells = [
    cell("none", [0.5, 0.9, 0.7]),
    // Its mean is the highest, since it lacks the hard seed.
    cell("late", [NaN, 0.9, 0.7]),
    cell("good", [0.6, 1, 0.8]),
    cell("bad", [0.1, 0.2, 0.3]),
    cell("lost", [0.9, 1], 1),
  ];
  const { baseline, cells: [first, second, third] } = leadingCells(cells, QUESTION, 3);
  assertEquals(baseline?.n, 3);
  assertAlmostEquals(baseline?.mean ?? NaN, 0.7);
  assertEquals([first, second, third].map(({ cell, n }) => [cell, n]), [
    ["good", 3],
    ["late", 2],
    ["bad", 3],
  ]);
  assertAlmostEquals(first.mean, 0.1);
});

Deno.test("leadingCells() has smaller values first where they are better", () => {
  const cells = [cell("none", [1, 2]), cell("a", [3, 4]), cell("b", [0, 2])];
  const question = { ...QUESTION, metric: "validation_loss" } as const;
  assertEquals(leadingCells(cells, question, 5).cells.map(({ cell }) => cell), ["b", "a"]);
});

Deno.test("leadingCells() gives intervals that hold for all cells together", () => {
  const one = [cell("none", [0, 0, 0, 0]), cell("a", [1, 2, 3, 2])];
  const [alone] = leadingCells(one, QUESTION, 1).cells;
  // t(0.975, 3) = 3.18245, and the standard error is 0.40825.
  assertAlmostEquals(alone.interval?.high ?? NaN, 2 + 3.18245 * 0.40825, 1e-3);
  const many = [...one, ...["b", "c", "d"].map((name) => cell(name, [0, 1, 0, 1]))];
  const [first] = leadingCells(many, QUESTION, 1).cells;
  assertEquals(first.cell, "a");
  assertGreater(first.interval?.high, (alone.interval?.high ?? NaN) + 0.5);
  const overlapping = leadingCells(one, { ...QUESTION, overlap: 0.5 }, 1).cells[0];
  assertGreater(overlapping.interval?.high, alone.interval?.high ?? NaN);
});

Deno.test("leadingCells() has no interval of one seed, nor of differences that are all the same", () => {
  const cells = [cell("none", [0, 0]), cell("same", [1, 1]), cell("one", [2])];
  for (const { interval } of leadingCells(cells, QUESTION, 3).cells) {
    assertEquals(interval, undefined);
  }
});

Deno.test("leadingCells() ranks means where the baseline has no run", () => {
  const cells = [cell("none", []), cell("a", [0.1, 0.2]), cell("b", [0.3])];
  const found = leadingCells(cells, QUESTION, 3);
  assertEquals(found.baseline, undefined);
  assertEquals(found.cells.map(({ cell }) => cell), ["b", "a"]);
  assert(found.cells[1].interval);
  assertEquals(leadingCells([], QUESTION, 3).cells, []);
});
