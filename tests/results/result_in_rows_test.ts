import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { curvesCsv, readCurves } from "../../src/results/curves_csv.ts";
import { resultInRows } from "../../src/results/result_in_rows.ts";
import { readRuns, runsCsv } from "../../src/results/runs_csv.ts";
import { outcomes, sampleExperiment, SWEPT_KEYS } from "./_sample_outcomes.ts";

Deno.test("resultInRows() gives what writes the same lines again", () => {
  const experiment = sampleExperiment(SWEPT_KEYS, []);
  fc.assert(fc.property(outcomes, (outcomes) => {
    const [runsText, curvesText] = [runsCsv(experiment, outcomes), curvesCsv(outcomes)];
    const rows = readRuns(runsText);
    const curves = Map.groupBy(readCurves(curvesText), ({ run }) => run);
    const again = outcomes.map(({ result: _, ...outcome }, index) => ({
      ...outcome,
      result: resultInRows({ row: rows[index], curve: curves.get(outcome.key) ?? [] }),
    }));
    assertEquals([runsCsv(experiment, again), curvesCsv(again)], [runsText, curvesText]);
  }));
});

Deno.test("resultInRows() gives nothing for a run without a curve", () => {
  const row = { run: "key", cell: "all", replicate: 0, seed: 1, values: {} };
  assertEquals(resultInRows({ row: { ...row, status: "failed" }, curve: [] }), undefined);
  const completed = { ...row, status: "completed", figures: undefined, digest: "d" } as const;
  assertEquals(resultInRows({ row: completed, curve: [] }), undefined);
});
