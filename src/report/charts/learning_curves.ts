import type { TopLevelSpec } from "vega-lite";
import { formatCount } from "../../format_number.ts";
import { areMeansComparable } from "../../statistics/are_means_comparable.ts";
import { correctedTests } from "../../statistics/corrected_tests.ts";
import { curveMetricOf, metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { COLORS } from "../theme.ts";
import { CELL_PARAMS, unlessOther } from "./_chosen.ts";
import { curvesData, type MadeCurves } from "./_curves_data.ts";
import { FULL_WIDTH } from "./_layout.ts";
import { bestOf, bestOfEachGroup, notOffered } from "./_shown_cells.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";
import { MOST_BANDS } from "./curve_series.ts";
import { followingTitles } from "./patched_vega.ts";

const HEIGHT = 360;
/** What tells cells of one colour apart. */
export const DASHES: readonly (readonly number[])[] = [[1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [
  14,
  4,
], [5, 2, 1, 2, 1, 2]];
/** How many cells can be distinguished: colours, each with all dashes. */
const SLOTS = COLORS * DASHES.length;

/** How training went, cell by cell; undefined if no cell was evaluated at several steps. */
export function learningCurves(
  cells: readonly ReportCell[],
  input: ReportInput,
  { metric, groups, analysis }: ChartContext,
): ChartGroup | undefined {
  const curveMetric = curveMetricOf(metric);
  const withLines = input.cellsWithLines ?? cellsWithLines(input);
  const eligible = cells.filter(({ metric, name }) => metric && withLines.has(name));
  const shown = bestOfEachGroup(eligible);
  // Those drawn come first, so that a long list of switches starts with them.
  const offered = [...new Set([...shown, ...bestOf(eligible, shown)])];
  const made = curvesData(input, {
    ...{ offered, shown, groups, metric: curveMetric, overlap: analysis.question.overlap },
    scale: metricScale(curveMetric, cells.map(({ summary }) => summary)),
  });
  if (!made) return undefined;
  const { data } = made;
  // What has no data need not learn.
  const heading = input.manifest.dataset ? "Learning curves" : "Curves over the steps";
  return {
    id: "curves",
    heading,
    caption: [
      whatIsDrawn(data.replicates.filter(Boolean).length, analysis.question.folds),
      ...areMeansComparable(input.runs, analysis.question) ? [] : [
        "Cells have different seeds, which shift their curves: to compare them, choose differences " +
        "from the baseline.",
      ],
      ...data.cells.some(({ replicates }) => replicates.length > 1)
        ? [
          "Bands are 95% intervals, each for its step alone" +
          (data.cells.length > MOST_BANDS
            ? "; with more than two curves, only the marked cell has one at first."
            : "."),
          ...analysis.question.looks ||
              correctedTests(analysis.comparisons, analysis.repeats).length > 1
            ? ["Verdicts rest on wider ones, which hold for all cells together."]
            : [],
        ]
        : [],
      ...data.cells.length > groups.length
        ? ["Colours are those of the techniques; dashes tell their cells apart."]
        : [],
      "The vertical axis fits the curves after the first tenth of their steps, or with log steps all " +
      "of them.",
      ...cells.some(({ metric, name }) => metric && !withLines.has(name))
        ? ["Cells that were evaluated at one step only have no curve."]
        : [],
      ...thinnedSentence(made),
      ...notOffered(offered, eligible),
    ].join(" "),
    charts: [{ id: "learning-curves", title: heading, spec: curvesSpec() }],
    curves: data,
  };
}

function whatIsDrawn(replicates: number, folds: number | undefined): string {
  return folds !== undefined
    ? "Means over the seeds and their folds."
    : replicates > 1
    ? "Means over the seeds."
    : "Values of the one seed.";
}

function thinnedSentence({ shownSteps, allSteps }: MadeCurves): string[] {
  if (shownSteps === allSteps) return [];
  return [
    `The page has up to ${formatCount(shownSteps)} of ${formatCount(allSteps)} evaluations of a ` +
    "run, early ones more densely; curves.csv has all.",
  ];
}

/** The names of cells with a run that was evaluated more than once. */
function cellsWithLines({ runs, curves }: Pick<ReportInput, "runs" | "curves">): Set<string> {
  const evaluations = Map.groupBy(curves, ({ run }) => run);
  const isLine = (run: string) => (evaluations.get(run)?.length ?? 0) > 1;
  return new Set(runs.filter(({ run }) => isLine(run)).map(({ cell }) => cell));
}

/**
 * Curves of the cells that are switched on: means over the seeds with their 95% bands, and single
 * runs, as the page's script gives them.
 *
 * It feeds the data sets `curves` (slot, name, x, step, mean, low, high, hasBand, train) and `runs` (slot,
 * name, line, x, value), and sets the parameters `yTitle` and `yFormat`, `focus`, `ends` and `ticks` (of
 * the axes), `isLog` (x is then the logarithm of the step), `isDifference`, `hasManyBands`, `names` (by
 * slot, the cell that has it) and `slots` (those in use). Slots number colours, then dashes: slot 0 is
 * the neutral solid line.
 */
function curvesSpec(): TopLevelSpec {
  const x = {
    field: "x",
    type: "quantitative",
    title: "Step",
    scale: { domain: { expr: "ends" }, nice: false, zero: false },
    axis: {
      grid: false,
      values: { expr: "ticks" },
      labelExpr: "format(isLog ? pow(10, datum.value) : datum.value, ',.4~f')",
    },
  } as const;
  const y = {
    type: "quantitative",
    title: "Value",
    scale: { domain: { expr: "focus" }, zero: false, nice: false },
    axis: {
      titleLimit: { expr: "height" },
      labelExpr: "isDifference && datum.value > 0 ? '+' + datum.label : datum.label",
    },
  } as const;
  const slot = {
    field: "slot",
    type: "nominal",
    legend: {
      title: null,
      values: { expr: "slots" },
      labelExpr: "names[datum.value]",
      symbolType: "stroke",
      columns: { expr: "max(1, floor(width / 260))" },
    },
  } as const;
  const numbers = Array.from({ length: SLOTS }, (_, index) => index);
  const color = { ...slot, scale: { domain: numbers } };
  const strokeDash = {
    ...slot,
    scale: {
      domain: numbers,
      range: numbers.map((index) => [...DASHES[Math.floor(index / COLORS)]]),
    },
  };
  const written = (field: string) =>
    `isValid(datum.${field}) ? (isDifference && datum.${field} > 0 ? '+' : '') + ` +
    `format(datum.${field}, yFormat) : '–'`;
  return {
    ...FULL_WIDTH,
    description: "A measure over the steps of training: mean over seeds, 95% interval",
    height: HEIGHT,
    // The first axis of the compiled Vega has only the grid.
    ...followingTitles({ 1: "isLog ? 'Step (log scale)' : 'Step'", 2: "yTitle" }),
    params: [
      ...CELL_PARAMS,
      { name: "yTitle", value: "" },
      { name: "yFormat", value: "" },
      { name: "focus", value: [0, 1] },
      { name: "ends", value: [0, 1] },
      { name: "ticks", value: [] },
      { name: "isLog", value: false },
      { name: "isDifference", value: false },
      { name: "hasManyBands", value: false },
      { name: "names", value: [] },
      { name: "slots", value: [] },
    ],
    datasets: { curves: [], runs: [], zero: [{ value: 0 }] },
    layer: [
      {
        data: { name: "zero" },
        transform: [{ filter: "isDifference" }],
        mark: { type: "rule", style: "reference", clip: true },
        encoding: { y: { ...y, field: "value" } },
      },
      {
        data: { name: "curves" },
        transform: [{
          filter: "datum.hasBand && isValid(datum.low)",
        }],
        mark: {
          type: "area",
          // Where many cover one another, their edges tell them apart.
          fillOpacity: { expr: "hasManyBands ? 0.06 : 0.15" },
          strokeOpacity: { expr: "hasManyBands ? 0.55 : 0" },
          strokeWidth: 0.75,
          clip: true,
        },
        encoding: {
          x,
          y: { ...y, field: "low" },
          y2: { field: "high" },
          color,
          stroke: color,
          detail: { field: "name" },
          opacity: unlessOther(1, 0.3),
        },
      },
      {
        data: { name: "runs" },
        mark: { type: "line", strokeWidth: 0.75, clip: true },
        encoding: {
          x,
          y: { ...y, field: "value" },
          color,
          detail: { field: "line" },
          opacity: unlessOther(0.45, 0.08),
        },
      },
      {
        data: { name: "curves" },
        transform: [{ filter: "isValid(datum.train)" }],
        mark: { type: "line", strokeWidth: 1, clip: true },
        encoding: {
          x,
          y: { ...y, field: "train" },
          color,
          strokeDash,
          detail: { field: "name" },
          opacity: unlessOther(0.8, 0.2),
        },
      },
      {
        data: { name: "curves" },
        mark: { type: "line", strokeWidth: 2, clip: true },
        encoding: {
          x,
          y: { ...y, field: "mean" },
          color,
          strokeDash,
          detail: { field: "name" },
          opacity: unlessOther(1, 0.3),
        },
      },
      {
        // The parameter belongs to one layer: on the chart, its signals would be defined twice.
        params: [{
          name: "hover",
          select: { type: "point", on: "pointerover", clear: "pointerout", nearest: true },
        }],
        data: { name: "curves" },
        transform: [
          { calculate: written("mean"), as: "meanText" },
          {
            calculate: `isValid(datum.low) ? (${written("low")}) + ' to ' + (${
              written("high")
            }) : '–'`,
            as: "interval",
          },
          { calculate: written("train"), as: "trainText" },
        ],
        mark: { type: "point", filled: true, size: 60, clip: true },
        encoding: {
          x,
          y: { ...y, field: "mean" },
          color,
          opacity: { condition: { param: "hover", empty: false, value: 1 }, value: 0 },
          tooltip: [
            { field: "name", title: "Cell" },
            { field: "step", title: "Step" },
            { field: "meanText", title: "Mean" },
            { field: "interval", title: "95% interval" },
            { field: "trainText", title: "On training rows" },
          ],
        },
      },
    ],
  };
}
