import type { TopLevelSpec } from "vega-lite";
import { countOf, formatCount } from "../../format_number.ts";
import { listWords } from "../../list_words.ts";
import { isLargerBetter } from "../../measures/metrics.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import { toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CELL_PARAMS, ring, unlessOther } from "./_chosen.ts";
import { focusDomain } from "./_focus_domain.ts";
import { FULL_WIDTH, groupColor, metricAxis, type UnitLayer } from "./_layout.ts";
import { baselineMeans, type Rung, type RungPoint, rungPoints, rungsIn } from "./_rung_points.ts";
import { stoppedTable } from "./_stopped_table.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

const HEIGHT = 340;
/** As a path, whose size is that of its sides. */
const CROSS = "M-1,-1L1,1M1,-1L-1,1";
/** Nobody tells more lines apart, and the page must not grow with the sweep. */
const MOST_LINES = 200;

/** Which cells successive halving stopped, and when; undefined if it stopped none. */
export function halvingRungs(
  cells: readonly ReportCell[],
  { manifest, halving = [] }: ReportInput,
  { groups }: ChartContext,
): ChartGroup | undefined {
  const stopped = halving.filter(({ isKept }) => !isKept);
  if (stopped.length === 0) return undefined;
  const { experiment, unfinished, runs: { divergedEarly = 0 } } = manifest;
  const { metric } = experiment.halving ?? experiment;
  const rungs = rungsIn(halving, { metric, baseline: experiment.baseline });
  const scale = metricScale(metric, halving);
  // Runs that stop early by themselves end there, too: their cells were not stopped.
  const end = unfinished?.rung ?? Math.max(
    2 * rungs[rungs.length - 1].step,
    ...cells.map(({ summary }) => Math.round(summary.means.steps ?? 0)),
  );
  const by = { metric, factor: scale.factor, end };
  // All cells learn at first, which would hide how they differ.
  const reference = baselineMeans(rungs, cells, by);
  const lines = rungPoints(rungs, cells, manifest, { ...by, reference });
  const shown = lines.slice(0, MOST_LINES);
  const domain = focusDomain(
    shown.map((points) => points.map(({ value }) => value)),
    reference ? scale.differenceBounds : scale.bounds,
    reference ? [0] : [],
  );
  const points = shown.flat();
  const hasBeyond = points.some(({ value }) => value < domain[0] || value > domain[1]);
  return {
    id: "stopped",
    heading: "Stopped early",
    caption: [
      `Chosen by mean ${scale.noun}: ${listWords(rungs.map(choiceAt), "and")}.`,
      ...unfinished?.rung === undefined
        ? []
        : [`After ${countOf(unfinished.rung, "step")}, the sweep ended before it chose.`],
      "The baseline always goes on.",
      ...reference ? ["Lines show how far means are from the baseline’s at the same step."] : [],
      "Grey lines end with a cross, where their cells were stopped. A dash is the " +
      `${isLargerBetter(metric) ? "lowest" : "highest"} mean that was kept, the baseline’s apart.`,
      ...rungs.some(hasLosses) ? ["A cell with a run that diverged ranks behind all others."] : [],
      ...divergedEarly > 0 ? [`${countOf(divergedEarly, "run")} of stopped cells diverged.`] : [],
      ...hasBeyond ? ["A triangle marks a mean beyond the axis."] : [],
      "Stopped cells are in no other chart and no comparison, since they trained for fewer steps " +
      "than the others. The others were chosen on the same rows and seeds that they are compared " +
      "on; their p-values do not account for that choice.",
      ...shown.length < lines.length
        ? [
          `Showing the ${formatCount(shown.length)} of ${
            countOf(lines.length, "cell")
          } that went ` +
          "furthest; halving.csv lists all.",
        ]
        : [],
    ].join(" "),
    charts: [{
      id: "halving",
      title: "Cells at the rungs of successive halving",
      spec: rungsSpec(points, rungs, {
        ...{ groups, scale, domain, end, reference },
        endLabel: unfinished?.rung === undefined ? "end" : formatCount(end),
      }),
    }],
    table: stoppedTable(stopped, scale),
  };
}

/** `9 of 27 cells went on after 50 steps`. */
function choiceAt({ step, ranked }: Rung, place: number): string {
  const kept = formatCount(ranked.filter(({ isKept }) => isKept).length);
  const all = place === 0 ? countOf(ranked.length, "cell") : formatCount(ranked.length);
  return `${kept} of ${all}${place === 0 ? " went on" : ""} after ${countOf(step, "step")}`;
}

/** True if some cell has fewer runs than others. */
function hasLosses({ ranked }: Rung): boolean {
  return new Set(ranked.map(({ n }) => n)).size > 1;
}

