import type { TopLevelSpec } from "vega-lite";
import { formatCount, formatFixed } from "../../format_number.ts";
import type { SweptKey } from "../../results/manifest.ts";
import { trainersOf } from "../../results/trainers_of.ts";
import type { Hyperparameter } from "../../trainers/hyperparameter.ts";
import type { MetricScale } from "../../wording/metric_scale.ts";
import { replicatesHeading } from "../../wording/replicate_word.ts";
import { endsOf, intervalText } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { axisTicks } from "./axis_ticks.ts";
import { CELL_PARAMS, ring, unlessExcluded } from "./_chosen.ts";
import { baselineSentence, focusDomain } from "./_focus_domain.ts";
import { CHARACTER, FULL_WIDTH, groupColor, type Layer, metricAxis } from "./_layout.ts";
import { hasIntervals, WITH_BANDS } from "./_shown_cells.ts";
import { type StrengthPanel, strengthPanels } from "./_strength_panels.ts";
import { axisTitle } from "./_swept_axis.ts";
import { isRate, scaleNote, shareOn, type ValueScale, valueScale } from "./_value_scale.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** With more lines, their bands would hide one another. */
const MOST_BANDS = 3;
const HEIGHT = 260;
/** Characters that fit under the narrowest panel. */
const MOST_TITLE = 46;
const MOST_TICKS = 10;
/** The opacity of cells that the filter leaves out. */
const EXCLUDED = 0.25;

/** The metric over each swept number; undefined if no cells differ in one of them alone. */
export function strengthCurves(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const panels = strengthPanels(cells, manifest.experiment.swept);
  if (panels.length === 0 || areAllOneRun(cells, context)) return undefined;
  const { noun, bounds } = context.scale;
  const drawn = new Set(
    panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ cell }) => cell))),
  );
  const hasBands = hasIntervals(cells, "metric") &&
    panels.every(({ lines }) => lines.length <= MOST_BANDS);
  const baseline = cells.find(({ isBaseline }) => isBaseline)?.metric?.mean;
  const domain = focusDomain(
    cells.filter(({ name }) => drawn.has(name))
      // With or without bands: the axis is not to make differences within the intervals look large.
      .map(({ metric }) => endsOf(metric)),
    bounds,
    baseline === undefined ? [] : [baseline],
  );
  const bands = hasBands ? WITH_BANDS : "";
  const most = Math.max(...panels.map(({ total }) => total));
  const kept = Math.max(...panels.map(({ lines }) => lines.length));
  const heading = panels.every(({ key }) => key.regularizer)
    ? "Strength of regularization"
    : "Effect of each swept value";
  const frame = { domain, baseline, hasBands, hyperparameters: trainersOf(manifest).rows };
  const isInside = (mean: number) => domain[0] <= mean && mean <= domain[1];
  const areInside = panels.map(({ lines }) =>
    lines.some(({ points }) => points.some(({ estimate }) => isInside(estimate.mean)))
  );
  const charts = panels.map((panel, index) => ({
    id: `strength-${panel.key.key.replaceAll("_", "-")}`,
    title: panel.key.label,
    spec: strengthSpec(
      panel,
      // Nothing would be seen of it in the others' frame.
      areInside[index] ? frame : { ...frame, domain: ownDomain(panel, bounds) },
      context,
    ),
  }));
  return {
    id: "strength",
    heading,
    caption: [
      `Mean ${noun}${bands}.`,
      ...(most > 1 ? ["Along a line, only the value on the axis changes."] : []),
      ...(baseline === undefined ? [] : [baselineSentence(baseline, domain)]),
      ...(charts.some(({ spec }) => JSON.stringify(spec).includes("symlog"))
        ? ["A symlog scale is logarithmic, but linear near 0."]
        : []),
      ...(charts.some(({ spec }) => hasBeyond(spec))
        ? ["▾ and ▴ mark means and intervals that go on beyond the frame."]
        : []),
      ...(areInside.includes(false)
        ? ["A chart has an axis of its own where all its means are far from the others."]
        : []),
      ...(most > kept ? [`Showing the best ${kept} of up to ${formatCount(most)} lines.`] : []),
    ].join(" "),
    charts,
  };
}

/** The axis of a panel that has it to itself. */
function ownDomain(
  { lines }: StrengthPanel,
  bounds: readonly [number, number],
): [number, number] {
  return focusDomain(
    lines.flatMap(({ points }) => points.map(({ estimate }) => endsOf(estimate))),
    bounds,
  );
}

