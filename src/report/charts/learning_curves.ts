import type { TopLevelSpec } from "vega-lite";
import { partsOf } from "../../measures/metrics.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { curveMetricOf, type MetricScale, metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { COLORS } from "../theme.ts";
import { CELL_PARAMS, IS_CHOSEN, unlessOther } from "./_chosen.ts";
import { FULL_WIDTH } from "./_layout.ts";
import { meanCurves } from "./_mean_curves.ts";
import { bestOf, bestOfEachGroup, notOffered } from "./_shown_cells.ts";
import type { CellCurve, ChartContext, ChartGroup } from "./chart.ts";

const HEIGHT = 340;
/** What tells cells of one colour apart. */
export const DASHES: readonly (readonly number[])[] = [[1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [
  14,
  4,
], [5, 2, 1, 2, 1, 2]];
/** How many cells can be distinguished: colours, each with all dashes. */
const SLOTS = COLORS * DASHES.length;
/** With more cells, bands would cover one another and hide what they are to show. */
const MOST_BANDS = 2;

/** How training went, cell by cell; undefined if no cell was evaluated at several steps. */
export function learningCurves(
  cells: readonly ReportCell[],
  input: ReportInput,
  { metric, groups, analysis }: ChartContext,
): ChartGroup | undefined {
  const curveMetric = curveMetricOf(metric);
  const scale = metricScale(curveMetric, cells.map(({ summary }) => summary));
  const withLines = input.cellsWithLines ?? cellsWithLines(input);
  const eligible = cells.filter(({ metric, name }) => metric && withLines.has(name));
  const shown = bestOfEachGroup(eligible);
  // Those drawn come first, so that a long list of switches starts with them.
  const offered = [...new Set([...shown, ...bestOf(eligible, shown)])];
  const curveOf = meanCurves(input, offered.map(({ name }) => name), {
    metric: curveMetric,
    factor: scale.factor,
    overlap: analysis.question.overlap,
  });
  const curves = offered.flatMap(({ name, group }): CellCurve[] => {
    const curve = curveOf.get(name);
    const isShown = shown.some((cell) => cell.name === name);
    if (!curve || curve.step.length < 2) return [];
    return [{ name, color: groups.indexOf(group), isShown, ...curve }];
  });
  const { seeds } = input.manifest.experiment;
  const { folds } = analysis.question;
  const lastStep = Math.max(0, ...curves.flatMap(({ step }) => step.slice(-1)));
  if (curves.length === 0) return undefined;
  const { measure } = partsOf(curveMetric);
  const hasTraining = curves.some(({ train }) => train);
  // Curves on training rows are drawn over the same axis.
  const axisTitle = capitalized(measure.label) +
    scale.axisTitle.slice(capitalized(scale.noun).length);
  // What has no data need not learn.
  const heading = input.manifest.dataset ? "Learning curves" : "Curves over the steps";
  return {
    id: "curves",
    heading,
    caption: [
      folds !== undefined
        ? `Mean ${scale.noun} over the seeds and their folds.`
        : seeds.length > 1
        ? `Mean ${scale.noun} over the seeds.`
        : `${capitalized(scale.noun)} of the one seed.`,
      ...(curves.some(({ low }) => low)
        ? [
          curves.length > MOST_BANDS
            ? "Bands are 95% intervals; with more than two curves, only the marked cell has one."
            : "Bands are 95% intervals.",
        ]
        : []),
      ...(curves.length > groups.length
        ? ["Colours are those of the techniques; dashes tell their cells apart."]
        : []),
      "The vertical axis fits the curves after the first tenth of the steps.",
      ...cells.some(({ metric, name }) => metric && !withLines.has(name))
        ? ["Cells that were evaluated at one step only have no curve."]
        : [],
      ...notOffered(offered, eligible),
    ].join(" "),
    charts: [{
      id: "learning-curves",
      title: `${heading}: ${scale.noun}`,
      spec: curvesSpec(scale, lastStep, { axisTitle, hasTraining }),
    }],
    curves,
    ...hasTraining && { trainingLabel: `Show training ${measure.label} (thin lines)` },
  };
}

/** The names of cells with a run that was evaluated more than once. */
function cellsWithLines({ runs, curves }: Pick<ReportInput, "runs" | "curves">): Set<string> {
  const evaluations = Map.groupBy(curves, ({ run }) => run);
  const isLine = (run: string) => (evaluations.get(run)?.length ?? 0) > 1;
  return new Set(runs.filter(({ run }) => isLine(run)).map(({ cell }) => cell));
}

/**
 * Learning curves of the cells that are switched on: mean over the seeds and its 95% band.
 *
 * The page's script feeds the data set `curves` (slot, name, step, mean, low, high, train) and sets
 * the parameters `training` (whether means on training rows are drawn), `names` (by slot, the cell
 * that has it), `slots` (those in use), `count` (of cells that are drawn) and `focus` (the ends of
 * the axis). Slots number colours, then dashes: slot 0 is the neutral solid line.
 *
 * @param lastStep Where the axis ends, whichever cells are switched on.
 */
function curvesSpec(
  scale: MetricScale,
  lastStep: number,
  { axisTitle, hasTraining }: { readonly axisTitle: string; readonly hasTraining: boolean },
): TopLevelSpec {
  const [least, most] = scale.bounds;
  const [low, high] = [
    least === -Infinity ? "focus[0]" : `max(focus[0], ${least})`,
    most === Infinity ? "focus[1]" : `min(focus[1], ${most})`,
  ];
  const focus = `[${low}, ${high}]`;
  const steps: number[] = [0, lastStep];
  const x = {
    field: "step",
    type: "quantitative",
    title: "Step",
    scale: { domain: steps, nice: false },
    axis: { grid: false, tickCount: { expr: "max(3, floor(width / 90))" } },
  } as const;
  const y = {
    type: "quantitative",
    title: axisTitle,
    scale: { domain: { expr: focus }, zero: false, nice: false },
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
  const { format } = scale;
  const interval = "isValid(datum.low) ? " +
    `format(datum.low, '${format}') + ' to ' + format(datum.high, '${format}') : '–'`;
  return {
    ...FULL_WIDTH,
    description: `${scale.axisTitle} over the steps of training: mean over seeds, 95% interval`,
    height: HEIGHT,
    params: [
      ...CELL_PARAMS,
      { name: "training", value: false },
      { name: "focus", value: [0, 1] },
      { name: "names", value: [] },
      { name: "slots", value: [] },
      { name: "count", value: 0 },
    ],
    data: { name: "curves" },
    layer: [
      {
        transform: [{
          filter: `isValid(datum.low) && (count <= ${MOST_BANDS} || ${IS_CHOSEN})`,
        }],
        mark: { type: "area", fillOpacity: 0.15, clip: true },
        encoding: {
          x,
          y: { ...y, field: "low" },
          y2: { field: "high" },
          color,
          detail: { field: "name" },
          opacity: unlessOther(1, 0.3),
        },
      },
      {
        transform: [{ filter: "training && isValid(datum.train)" }],
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
        transform: [{ calculate: interval, as: "interval" }],
        mark: { type: "point", filled: true, size: 60, clip: true },
        encoding: {
          x,
          y: { ...y, field: "mean" },
          color,
          opacity: { condition: { param: "hover", empty: false, value: 1 }, value: 0 },
          tooltip: [
            { field: "name", title: "Cell" },
            { field: "step", title: "Step" },
            { field: "mean", title: `Mean ${scale.nounAndUnit}`, format },
            { field: "interval", title: "95% interval" },
            ...hasTraining ? [{ field: "train", title: "On training rows", format }] : [],
          ],
        },
      },
    ],
  };
}
