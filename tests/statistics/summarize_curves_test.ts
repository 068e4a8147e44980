import { assertEquals } from "@std/assert";
import type { CurveRow } from "../../src/results/run_row.ts";
import { meanInterval } from "../../src/statistics/_mean_interval.ts";
import { summarizeCurves } from "../../src/statistics/summarize_curves.ts";
import { SAMPLE_COLUMNS } from "../results/_sample_columns.ts";
import { divergedRun, sampleRun } from "./_sample_runs.ts";

function curve(run: string, accuracies: Readonly<Record<number, number>>): CurveRow[] {
  const others = Object.fromEntries(SAMPLE_COLUMNS.curves.map((column) => [column, 0]));
  return Object.entries(accuracies).map(([step, accuracy]) => ({
    run,
    step: Number(step),
    measures: { ...others, "validation_accuracy": accuracy },
  }));
}

Deno.test("summarizeCurves() averages a cell's completed runs step by step", () => {
  const runs = [sampleRun("0.1", 1, 0.9), sampleRun("0.1", 2, 0.8), divergedRun("0.1", 3)];
  const curves = [
    ...curve("0.1/1", { 0: 0.1, 50: 0.9 }),
    ...curve("0.1/2", { 0: 0.2, 50: 0.8 }),
    ...curve("0.1/3", { 0: 0.7, 50: NaN }),
  ];
  const expected = [[0, [0.1, 0.2]], [50, [0.9, 0.8]]] as const;
  assertEquals(
    summarizeCurves(runs, curves, ["0.1"], "validation_accuracy").get("0.1")?.map((point) => ({
      ...point,
    })),
    expected.map(([step, values]) => {
      const { mean, ciLow, ciHigh } = meanInterval(values, 0);
      return { step, mean: mean ?? NaN, ciLow, ciHigh };
    }),
  );
});

Deno.test("summarizeCurves() gives no interval to a single run", () => {
  const points = summarizeCurves(
    [sampleRun("0", 1, 0.9)],
    curve("0/1", { 0: 0.1 }),
    ["0"],
    "validation_accuracy",
  );
  assertEquals(points.get("0"), [{ step: 0, mean: 0.1, ciLow: undefined, ciHigh: undefined }]);
});

Deno.test("summarizeCurves() leaves out steps that not all of a cell's runs have", () => {
  const runs = [sampleRun("0", 1, 0.9), sampleRun("0", 2, 0.9)];
  const curves = [
    ...curve("0/1", { 0: 0.1, 50: 0.5, 100: 0.9 }),
    ...curve("0/2", { 0: 0.1, 100: 1 }),
  ];
  const points = summarizeCurves(runs, curves, ["0"], "validation_accuracy").get("0");
  assertEquals(points?.map(({ step }) => step), [0, 100]);
});

Deno.test("summarizeCurves() skips cells that are not wanted or have no completed run", () => {
  const runs = [sampleRun("0", 1, 0.9), sampleRun("1", 1, 0.9), divergedRun("2", 1)];
  const curves = ["0/1", "1/1", "2/1"].flatMap((run) => curve(run, { 0: 0.1 }));
  const points = summarizeCurves(runs, curves, ["0", "2"], "validation_accuracy");
  assertEquals([...points.keys()], ["0"]);
});

Deno.test("summarizeCurves() allows for overlapping rows", () => {
  const runs = [sampleRun("0", 1, 0.9), sampleRun("0", 2, 0.8)];
  const curves = [...curve("0/1", { 0: 0.9 }), ...curve("0/2", { 0: 0.8 })];
  const [point] = summarizeCurves(runs, curves, ["0"], "validation_accuracy", 0.5).get("0") ?? [];
  const { ciLow, ciHigh } = meanInterval([0.9, 0.8], 0.5);
  assertEquals([point.ciLow, point.ciHigh], [ciLow, ciHigh]);
});