/** True if the swept values have no effect at all. */
function areAllOneRun(
  cells: readonly ReportCell[],
  { analysis: { repeats, question: { baseline } } }: ChartContext,
): boolean {
  return cells.every(({ name, isBaseline }) => isBaseline || repeats.get(name) === baseline);
}

/** What the panels of strengths have in common, so that they can be compared. */
interface StrengthFrame {
  /** Of the metric. */
  readonly domain: [number, number];
  /** The baseline's mean, if it has one. */
  readonly baseline?: number;
  /** Whether lines have bands of 95% intervals. */
  readonly hasBands: boolean;
  /** The hyperparameters of all trainers. */
  readonly hyperparameters: readonly Hyperparameter[];
}

/**
 * The metric over the strength of one hyperparameter, a line per combination of the others, with a
 * line across at the baseline's mean.
 */
function strengthSpec(
  panel: StrengthPanel,
  frame: StrengthFrame,
  { scale, groups, analysis }: ChartContext,
): TopLevelSpec {
  const { domain, baseline, hasBands, hyperparameters } = frame;
  const { key, label } = panel.key;
  const isSingle = panel.lines.length === 1;
  const names = panel.lines.map(({ name }) => name);
  const rows = panel.lines.flatMap((line) =>
    line.points.map(({ strength, cell, estimate }) => ({
      group: isSingle ? line.group : line.name,
      strength,
      name: cell,
      ...estimate,
      interval: intervalText(estimate, scale),
    }))
  );
  const strengths = [...new Set(rows.map(({ strength }) => strength))].sort((a, b) => a - b);
  const valuesScale = valueScale(strengths, isRate(key, hyperparameters));
  const x = {
    field: "strength",
    type: "quantitative",
    title: titleLines(panel.key, valuesScale),
    ...strengthAxis(strengths, valuesScale),
  } as const;
  const y = metricAxis(scale, domain);
  // Lines of one technique take the hues after the neutral, which the empty name occupies.
  const title = panel.distinguishing.map((other) => other.label).join(", ");
  const color = isSingle ? groupColor(groups, []) : groupColor(["", ...names], names, { title });
  const band: Layer = {
    data: { name: "points" },
    transform: [{ filter: "isValid(datum.low)" }],
    mark: { type: "area", opacity: isSingle ? 0.18 : 0.07, clip: true },
    encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
  };
  const beyond = beyondOf(panel, frame, scale);
  const crowded = crowdedWidth(beyond, strengths, valuesScale);
  return {
    ...FULL_WIDTH,
    description: `${scale.axisTitle} over ${label}: mean${hasBands ? " and 95% interval" : ""}, ${
      isSingle ? "one line" : `a line per ${title}: ${names.join("; ")}`
    }`,
    height: HEIGHT,
    params: [...CELL_PARAMS],
    datasets: {
      baseline: baseline === undefined ? [] : [{ mean: baseline }],
      points: rows,
      beyond,
    },
    layer: [
      {
        data: { name: "baseline" },
        mark: { type: "rule", strokeDash: [4, 4], style: "reference", clip: true },
        encoding: { y: { ...y, field: "mean" } },
      },
      ...(hasBands ? [band] : []),
      {
        data: { name: "points" },
        mark: {
          type: "line",
          strokeWidth: 2,
          clip: true,
          // Points say which cells the filter selects.
          opacity: { expr: `filtered === null ? 1 : ${EXCLUDED}` },
        },
        encoding: { x, y: { ...y, field: "mean" }, color },
      },
      {
        data: { name: "points" },
        mark: { type: "point", filled: true, size: 60, clip: true },
        encoding: {
          x,
          y: { ...y, field: "mean" },
          color,
          opacity: unlessExcluded(1, EXCLUDED),
          tooltip: [
            { field: "name", title: "Cell" },
            { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: scale.format },
            { field: "interval", title: "95% interval" },
            { field: "n", title: replicatesHeading(analysis.question) },
          ],
        },
      },
      ...(["halo", "reference"] as const).map((style): Layer => ({
        data: { name: "beyond" },
        // Where numbers would cover one another, their marks alone stay.
        ...(crowded === undefined ? {} : {
          transform: [{
            calculate: `width < ${crowded} ? slice(datum.text, 0, 1) : datum.text`,
            // Not the text itself, which a chart that becomes wide again still needs.
            as: "shown",
          }],
        }),
        mark: {
          type: "text",
          style,
          align: { expr: "datum.align" },
          baseline: { expr: "datum.isLow ? 'bottom' : 'top'" },
        },
        encoding: {
          x,
          y: { ...y, field: "at" },
          text: { field: crowded === undefined ? "text" : "shown" },
        },
      })),
      ring("points", { x, y: { ...y, field: "mean" } }),
    ],
  };
}

