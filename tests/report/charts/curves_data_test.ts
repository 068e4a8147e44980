import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { curvesData, type CurvesSource } from "../../../src/report/charts/_curves_data.ts";
import { curveLine, type CurvesData } from "../../../src/report/charts/curve_series.ts";
import { groupsOf, rankCells } from "../../../src/report/report_cell.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";
import { questionOf } from "../../../src/statistics/question.ts";
import { curveMetricOf, metricScale } from "../../../src/wording/metric_scale.ts";
import { type Sample, type SampleInput, sampleInput } from "../_sample_input.ts";
import { LARGE, SAMPLES } from "../_samples.ts";

function madeOf(input: SampleInput, changes: Partial<CurvesSource> = {}) {
  const cells = rankCells(input).filter(({ metric }) => metric);
  const metric = curveMetricOf(input.manifest.experiment.metric);
  return curvesData(input, {
    ...{ offered: cells, shown: cells.slice(0, 1), metric, groups: groupsOf(cells) },
    scale: metricScale(metric, cells.map(({ summary }) => summary)),
    overlap: questionOf(input.manifest).overlap,
    ...changes,
  });
}

function dataOf(input: SampleInput): CurvesData {
  const made = madeOf(input);
  assert(made !== undefined);
  return made.data;
}

/** What is drawn of a cell; of the first measure. */
function lineOf(data: CurvesData, name: string, isDifference = false, column?: string) {
  const cell = data.cells.find((cell) => cell.name === name);
  const measure = data.measures.find(({ columns }) =>
    column === undefined || Object.values(columns).includes(column)
  );
  assert(cell && measure);
  return curveLine(data, cell, measure, {
    column: column ?? measure.columns.validation ?? "",
    isDifference,
  });
}

Deno.test("curvesData() ends where cells.csv and comparisons.csv have the same means", () => {
  for (const sample of [SAMPLES.l1VsL2, SAMPLES.loss, SAMPLES.prices, SAMPLES.folds]) {
    const input = sampleInput(sample);
    const data = dataOf(input);
    const [{ decimals }] = data.measures;
    const scale = metricScale(input.manifest.experiment.metric, input.cells);
    for (const { cell, mean = NaN, ciLow = NaN, ciHigh = NaN } of input.cells) {
      const last = lineOf(data, cell)?.points.at(-1);
      assertEquals(last?.step, 1000);
      // Values are rounded, each by half of the last decimal at most.
      const tolerance = 10 ** -decimals;
      assertAlmostEquals(last?.mean ?? NaN, mean * scale.factor, tolerance);
      assertAlmostEquals(last?.low ?? NaN, ciLow * scale.factor, 2 * tolerance);
      assertAlmostEquals(last?.high ?? NaN, ciHigh * scale.factor, 2 * tolerance);
    }
    for (const { cell, meanDifference = NaN, ciLow = NaN, ciHigh = NaN } of input.comparisons) {
      const last = lineOf(data, cell, true)?.points.at(-1);
      const tolerance = 2 * 10 ** -decimals;
      assertAlmostEquals(last?.mean ?? NaN, meanDifference * scale.factor, tolerance);
      assertAlmostEquals(last?.low ?? NaN, ciLow * scale.factor, 2 * tolerance);
      assertAlmostEquals(last?.high ?? NaN, ciHigh * scale.factor, 2 * tolerance);
    }
  }
});

Deno.test("curvesData() has every run of a cell, by its seed", () => {
  const input = sampleInput({ ...SAMPLES.oneCell, seeds: 2, evaluations: 3 });
  const data = dataOf(input);
  const { runs } = lineOf(data, "all") ?? {};
  assertEquals(runs?.steps, [0, 500, 1000]);
  assertEquals(runs?.replicates.map((replicate) => data.replicates[replicate]), [
    "seed 0",
    "seed 1",
  ]);
  const percent = (run: string) =>
    input.curves.filter((row) => row.run === run).map(({ measures }) =>
      Number((100 * measures.validation_accuracy).toFixed(3))
    );
  assertEquals(runs?.values, input.runs.map(({ run }) => percent(run)));
});

