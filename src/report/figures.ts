import type { TopLevelSpec } from "vega-lite";
import type { ChartContext } from "./charts/chart_context.ts";
import { learningCurvesChart } from "./charts/learning_curves_chart.ts";
import { pairedDifferences } from "./charts/paired_differences.ts";
import { rankedCells } from "./charts/ranked_cells.ts";
import { strengthCurve } from "./charts/strength_curve.ts";
import { endsOf } from "./estimate.ts";
import { focusDomain } from "./focus_domain.ts";
import { countOf, formatCount } from "./format_number.ts";
import { bandText } from "./interval_words.ts";
import { type LearningCurve, learningCurves } from "./learning_curves.ts";
import { curveFigureOf, metricScale } from "./metric_scale.ts";
import { groupsOf, type ReportCell } from "./report_cell.ts";
import type { ReportInput } from "./report_input.ts";
import { strengthPanels } from "./strength_panels.ts";

/** A heading, one or several charts side by side, and what to see in them. */
export interface Figure {
  readonly heading: string;
  readonly caption: string;
  readonly charts: readonly Chart[];
  /** Cells that the reader switches on and off. */
  readonly curves?: readonly CellCurve[];
}

/** One chart, with the title that it has where it stands alone. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
}

/** A cell's learning curve, and whether it is drawn at first. */
export interface CellCurve extends LearningCurve {
  readonly name: string;
  /** Its group's place in the palette, which it has if it is free; 0 is the baseline's. */
  readonly color: number;
  readonly isShown: boolean;
}

/** More rows than these nobody reads, and the page would grow with the sweep. */
const MOST_ROWS = 40;
const WITH_BANDS = ", with bands of 95% intervals";

/**
 * The figures that make sense for a sweep, in the order of the page.
 *
 * @param cells Best first.
 */
export function figures(cells: readonly ReportCell[], input: ReportInput): Figure[] {
  const { metric, largerIsBetter } = input.manifest.experiment;
  const context = { metric, largerIsBetter, groups: groupsOf(cells) };
  return [
    ranking(cells, input, context),
    ...differences(cells, input, context),
    ...strengths(cells, input, context),
    ...curves(cells, input, context),
  ];
}

function ranking(cells: readonly ReportCell[], input: ReportInput, context: ChartContext): Figure {
  const { noun } = metricScale(context.metric);
  const shown = best(cells);
  const heading = `Cells by mean ${noun}`;
  const marks = hasIntervals(shown, "metric")
    ? "Large points are means over the seeds, bars their 95% t-intervals, small points single seeds."
    : "Points are single seeds, which give no intervals.";
  return {
    heading,
    caption: [
      marks,
      ...(context.groups.length > 1 ? ["The dashed line is the baseline’s mean."] : []),
      ...omission(shown, cells),
    ].join(" "),
    charts: [{ id: "ranked-cells", title: heading, spec: rankedCells(shown, input.runs, context) }],
  };
}

function differences(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): Figure[] {
  const compared = cells.filter(({ difference }) => difference);
  if (compared.length === 0) return [];
  const { equivalence, baseline } = manifest.experiment;
  const band = bandText(equivalence, metricScale(context.metric));
  const shown = best(compared);
  return [{
    heading: "Differences to the baseline",
    caption: [
      `Each seed’s run is compared with the same seed’s run of ${baseline}; points are the mean ` +
      `differences${hasIntervals(shown, "difference") ? ", bars their 95% t-intervals" : ""}.`,
      ...(equivalence > 0
        ? [`The grey band, ${band}, holds what this experiment counts as no practical difference.`]
        : []),
      ...omission(shown, compared),
    ].join(" "),
    charts: [{
      id: "paired-differences",
      title: `Differences to the baseline, ${baseline}`,
      spec: pairedDifferences(shown, { ...context, equivalence }),
    }],
  }];
}

