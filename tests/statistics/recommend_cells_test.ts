import { assertEquals } from "@std/assert";
import type { RunRow } from "../../src/results/run_row.ts";
import { recommendCells } from "../../src/statistics/recommend_cells.ts";
import selections from "../fixtures/statistics/selections.json" with { type: "json" };
import { sampleQuestion } from "./_sample_question.ts";
import { divergedRun, failedRun, sampleRuns } from "./_sample_runs.ts";

/** The runs with these norms of their weights. */
function withNorms(runs: readonly RunRow[], norms: readonly number[]): RunRow[] {
  return runs.map((run, index) => ({
    ...run,
    measures: run.measures && { ...run.measures, "weight_l2": norms[index] },
  }));
}

/** A cell with these accuracies, all of its runs with the same norm. */
function cell(name: string, accuracies: readonly number[], norm: number): RunRow[] {
  return withNorms(sampleRuns(name, accuracies), accuracies.map(() => norm));
}

for (const { cells, norms, overlap, ...expected } of selections) {
  const what = `${cells.length} cells, ${cells[0].length} seeds, overlap ${overlap}`;
  Deno.test(`recommendCells() of ${what}, equals NumPy`, () => {
    const runs = cells.flatMap((values, index) =>
      withNorms(sampleRuns(`${index}`, values), norms[index])
    );
    const names = expected.candidates.map(String);
    assertEquals(recommendCells(runs, sampleQuestion({ overlap })), {
      best: `${expected.best}`,
      simplest: names[0],
      candidates: names,
      passedOver: [],
    });
  });
}

Deno.test("recommendCells() takes the cell whose mean is best, not whose baseline is lowest", () => {
  const cells = [cell("0", [0.8, 0.9], 9), cell("1", [0.8, 0.7], 1), cell("2", [0.9, 0.9], 9)];
  assertEquals(recommendCells(cells.flat(), sampleQuestion())?.best, "2");
});

Deno.test("recommendCells() takes the smallest loss", () => {
  const metric = "validation_loss";
  const runs = [
    ...sampleRuns("0", [0.3, 0.4], metric),
    ...sampleRuns("1", [0.1, 0.2], metric),
    ...sampleRuns("2", [0.5, 0.2], metric),
  ];
  assertEquals(recommendCells(runs, sampleQuestion({ metric }))?.best, "1");
});

Deno.test("recommendCells() does not take a larger loss for a smaller deficit", () => {
  const metric = "validation_loss";
  const runs = [
    ...withNorms(sampleRuns("0", [0.1, 0.2, 0.15], metric), [9, 9, 9]),
    ...withNorms(sampleRuns("1", [0.5, 0.7, 0.9], metric), [1, 1, 1]),
  ];
  assertEquals(recommendCells(runs, sampleQuestion({ metric }))?.candidates, ["0"]);
});

Deno.test("recommendCells() measures deficits seed by seed", () => {
  const best = cell("1", [0.9, 0.7, 0.8], 9);
  // Always 0.01 behind: far less than seeds differ, yet more than chance.
  const behind = cell("2", [0.89, 0.69, 0.79], 1);
  // 0.01 behind on average, ahead on one seed.
  const varying = cell("3", [0.92, 0.67, 0.78], 2);
  const selection = recommendCells([...best, ...behind, ...varying], sampleQuestion());
  assertEquals(selection?.candidates, ["3", "1"]);
  assertEquals(selection?.simplest, "3");
});

Deno.test("recommendCells() lets more cells be within one error where rows overlap", () => {
  const runs = [...cell("0", [0.9, 0.9, 0.9, 0.9], 9), ...cell("1", [0.9, 0.88, 0.89, 0.88], 1)];
  const simplest = [0, 2].map((overlap) =>
    recommendCells(runs, sampleQuestion({ overlap }))?.simplest
  );
  assertEquals(simplest, ["0", "1"]);
});

Deno.test("recommendCells() passes over cells of which runs diverged or failed", () => {
  const runs = [
    ...cell("0", [0.8, 0.8, 0.8], 5),
    ...cell("1", [0.9, 0.9], 5),
    divergedRun("1", 3),
    ...cell("2", [0.95, 0.7], 5),
    failedRun("2", 3),
    ...cell("3", [0.7, 0.7], 1),
    divergedRun("3", 3),
  ];
  assertEquals(recommendCells(runs, sampleQuestion()), {
    best: "0",
    simplest: "0",
    candidates: ["0"],
    passedOver: ["1", "2"],
  });
});

Deno.test("recommendCells() takes what there is where every cell lost a run, and nothing of none", () => {
  const runs = [
    divergedRun("0", 1),
    divergedRun("0", 2),
    ...cell("1", [0.5], 1),
    failedRun("1", 2),
  ];
  assertEquals(recommendCells(runs, sampleQuestion())?.best, "1");
  assertEquals(recommendCells(runs.slice(0, 2), sampleQuestion()), undefined);
});

Deno.test("recommendCells() takes the baseline among equals", () => {
  const equals = ["2", "0", "1"].flatMap((name) => cell(name, [0.5, 0.75], 3));
  assertEquals(recommendCells(equals, sampleQuestion())?.best, "0");
  assertEquals(recommendCells(equals, sampleQuestion())?.candidates, ["0", "1", "2"]);
  assertEquals(recommendCells(equals, sampleQuestion({ baseline: "1" }))?.best, "1");
  const smaller = [...equals, ...cell("3", [0.5, 0.75], 2)];
  assertEquals(recommendCells(smaller, sampleQuestion())?.best, "3");
});

Deno.test("recommendCells() calls no cell simpler than the best where weights have no size", () => {
  const values = { "0": [0.5, 0.7], "1": [0.7, 0.51] };
  const runs = Object.entries(values).flatMap(([cell, accuracies]) =>
    sampleRuns(cell, accuracies).map((run) => {
      const { "weight_l2": _, ...measures } = run.measures ?? {};
      return { ...run, measures };
    })
  );
  const selection = recommendCells(runs, sampleQuestion());
  assertEquals([selection?.best, selection?.simplest], ["1", "1"]);
});

Deno.test("recommendCells() compares cells of different seeds with the baseline on their own seeds", () => {
  const runs = [
    // The first seeds are the hard ones.
    ...cell("0", [0.5, 0.5, 0.9, 0.9], 1),
    ...cell("1", [0.6, 0.6], 1),
    ...cell("2", [0.5, 0.5, 0.95, 0.95], 1),
  ];
  const selection = recommendCells(runs, sampleQuestion());
  assertEquals(selection?.best, "1");
  assertEquals(selection?.passedOver, []);
  // With fewer seeds alone, a cell loses nothing; with a lost run, it does.
  const lost = [...runs.filter(({ run }) => run !== "1/2"), divergedRun("1", 2)];
  assertEquals(recommendCells(lost, sampleQuestion()), {
    best: "2",
    simplest: "2",
    candidates: ["2"],
    passedOver: ["1"],
  });
});

Deno.test("recommendCells() takes the baseline if all cells are worse on their own seeds", () => {
  const runs = [...cell("0", [0.9, 0.9, 0.5, 0.5], 1), ...cell("1", [0.8, 0.8], 1)];
  assertEquals(recommendCells(runs, sampleQuestion())?.best, "0");
});
