import type { TopLevelSpec } from "vega-lite";
import { formatFixed } from "../../format_number.ts";
import { indistinctGroups } from "../../statistics/compare_any.ts";
import type { OverTables } from "../../statistics/over_tables/compare_over_tables.ts";
import { CHARACTER, FULL_WIDTH, type Layers, STATIC_WIDTH } from "./_layout.ts";

/** Cells that the diagram has: the best and as many of the worst. More could not be read. */
export const MOST_NAMED = 20;
/** Pixels of a row of names, and of a bar of a group. */
const [ROW, BAR] = [22, 9];
/** Pixels above the line of ranks. */
const TOP = 1.5 * ROW;
/** Characters of a name that are shown. */
const LONGEST_NAME = 28;
/** Pixels of such a name, and what Vega takes it for where it cannot measure. */
const [WIDEST, LIMIT] = [220, 254];
/** Ranks that the axis names at most. */
const MOST_RANKS = 10;

/** A cell with its place in the diagram. */
interface Stem {
  readonly name: string;
  readonly rank: number;
  /** Pixels below the axis. */
  readonly y: number;
  /** The end of the axis that its name stands at. */
  readonly edge: number;
  readonly isLeft: boolean;
}

/**
 * A critical-difference diagram: cells by their mean ranks, the best on the left. Bars join cells that
 * Nemenyi's test does not tell apart, and the bar above the axis is as long as the difference that it
 * would.
 *
 * Source: Demšar, Statistical Comparisons of Classifiers over Multiple Data Sets (2006), figure 1.
 *
 * @param words What cells are called.
 */
export function criticalDifferenceChart(
  { cells, criticalDifference }: OverTables,
  words: (cell: string) => string,
): TopLevelSpec {
  const most = cells.length;
  // Of many cells, those that are not shown are between the others.
  const shown = most <= MOST_NAMED
    ? cells
    : [...cells.slice(0, MOST_NAMED / 2), ...cells.slice(-MOST_NAMED / 2)];
  const groups = indistinctGroups(
    shown,
    (a, b) => Math.abs(a.meanRank - b.meanRank) >= criticalDifference,
  ).map((group, index) => ({
    from: group[0].meanRank,
    to: group[group.length - 1].meanRank,
    y: BAR * (index + 1),
  }));
  const first = BAR * (groups.length + 1) + ROW / 2;
  const half = Math.ceil(shown.length / 2);
  const stems = shown.map(({ cell, meanRank: rank }, index): Stem => {
    const isLeft = index < half;
    const row = isLeft ? index : shown.length - 1 - index;
    return { name: words(cell), rank, y: first + ROW * row, edge: isLeft ? 1 : most, isLeft };
  });
  const longest = Math.max(...stems.map(({ name }) => name.length)) * CHARACTER + ROW;
  const room = Math.min(WIDEST, longest);
  // Names stand beside the axis, which leaves them that much of the width.
  const margin = (most - 1) * room / (STATIC_WIDTH - 2 * room);
  const height = first + ROW * half;
  const x = {
    type: "quantitative",
    scale: { domain: [1 - margin, most + margin], nice: false, zero: false },
    axis: { orient: "top", grid: false, title: "Mean rank", values: axisValues(most) },
  };
  const y = { type: "quantitative", scale: { domain: [-TOP, height], reverse: true }, axis: null };
  const rank = (field: string) => ({ ...x, field });
  const layers = [
    {
      data: { values: [{ from: 1, to: most, y: 0 }] },
      mark: { type: "rule", strokeWidth: 1.5, style: "chanceMark" },
      encoding: {
        x: rank("from"),
        x2: { field: "to" },
        y: { ...y, field: "y" },
      },
    },
    {
      data: { values: [{ from: 1, to: Math.min(most, 1 + criticalDifference), y: ROW / 2 - TOP }] },
      mark: { type: "rule", strokeWidth: 3, style: "reference" },
      encoding: { x: rank("from"), x2: { field: "to" }, y: { ...y, field: "y" } },
    },
    {
      data: { values: [{ at: 1, y: ROW / 2 - TOP }] },
      mark: {
        type: "text",
        align: "right",
        dx: -6,
        text: `CD ${formatFixed(criticalDifference, 2)}`,
      },
      encoding: { x: rank("at"), y: { ...y, field: "y" } },
    },
    {
      data: { values: groups },
      mark: { type: "rule", strokeWidth: 4, strokeCap: "round", style: "effect" },
      encoding: { x: rank("from"), x2: { field: "to" }, y: { ...y, field: "y" } },
    },
    {
      data: { values: stems.map((stem) => ({ ...stem, top: 0 })) },
      mark: { type: "rule", style: "reference" },
      encoding: { x: rank("rank"), y: { ...y, field: "top" }, y2: { field: "y" } },
    },
    {
      data: { values: stems },
      mark: { type: "rule", style: "reference" },
      encoding: { x: rank("rank"), x2: { field: "edge" }, y: { ...y, field: "y" } },
    },
    ...[true, false].map((isLeft) => ({
      data: { values: stems.filter((stem) => stem.isLeft === isLeft) },
      mark: {
        type: "text",
        align: isLeft ? "right" : "left",
        dx: isLeft ? -6 : 6,
        limit: LIMIT,
        style: "chanceMark",
      },
      encoding: { x: rank("edge"), y: { ...y, field: "y" }, text: { field: "name" } },
    })),
  ] as Layers;
  return {
    ...FULL_WIDTH,
    description: `Mean ranks of ${most} cells, and which of them Nemenyi’s test tells apart`,
    height: height + TOP,
    layer: layers,
  };
}

/** Whether the diagram shows only the beginning of a name. */
export function isCutInDiagram(name: string): boolean {
  return name.length > LONGEST_NAME;
}

/** Whole ranks, as many as can be read. */
function axisValues(most: number): number[] {
  const step = Math.ceil(most / MOST_RANKS);
  return Array.from({ length: most }, (_, index) => index + 1)
    .filter((rank) => (rank - 1) % step === 0);
}
