import type { TopLevelSpec } from "vega-lite";
import { countOf, formatFixed } from "../../format_number.ts";
import { areMeansComparable } from "../../statistics/are_means_comparable.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { type CommonestClass, constantSentence } from "../../wording/commonest_class.ts";
import { replicatesHeading, replicateWord } from "../../wording/replicate_word.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { IS_CHOSEN, IS_FILTERED } from "./_chosen.ts";
import { ARROWHEADS_SENTENCE, estimateChart, hasCuts } from "./_estimate_chart.ts";
import { type MeansAxis, meansAxis } from "./_means_axis.ts";
import { bestOf, hasIntervals, omission } from "./_shown_cells.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** Pixels that seeds are drawn below their cell's interval. */
const SEED_OFFSET = 7;

/** Every cell's mean and seeds, best first; undefined if no run completed. */
export function rankedCells(
  cells: readonly ReportCell[],
  input: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  if (!cells.some(({ metric }) => metric)) return undefined;
  const { noun } = context.scale;
  const isByMean = areMeansComparable(input.runs, context.analysis.question);
  const heading = isByMean ? `Cells by mean ${noun}` : `Mean ${noun} of each cell`;
  const shown = bestOf(cells);
  const axis = meansAxis(shown, input, context);
  const spec = rankingSpec(shown, axis, context);
  const word = replicateWord(context.analysis.question);
  const marks = hasIntervals(shown, "metric")
    ? `Large points are means over the ${word}s, bars their 95% intervals, small points single ` +
      `${word}s${
        shown.length === 1
          ? ""
          : `; hover over one to follow its ${
            word === "seed" ? "seed" : "seed and fold"
          } through all cells`
      }.`
    : `Each point is a single ${word}, so there are no intervals.`;
  return {
    id: "ranking",
    heading,
    caption: [
      marks,
      ...isByMean ? [] : [
        "Cells have different seeds, which shift their means: they are in the order of their " +
        "differences from the baseline.",
      ],
      ...(context.groups.length > 1 && axis.seen.length > 0
        ? [
          isDrawn(spec, "baseline")
            ? "The dashed line is the baseline’s mean."
            : "The baseline’s mean is beyond the axis.",
        ]
        : []),
      ...(axis.commonest ? [constantCaption(axis.commonest, isDrawn(spec, "constant"))] : []),
      ...(hasIntervals(shown, "metric") && cells.some(({ difference }) => difference)
        ? [
          "A seed shifts all cells alike, so intervals can overlap where cells clearly differ; the " +
          "differences from the baseline cancel these shifts out.",
        ]
        : []),
      ...(hasCuts(spec) ? [ARROWHEADS_SENTENCE] : []),
      ...omission(shown, cells),
    ].join(" "),
    charts: [{ id: "ranked-cells", title: heading, spec, rows: shown.length }],
  };
}

/** What the chart says of always predicting one class. */
function constantCaption(commonest: CommonestClass, isWithin: boolean): string {
  const sentence = constantSentence(commonest).replace(/\.$/, "");
  const where = isWithin ? ": the dotted line" : ", which is beyond the axis";
  return `${capitalized(sentence)}${where}.`;
}

/** True if the line of that data is within the axis. */
function isDrawn(spec: TopLevelSpec, line: "baseline" | "constant"): boolean {
  const { datasets } = spec as { datasets?: Readonly<Record<string, readonly object[]>> };
  return (datasets?.[line] ?? []).length > 0;
}

/**
 * Cells one below the other, in the order given: mean, 95% interval and every completed seed, with
 * a vertical line at the baseline's mean.
 *
 * A cell whose mean is off the axis stands at its edge, with the mean as text.
 */
function rankingSpec(
  cells: readonly ReportCell[],
  { seedsOf, commonest, references, seen }: MeansAxis,
  context: ChartContext,
): TopLevelSpec {
  const { scale, groups } = context;
  const rows = cells.map((cell) => {
    const seeds = seedsOf(cell);
    return { cell, estimate: cell.metric, seeds, values: seeds.map(({ value }) => value) };
  });
  const places = new Map(cells.map((cell, index) => [cell, index]));
  const baseline = cells.find((cell) => cell.isBaseline)?.metric;
  return estimateChart(rows, {
    ...context,
    scale,
    description: `${
      countOf(cells.length, "cell")
    }, best first: mean ${scale.noun}, its 95% interval, and every seed`,
    title: scale.axisTitle,
    bounds: scale.bounds,
    references,
    seen,
    meanTitle: `Mean ${scale.nounAndUnit}`,
    countTitle: replicatesHeading(context.analysis.question),
    named: groups,
    write: (mean) => formatFixed(mean, scale.decimals) + scale.unit,
    background: ({ x, y, color, keysOf, isInside, format }) => ({
      datasets: {
        baseline: baseline && isInside(baseline.mean) ? [{ mean: baseline.mean }] : [],
        ...(commonest ? { constant: references.filter(isInside).map((value) => ({ value })) } : {}),
        seeds: rows.flatMap(({ cell, seeds }) =>
          // A single seed is its cell's mean.
          seeds.filter(({ value }) => seeds.length > 1 && isInside(value))
            .map(({ seed, value }) => ({ ...keysOf(cell), seed, value, place: places.get(cell) }))
        ),
      },
      before: [
        {
          data: { name: "baseline" },
          mark: { type: "rule", strokeDash: [4, 4], style: "reference" },
          encoding: { x: { ...x, field: "mean" } },
        },
        ...(commonest
          ? [{
            data: { name: "constant" },
            mark: {
              type: "rule" as const,
              strokeDash: [1.5, 3],
              strokeWidth: 1.5,
              style: "reference",
            },
            encoding: { x: { ...x, field: "value" } },
          }]
          : []),
      ],
      after: [
        {
          data: { name: "seeds" },
          transform: [{ filter: { param: "seed", empty: false } }],
          mark: { type: "line", style: "seed", clip: true, yOffset: SEED_OFFSET },
          encoding: { x: { ...x, field: "value" }, y, order: { field: "place" } },
        },
        {
          // The parameter belongs to one layer: on the chart, its signals would be defined twice.
          params: [{
            name: "seed",
            select: { type: "point", fields: ["seed"], on: "pointerover", clear: "pointerout" },
          }],
          data: { name: "seeds" },
          // Below the intervals, which would hide them.
          mark: { type: "point", filled: true, size: 30, yOffset: SEED_OFFSET },
          encoding: {
            x: { ...x, field: "value" },
            y,
            color,
            opacity: {
              condition: [
                { param: "seed", empty: false, value: 1 },
                { test: `chosen === null && ${IS_FILTERED}`, value: 0.4 },
                { test: IS_CHOSEN, value: 0.8 },
              ],
              value: 0.12,
            },
            tooltip: [
              { field: "name", title: "Cell" },
              { field: "seed", title: "Seed" },
              { field: "value", title: scale.axisTitle, format },
            ],
          },
        },
      ],
    }),
  });
}