/**
 * What lies beyond the frame: one mark per strength and side, with the means that do, or without a
 * number where only an interval does.
 */
function beyondOf(
  { lines }: StrengthPanel,
  { domain: [low, high], hasBands }: StrengthFrame,
  { decimals, bounds }: MetricScale,
) {
  const byStrength = Map.groupBy(lines.flatMap(({ points }) => points), ({ strength }) => strength);
  const strengths = [...byStrength.keys()].sort((a, b) => a - b);
  return strengths.flatMap((strength, place) =>
    [true, false].flatMap((isLow) => {
      const isBeyond = (value: number) => isLow ? value < low : value > high;
      const estimates = (byStrength.get(strength) ?? []).map(({ estimate }) => estimate);
      const means = estimates.map(({ mean }) => mean).filter(isBeyond);
      const cut = estimates.filter(({ low = NaN, high = NaN }) => {
        const end = isLow ? low : high;
        return low < high && (isBeyond(end) || end === bounds[isLow ? 0 : 1]);
      });
      if (means.length === 0 && !(hasBands && cut.length > 0)) return [];
      const ends = [...new Set(means.length > 0 ? [Math.min(...means), Math.max(...means)] : [])];
      const text = [isLow ? "▾" : "▴", ends.map((end) => formatFixed(end, decimals)).join(" to ")];
      const align = place === 0 ? "left" : place === strengths.length - 1 ? "right" : "center";
      return [{ strength, isLow, at: isLow ? low : high, text: text.join(" ").trim(), align }];
    })
  );
}

/**
 * The width of a chart, in pixels, in which the numbers of neighbouring marks would touch; undefined
 * if there are no neighbours.
 */
function crowdedWidth(
  beyond: ReturnType<typeof beyondOf>,
  strengths: readonly number[],
  scale: ValueScale,
): number | undefined {
  const longest = CHARACTER * Math.max(0, ...beyond.map(({ text }) => text.length));
  const placeOf = shareOn(scale, [strengths[0], strengths[strengths.length - 1]]);
  const widths = [true, false].flatMap((isLow) => {
    const marks = beyond.filter((mark) => mark.isLow === isLow);
    return marks.slice(1).map((mark, index) => {
      const before = marks[index];
      // A number at an end of the axis lies to one side of its mark, with all of its length.
      const atEnds = Number(before.align === "left") + Number(mark.align === "right");
      const room = longest * (1 + atEnds / 2);
      return room / (placeOf(mark.strength) - placeOf(before.strength));
    });
  });
  return widths.length === 0 ? undefined : Math.round(Math.max(...widths));
}

function hasBeyond(spec: TopLevelSpec): boolean {
  const { datasets } = spec as { datasets?: { beyond?: readonly object[] } };
  return (datasets?.beyond ?? []).length > 0;
}

/** Title and scale on one line where a panel has room for both, as it has for most titles. */
function titleLines(key: SweptKey, scale: ValueScale): string | string[] {
  const notes = scaleNote(scale);
  const whole = axisTitle(key, notes);
  return whole.length <= MOST_TITLE ? whole : [axisTitle(key), ...notes.map((note) => `(${note})`)];
}

/** An axis with ticks at the values used, or at round ones if there are too many. */
function strengthAxis(strengths: readonly number[], { type, constant }: ValueScale) {
  const [low, high] = [strengths[0], strengths[strengths.length - 1]];
  const values = strengths.length <= MOST_TICKS
    ? [...strengths]
    : axisTicks({ type, constant }, [low, high], MOST_TICKS);
  return {
    scale: {
      ...(type === "symlog"
        ? { type, constant }
        : type === "log"
        ? { type }
        : { type, zero: false }),
      domain: [low, high],
      nice: false,
      padding: 14,
    },
    axis: {
      values,
      grid: false,
      titleLimit: { expr: "width" },
      labelExpr: "datum.value !== 0 && (abs(datum.value) < 0.0001 || abs(datum.value) >= 1e6) " +
        "? format(datum.value, '~e') : format(datum.value, '~g')",
    },
  };
}
