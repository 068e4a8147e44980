import type { TopLevelSpec } from "vega-lite";
import type { RunRow } from "../../results/run_row.ts";
import { toShown } from "../estimate.ts";
import { countOf, formatFixed } from "../../format_number.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import { IS_CHOSEN } from "./_chosen.ts";
import { estimateChart } from "./_estimate_chart.ts";
import type { ChartContext } from "./chart_context.ts";

/** Pixels that seeds are drawn below their cell's interval. */
const SEED_OFFSET = 7;

/**
 * Cells one below the other, in the order given: mean, 95% interval and every completed seed, with
 * a line down the baseline's mean.
 *
 * A cell whose mean is too far off for the axis stands at its edge, with the mean in figures.
 */
export function rankedCells(
  cells: readonly ReportCell[],
  runs: readonly RunRow[],
  context: ChartContext,
): TopLevelSpec {
  const { metric, groups } = context;
  const scale = metricScale(metric);
  const seedsOf = Map.groupBy(
    runs.flatMap(({ cell, seed, status, measures }) =>
      status === "completed" && measures
        ? [{ cell, seed, value: toShown(measures[metric] * scale.factor) }]
        : []
    ),
    ({ cell }) => cell,
  );
  const rows = cells.map((cell) => {
    const seeds = seedsOf.get(cell.name) ?? [];
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
    meanTitle: `Mean ${scale.nounAndUnit}`,
    countTitle: "Seeds",
    named: groups,
    write: (mean) => formatFixed(mean, scale.decimals) + scale.unit,
    background: ({ x, y, color, keysOf, isInside, format }) => ({
      datasets: {
        baseline: baseline && isInside(baseline.mean) ? [{ mean: baseline.mean }] : [],
        seeds: rows.flatMap(({ cell, seeds }) =>
          // A single seed is its cell's mean.
          seeds.filter(({ value }) => seeds.length > 1 && isInside(value))
            .map(({ seed, value }) => ({ ...keysOf(cell), seed, value, place: places.get(cell) }))
        ),
      },
      before: [{
        data: { name: "baseline" },
        mark: { type: "rule", strokeDash: [4, 4], style: "reference" },
        encoding: { x: { ...x, field: "mean" } },
      }],
      after: [
        {
          data: { name: "seeds" },
          transform: [{ filter: { param: "seed", empty: false } }],
          mark: { type: "line", style: "seed", clip: true, yOffset: SEED_OFFSET },
          encoding: { x: { ...x, field: "value" }, y, order: { field: "place" } },
        },
        {
          // The parameter sits in one layer: on the whole it would name its signals twice.
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
                { test: "chosen === null", value: 0.4 },
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
