import type { TopLevelSpec } from "vega-lite";
import { toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CELL_PARAMS, IS_CHOSEN, unlessOther } from "./_chosen.ts";
import { FULL_WIDTH, groupColor } from "./_layout.ts";
import { bestOf, bestOfEachGroup, notOffered } from "./_shown_cells.ts";
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
  // Layers that no cell drawn at first has would be empty charts.
  const depth = Math.max(0, ...shown.map(({ name }) => sharesOf.get(name)?.length ?? 0));
  if (depth === 0) return undefined;
  const layers = Array.from(
    { length: depth },
    (_, layer) =>
      offered.flatMap((cell): CellWeights[] => {
        const shares = sharesOf.get(cell.name)?.[layer];
        return shares ? [{ cell, isShown: shown.includes(cell), ...shares }] : [];
      }),
  );
  const groupsIn = (weights: readonly CellWeights[]) =>
    new Set(weights.filter(({ isShown }) => isShown).map(({ cell }) => cell.group));
  // Where one chart has a legend, a single line in another needs its name, too.
  const hasLegend = layers.some((weights) => groupsIn(weights).size > 1);
  return {
    isSecondary: true,
    id: "weights",
    heading: "Weights",
    caption: [
      "Density of each layer’s final weights over all runs: equal areas are equal shares of the " +
      "weights.",
      ...cells.length > 1
        ? ["Shows the baseline, the best cell of each technique and the marked cell."]
        : [],
      ...(sharesOf.size > shown.length &&
          shown.some(({ name }) => sharesOf.get(name)?.length !== depth)
        ? ["Cells with fewer layers are missing from the last charts."]
        : []),
      ...offered.some(({ name }) => (sharesOf.get(name)?.length ?? 0) > depth)
        ? ["Layers that only other cells have are not drawn."]
        : [],
      ...notOffered(offered, eligible),
    ].join(" "),
    charts: layers.map((weights, layer) => ({
      id: `weights-${layer}`,
      title: `Layer ${layer}`,
      spec: histogramSpec(weights, layer, {
        groups: context.groups,
        named: context.groups.filter((group) => groupsIn(weights).has(group)),
        hasLegend,
      }),
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
  { groups, named, hasLegend }: Pick<ChartContext, "groups"> & {
    /** Groups of the cells that are drawn at first. */
    readonly named: readonly string[];
    readonly hasLegend: boolean;
  },
): TopLevelSpec {
  const width = usualWidth(cells);
  const outlines = cells.map((shares) => outlineOf(shares, width));
  const x = {
    field: "edge",
    type: "quantitative",
    title: "Weight",
    scale: { nice: false, zero: false },
    axis: {
      grid: false,
      format: tickFormat(outlines.map(({ edge }) => edge)),
      tickCount: { expr: "max(3, floor(width / 90))" },
    },
  } as const;
  const y = {
    field: "density",
    type: "quantitative",
    title: "Density",
    axis: { format: tickFormat(outlines.map(({ density }) => density)), tickCount: 4 },
  } as const;
  const color = groupColor(groups, named, { least: hasLegend ? 1 : 2 });
  return {
    ...FULL_WIDTH,
    description: `Weights of layer ${layer}: their density, a line per cell`,
    height: HEIGHT,
    params: [...CELL_PARAMS],
    datasets: {
      cells: cells.map(({ cell, isShown }, index) => ({
        ...{ name: cell.name, group: cell.group, isShown },
        ...outlines[index],
      })),
    },
    layer: [
      {
        data: { name: "cells" },
        transform: [
          { filter: `datum.isShown || ${IS_CHOSEN}` },
          { flatten: ["edge", "density"] },
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

/**
 * The outline of a cell's density: up from the axis where the first bin begins, down to it where the
 * last ends.
 *
 * @param width Of the one bin of weights that are all equal, whose density would be infinite.
 */
function outlineOf({ edges, shares }: WeightShares, width: number) {
  const [first, last] = [edges[0], edges[edges.length - 1]];
  if (first === last) {
    const [from, to] = [first - width / 2, first + width / 2];
    return { edge: [from, from, to].map(toShown), density: [0, toShown(1 / width), 0] };
  }
  const densities = shares.map((share, bin) => share / 100 / (edges[bin + 1] - edges[bin]));
  return { edge: [first, ...edges], density: [0, ...densities.map(toShown), 0] };
}

/** The median width of the cells' bins; 1 if all weights of each cell are equal. */
function usualWidth(cells: readonly WeightShares[]): number {
  const widths = cells.map(({ edges }) => edges[1] - edges[0]).filter((width) => width > 0)
    .sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? 1;
}

/**
 * How an axis writes its ticks: as plain decimals, unless they would be long. D3's general format
 * would write 10 between 8 and 12 as `1e+1`.
 */
function tickFormat(values: readonly (readonly number[])[]): string {
  const largest = Math.max(...values.flat().map(Math.abs));
  return 1e-4 < largest && largest < 1e7 ? ",~f" : "~g";
}
