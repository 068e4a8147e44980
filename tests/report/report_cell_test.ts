import { assert, assertEquals } from "@std/assert";
import { groupsOf, rankCells } from "../../src/report/report_cell.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

Deno.test("rankCells() puts the best first, and cells without a result last as written", () => {
  const cells = rankCells(sampleInput(SAMPLES.diverged));
  const means = cells.map(({ metric }) => metric?.mean);
  assertEquals(means.slice(0, 6), means.slice(0, 6).toSorted((a, b) => Number(b) - Number(a)));
  assertEquals(cells.slice(6).map(({ name, metric }) => [name, metric]), [
    ["learning_rate=10 l2_penalty=0", undefined],
    ["learning_rate=10 l2_penalty=0.001", undefined],
  ]);
});

Deno.test("rankCells() puts the smallest first where smaller is better", () => {
  const means = rankCells(sampleInput(SAMPLES.loss)).map(({ metric }) => metric?.mean ?? NaN);
  assertEquals(means, means.toSorted((a, b) => a - b));
});

Deno.test("rankCells() puts the smaller weights first among equals", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const norms = new Map(input.cells.map(({ cell }, index) => [cell, (index * 4) % 9]));
  const cells = input.cells.map((summary) => ({
    ...summary,
    mean: 0.9,
    means: { ...summary.means, "weight_l2": norms.get(summary.cell) },
  }));
  const ranked = rankCells({ ...input, cells }).map(({ name }) => norms.get(name));
  assertEquals(ranked, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("rankCells() shows accuracies in percent and their differences in points", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const [best] = rankCells(input);
  const summary = input.cells.find(({ cell }) => cell === best.name);
  const comparison = input.comparisons.find(({ cell }) => cell === best.name);
  const percent = (value = NaN) => Number((100 * value).toPrecision(7));
  assertEquals(best.metric, {
    n: 10,
    mean: percent(summary?.mean),
    low: percent(summary?.ciLow),
    high: percent(summary?.ciHigh),
  });
  const difference = { n: 10, mean: percent(comparison?.meanDifference) };
  assertEquals(best.difference, {
    ...difference,
    low: percent(comparison?.ciLowSimultaneous),
    high: percent(comparison?.ciHighSimultaneous),
  });
  // Undecided, though the unadjusted interval leaves out 0.
  assertEquals(comparison?.verdict, "undecided");
  assert((comparison?.ciLow ?? 0) > 0 && (best.difference?.low ?? 0) < 0);
});

Deno.test("rankCells() compares the baseline with nothing", () => {
  const baseline = rankCells(sampleInput(SAMPLES.l1VsL2)).find(({ isBaseline }) => isBaseline);
  assertEquals([baseline?.name, baseline?.difference], ["l1_penalty=0", undefined]);
});

Deno.test("groupsOf() names the baseline, then techniques by their labels as written", () => {
  assertEquals(groupsOf(rankCells(sampleInput(SAMPLES.fourTechniques))), [
    "baseline",
    "L1 penalty",
    "L2 penalty",
    "Dropout",
    "Pruning threshold",
  ]);
  assertEquals(groupsOf(rankCells(sampleInput(SAMPLES.elasticNet))), [
    "baseline",
    "L1 penalty × L2 penalty",
  ]);
});

Deno.test("groupsOf() gathers techniques that no hue is left for", () => {
  const keys = [
    "l1_penalty",
    "l2_penalty",
    "weight_decay",
    "dropout",
    "prune_threshold",
    "momentum",
    "init_scale",
  ];
  const grid = keys.map((key) => ({ [key]: [0.25] }));
  const cells = rankCells(sampleInput({
    name: "many",
    grid: [{ dropout: [0] }, ...grid],
    seeds: 1,
    accuracy: () => 0.9,
  }));
  assertEquals(groupsOf(cells), [
    "baseline",
    "L1 penalty",
    "L2 penalty",
    "Weight decay",
    "Dropout",
    "Pruning threshold",
    "other techniques",
  ]);
});