function strengths(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): Figure[] {
  const panels = strengthPanels(cells, manifest.experiment.swept);
  if (panels.length === 0) return [];
  const { noun, bounds } = metricScale(context.metric);
  const drawn = new Set(
    panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ cell }) => cell))),
  );
  const domain = focusDomain(
    cells.filter(({ name }) => drawn.has(name)).map(({ metric }) => endsOf(metric)),
    context.largerIsBetter,
    bounds,
  );
  const baseline = cells.find(({ isBaseline }) => isBaseline)?.metric?.mean;
  const bands = hasIntervals(cells, "metric") ? WITH_BANDS : "";
  const most = Math.max(...panels.map(({ total }) => total));
  const kept = Math.max(...panels.map(({ lines }) => lines.length));
  const heading = panels.every(({ key }) => key.regularizer)
    ? "Strength of regularization"
    : "Effect of each swept value";
  return [{
    heading,
    caption: [
      `Mean ${noun}${bands}. Along a line, nothing but the value on the axis changes. The dashed`,
      "line is the baseline’s mean.",
      ...(most > kept ? [`Of up to ${formatCount(most)} lines, the ${kept} best are drawn.`] : []),
    ].join(" "),
    charts: panels.map((panel) => ({
      id: `strength-${panel.key.key.replaceAll("_", "-")}`,
      title: panel.key.label,
      spec: strengthCurve(panel, domain, baseline, context),
    })),
  }];
}

function curves(
  cells: readonly ReportCell[],
  input: ReportInput,
  { metric, groups }: ChartContext,
): Figure[] {
  const figure = curveFigureOf(metric);
  const scale = metricScale(figure);
  const eligible = cells.filter((cell) => cell.metric);
  const shown = atFirst(eligible);
  // Those drawn come first, so that a long list of switches starts with them.
  const offered = [...new Set([...shown, ...best(eligible, shown)])];
  const curveOf = learningCurves(input, offered.map(({ name }) => name), figure, scale.factor);
  const drawn = offered.flatMap(({ name, group }) => {
    const curve = curveOf.get(name);
    const isShown = shown.some((cell) => cell.name === name);
    return curve ? [{ name, color: groups.indexOf(group), isShown, ...curve }] : [];
  });
  const bands = drawn.some(({ low }) => low) ? WITH_BANDS : "";
  const lastStep = Math.max(0, ...drawn.flatMap(({ step }) => step.slice(-1)));
  if (lastStep === 0) return [];
  return [{
    heading: "Learning curves",
    caption: [
      `Mean ${scale.noun} over the seeds${bands}. The axis fits the curves from a tenth of the`,
      "steps on.",
      ...omission(offered, eligible),
    ].join(" "),
    charts: [{
      id: "learning-curves",
      title: `Learning curves: ${scale.noun}`,
      spec: learningCurvesChart(scale, lastStep),
    }],
    curves: drawn,
  }];
}

function hasIntervals(cells: readonly ReportCell[], what: "metric" | "difference"): boolean {
  return cells.some((cell) => cell[what]?.low !== undefined);
}

/** The best of each group: the baseline and the best of each technique. */
function atFirst(cells: readonly ReportCell[]): ReportCell[] {
  return [...Map.groupBy(cells, ({ group }) => group).values()].map(([first]) => first);
}

/** As many of the best cells as there is room for, in their order, and `always` in any case. */
function best(
  cells: readonly ReportCell[],
  always: readonly ReportCell[] = cells.filter(({ isBaseline }) => isBaseline),
): ReportCell[] {
  const kept = new Set([...new Set([...always, ...cells])].slice(0, MOST_ROWS));
  return cells.filter((cell) => kept.has(cell));
}

function omission(shown: readonly ReportCell[], all: readonly ReportCell[]): string[] {
  if (shown.length === all.length) return [];
  return [
    `The best ${shown.length} of ${countOf(all.length, "cell")} are drawn; cells.csv has all.`,
  ];
}
