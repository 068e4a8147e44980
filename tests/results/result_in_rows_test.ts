import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { curveRows, curvesCsv, readCurves } from "../../src/results/curves_csv.ts";
import { resultColumns } from "../../src/results/result_columns.ts";
import { resultInRows } from "../../src/results/result_in_rows.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { readRuns, runRows, runsCsv } from "../../src/results/runs_csv.ts";
import { outcomes, sampleExperiment, SWEPT_KEYS } from "./_sample_outcomes.ts";

Deno.test("resultInRows() gives what writes the same lines again", () => {
  const experiment = sampleExperiment(SWEPT_KEYS, []);
  const columns = resultColumns(experiment);
  fc.assert(fc.property(outcomes, (outcomes) => {
    const texts = (outcomes: readonly RunOutcome[]) => [
      runsCsv(runRows(experiment, outcomes), columns),
      curvesCsv(curveRows(experiment, outcomes), columns),
    ];
    const [runsText, curvesText] = texts(outcomes);
    const rows = readRuns(runsText);
    const curves = Map.groupBy(readCurves(curvesText), ({ run }) => run);
    const again = outcomes.map(({ result: _, ...outcome }, index) => ({
      ...outcome,
      result: resultInRows({ row: rows[index], curve: curves.get(outcome.key) ?? [] }),
    }));
    assertEquals(texts(again), [runsText, curvesText]);
  }));
});

Deno.test("resultInRows() gives nothing for a run without a curve", () => {
  const row = { run: "key", cell: "all", replicate: 0, seed: 1, values: {} };
  assertEquals(resultInRows({ row: { ...row, status: "failed" }, curve: [] }), undefined);
  const completed = { ...row, status: "completed", measures: undefined, digest: "d" } as const;
  assertEquals(resultInRows({ row: completed, curve: [] }), undefined);
});

Deno.test("resultInRows() tells a run's best values from own measures that are called best", () => {
  const run = { run: "key", cell: "all", replicate: 0, seed: 1, values: {} };
  const own = { "best_score": 3 };
  const result = resultInRows({
    row: { ...run, status: "completed", measures: { steps: 5, ...own }, digest: "d" },
    curve: [0, 5].map((step) => ({ run: "key", step, measures: own })),
  });
  assertEquals([result?.best, result?.bestStep, result?.evaluations[1].measures], [{}, 5, own]);
});