Deno.test("curvesData() offers what varies, the metric first, with its parts", () => {
  const measuresOf = (sample: Sample) =>
    dataOf(sampleInput(sample)).measures.map((
      { key, nounAndUnit, columns },
    ) => [key, nounAndUnit, Object.keys(columns).join(" ")]);
  assertEquals(measuresOf(SAMPLES.l1VsL2), [
    ["accuracy", "accuracy (%)", "validation train"],
    ["loss", "loss (lower is better)", "validation train"],
  ]);
  const input = sampleInput(SAMPLES.l1VsL2);
  const curves = input.curves.map((row) => ({
    ...row,
    measures: { ...row.measures, sparsity: row.step / 2000, reward_so_far: row.step },
  }));
  const measures = dataOf({ ...input, curves }).measures.slice(2);
  assertEquals(measures.map(({ key, nounAndUnit, columns }) => [key, nounAndUnit, columns]), [
    ["sparsity", "zero weights (%)", { validation: "sparsity" }],
    ["reward_so_far", "reward so far", { validation: "reward_so_far" }],
  ]);
});

Deno.test("curvesData() has means alone where there is no room for single runs", () => {
  const sample = { ...SAMPLES.l1VsL2, seeds: 300, evaluations: 31 };
  const input = sampleInput(sample);
  const data = dataOf(input);
  const whole = data.cells.filter(({ runs }) => runs).map(({ name }) => name);
  const { baseline } = input.manifest.experiment;
  assert(whole.includes(baseline) && whole.length < data.cells.length);
  const summarized = data.cells.filter(({ runs }) => !runs);
  const meanOf = new Map(input.cells.map(({ cell, mean = NaN }) => [cell, 100 * mean]));
  const gapOf = new Map(
    input.comparisons.map(({ cell, meanDifference = NaN }) => [cell, 100 * meanDifference]),
  );
  for (const { name } of summarized) {
    const [line, gap] = [lineOf(data, name), lineOf(data, name, true)];
    assertEquals([line?.runs, gap?.runs], [undefined, undefined]);
    assertAlmostEquals(line?.points.at(-1)?.mean ?? NaN, meanOf.get(name) ?? NaN, 0.001);
    assertAlmostEquals(gap?.points.at(-1)?.mean ?? NaN, gapOf.get(name) ?? NaN, 0.001);
  }
});

Deno.test("curvesData() stays small, however many runs and evaluations there are", () => {
  const sizeOf = (input: SampleInput, offered = rankCells(input)) =>
    JSON.stringify(madeOf(input, { offered })?.data).length;
  // 190 runs with 201 evaluations.
  assert(sizeOf(sampleInput({ ...SAMPLES.fourTechniques, evaluations: 201 })) < 200_000);
  const input = sampleInput(LARGE);
  assert(sizeOf(input, rankCells(input).slice(0, 40)) < 1_000_000);
});

Deno.test("curvesData() leaves out cells whose runs share no two steps", () => {
  const input = sampleInput(SAMPLES.undecided);
  const last = Math.max(...input.curves.map(({ step }) => step));
  const ends: ReportInput["curves"] = input.curves.filter(({ step }) => step === last);
  assertEquals(madeOf({ ...input, curves: ends }), undefined);
});

Deno.test("curvesData() follows runs that stop early to their ends, and means to the first", () => {
  const input = sampleInput({ ...SAMPLES.oneCell, evaluations: 11 });
  const [first] = input.runs;
  const curves = input.curves.filter(({ run, step }) => run !== first.run || step <= 400);
  const line = lineOf(dataOf({ ...input, curves }), "all");
  assertEquals(line?.points.at(-1)?.step, 400);
  assertEquals(line?.runs?.values.map(({ length }) => length), [5, 11, 11, 11]);
});
