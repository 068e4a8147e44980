import type { TopLevelSpec } from "vega-lite";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CHOSEN, IS_CHOSEN, unlessOther } from "./_chosen.ts";
import { FULL_WIDTH, groupColor } from "./_layout.ts";
import { bestOf, bestOfEachGroup, omission } from "./_shown_cells.ts";
import { type WeightShares, weightShares } from "./_weight_shares.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

const HEIGHT = 220;

/** How each layer's final weights are distributed; undefined if no run completed. */
export function weightHistograms(
  cells: readonly ReportCell[],
  input: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const eligible = cells.filter(({ metric }) => metric);
  const shown = bestOfEachGroup(eligible);
  const offered = bestOf(eligible, shown);
  const sharesOf = weightShares(input, offered.map(({ name }) => name));
  const depth = Math.max(0, ...[...sharesOf.values()].map(({ length }) => length));
  if (depth === 0) return undefined;
  const layers = Array.from(
    { length: depth },
    (_, layer) =>
      offered.flatMap((cell): CellWeights[] => {
        const shares = sharesOf.get(cell.name)?.[layer];
        return shares ? [{ cell, isShown: shown.includes(cell), ...shares }] : [];
      }),
  );
  return {
    heading: "Weights",
    caption: [
      "Histograms of each layer’s final weights, averaged over the seeds, in 16 bins from a cell’s " +
      "smallest weight to its largest. Shows the baseline, the best cell of each technique and the " +
      "marked cell.",
      ...omission(offered, eligible),
    ].join(" "),
    charts: layers.map((weights, layer) => ({
      id: `weights-${layer}`,
      title: `Layer ${layer}`,
      spec: histogramSpec(weights, layer, context),
    })),
  };
}

/** A cell's weights in one layer. */
interface CellWeights extends WeightShares {
  readonly cell: ReportCell;
  /** False: it is drawn while it is chosen. */
  readonly isShown: boolean;
}

/** The histograms of one layer's weights, cells one over the other. */
function histogramSpec(
  cells: readonly CellWeights[],
  layer: number,
  { groups }: Pick<ChartContext, "groups">,
): TopLevelSpec {
  const named = cells.filter(({ isShown }) => isShown).map(({ cell }) => cell.group);
  const x = {
    field: "edge",
    type: "quantitative",
    title: "Weight",
    scale: { nice: false, zero: false },
    axis: { grid: false, tickCount: { expr: "max(3, floor(width / 90))" } },
  } as const;
  const y = {
    field: "share",
    type: "quantitative",
    title: "Share of weights (%)",
    axis: { tickCount: 4 },
  } as const;
  const color = groupColor(groups, groups.filter((group) => named.includes(group)));
  return {
    ...FULL_WIDTH,
    description: `Weights of layer ${layer}: share per bin, a line per cell`,
    height: HEIGHT,
    params: [CHOSEN],
    datasets: {
      cells: cells.map(({ cell, isShown, edges, shares }) => ({
        name: cell.name,
        group: cell.group,
        isShown,
        // An outline: up from the axis where the first bin begins, down to it where the last ends.
        edge: [edges[0], ...edges],
        share: [0, ...shares, 0],
      })),
    },
    layer: [
      {
        data: { name: "cells" },
        transform: [
          { filter: `datum.isShown || ${IS_CHOSEN}` },
          { flatten: ["edge", "share"] },
        ],
        mark: { type: "line", interpolate: "step-after", strokeWidth: 2 },
        encoding: {
          x,
          y,
          color,
          detail: { field: "name" },
          opacity: unlessOther(1, 0.25),
          tooltip: { field: "name", title: "Cell" },
        },
      },
    ],
  };
}
