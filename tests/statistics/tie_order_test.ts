import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { recommendCells } from "../../src/statistics/recommend_cells.ts";
import { type Tied, tieOrder } from "../../src/statistics/tie_order.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { sampleRuns } from "./_sample_runs.ts";

Deno.test("tieOrder() prefers smaller weights, then the baseline, then names", () => {
  const tied: Tied[] = [
    { cell: "c" },
    { cell: "b", weightNorm: 3 },
    { cell: "z" },
    { cell: "a", weightNorm: 3 },
    { cell: "d", weightNorm: 2 },
    { cell: "b2", weightNorm: 3 },
  ];
  const order = (baseline: string) => tied.toSorted(tieOrder(baseline)).map(({ cell }) => cell);
  assertEquals(order(""), ["d", "a", "b", "b2", "c", "z"]);
  assertEquals(order("b2"), ["d", "b2", "a", "b", "c", "z"]);
  assertEquals(order("z"), ["d", "a", "b", "b2", "z", "c"]);
});

Deno.test("tieOrder() is an order, whether or not trainers measure weights", () => {
  const cell = fc.record({
    cell: fc.constantFrom("a", "b", "c", "d"),
    weightNorm: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
  });
  fc.assert(fc.property(cell, cell, cell, (a, b, c) => {
    const order = tieOrder("b");
    assertEquals(Math.sign(order(a, b)) + Math.sign(order(b, a)), 0);
    if (order(a, b) <= 0 && order(b, c) <= 0) assertEquals(order(a, c) <= 0, true);
  }));
});

Deno.test("recommendCells() needs no measure of weights", () => {
  const runs = ["2", "1", "0"].flatMap((cell) => sampleRuns(cell, [0.5, 0.5])).map((run) => {
    const { weight_l2: _, ...measures } = run.measures ?? {};
    return { ...run, measures };
  });
  const { best, simplest } = recommendCells(runs, sampleQuestion()) ?? {};
  assertEquals([best, simplest], ["0", "0"]);
});