/**
 * A line per cell over the steps at which cells were compared: grey for those that were stopped, in
 * their technique's colour for the others.
 */
function rungsSpec(
  points: readonly RungPoint[],
  rungs: readonly Rung[],
  { groups, scale, domain, end, endLabel, reference }: Pick<ChartContext, "groups" | "scale"> & {
    readonly domain: [number, number];
    readonly end: number;
    /** What is subtracted from means, by step; absent if nothing is. */
    readonly reference?: ReadonlyMap<number, number>;
    /** What its place on the axis is called. */
    readonly endLabel: string;
  },
): TopLevelSpec {
  const [low, high] = domain;
  const steps = rungs.map(({ step }) => step);
  const values: number[] = [...steps, end];
  const isInside = ({ value }: { readonly value: number }) => low <= value && value <= high;
  const named = new Set(points.map(({ group }) => group));
  const x = {
    field: "step",
    type: "quantitative" as const,
    title: "Steps (log scale)",
    scale: { type: "log" as const, domain: [steps[0], end], nice: false, padding: 26 },
    axis: {
      values,
      format: ",d",
      labelExpr: `datum.value === ${end} ? '${endLabel}' : datum.label`,
    },
  };
  const axis = metricAxis(
    reference
      ? { axisTitle: scale.differenceTitle.replace("Difference", "Difference from the baseline") }
      : scale,
    domain,
  );
  const signed = { labelExpr: "datum.value > 0 ? '+' + datum.label : datum.label" };
  const y = { ...axis, axis: { ...axis.axis, ...reference && signed }, field: "value" };
  const color = groupColor(groups, groups.filter((group) => named.has(group)));
  const tooltip = [
    { field: "name", title: "Cell" },
    { field: "step", title: "Step", format: ",d" },
    { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: scale.format },
    ...reference
      ? [{ field: "value", title: "Less the baseline’s", format: `+${scale.format}` }]
      : [],
    { field: "n", title: "Runs" },
    { field: "rank", title: "Rank" },
    { field: "outcome", title: "Outcome" },
  ];
  const isKept = "isValid(datum.group)";
  const line = (filter: string, mark: object, encoding: object): UnitLayer => ({
    data: { name: "points" },
    transform: [{ filter }],
    mark: { type: "line", clip: true, ...mark },
    encoding: { x, y, detail: { field: "name" }, ...encoding },
  });
  return {
    ...FULL_WIDTH,
    description: `Mean ${scale.noun} of each cell at the rungs of successive halving`,
    height: HEIGHT,
    params: [...CELL_PARAMS],
    datasets: {
      // A line goes on through a point beyond the axis, and is cut off at the axis.
      points: points.map((point) => ({ ...point, ...!isInside(point) && { isBeyond: true } })),
      beyond: points.filter((point) => !isInside(point)).map((point) => ({
        ...point,
        at: point.value < low ? low : high,
        angle: point.value < low ? 180 : 0,
      })),
      cuts: rungs.flatMap(({ step, cut }) =>
        cut === undefined
          ? []
          : [{ step, value: toShown(cut * scale.factor - (reference?.get(step) ?? 0)) }]
      ).filter(isInside),
    },
    layer: [
      line(`!${isKept}`, { style: "seed" }, { opacity: unlessOther(0.4, 0.12) }),
      line(isKept, { strokeWidth: 2 }, { color, opacity: unlessOther(1, 0.25) }),
      {
        data: { name: "cuts" },
        mark: { type: "tick", orient: "horizontal", size: 34, thickness: 2, style: "reference" },
        encoding: { x, y },
      },
      {
        data: { name: "points" },
        transform: [{ filter: "datum.isStop && !datum.isBeyond" }],
        mark: { type: "point", shape: CROSS, size: 30, strokeWidth: 1.5, style: "gone" },
        encoding: { x, y, opacity: unlessOther(0.7, 0.2), tooltip },
      },
      {
        data: { name: "points" },
        transform: [{ filter: `${isKept} && !datum.isBeyond` }],
        mark: { type: "point", filled: true, size: 60 },
        encoding: { x, y, color, opacity: unlessOther(1, 0.25), tooltip },
      },
      {
        data: { name: "beyond" },
        mark: { type: "point", shape: "triangle-up", filled: true, size: 55, style: "gone" },
        encoding: {
          x,
          y: { ...y, field: "at" },
          angle: { field: "angle", type: "quantitative", scale: null },
          opacity: unlessOther(0.7, 0.2),
          tooltip,
        },
      },
      ring("points", { x, y }),
    ],
  };
}
