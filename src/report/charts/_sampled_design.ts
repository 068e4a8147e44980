import type { SweptKey } from "../../results/manifest.ts";
import type { ReportCell } from "../report_cell.ts";
import { sweptAxes, type SweptAxis } from "./_swept_axis.ts";

/** The share of cells that vary two keys or more at once. */
const LEAST_TOGETHER = 0.75;
/** The share of all combinations of a technique's values that a sample of them has at most. */
const MOST_FILLED = 0.5;
/** The share of cells whose techniques are sampled: several grids are no sample. */
const LEAST_SAMPLED = 0.75;

/**
 * The swept keys of cells that vary several of them together but are few of all combinations of
 * values, as points of a sample are; undefined of others.
 */
export function sampledAxes(
  cells: readonly ReportCell[],
  swept: readonly SweptKey[],
): SweptAxis[] | undefined {
  const axes = sweptAxes(cells, swept);
  return areSampled(cells, swept) && varyTogether(cells, axes) ? axes : undefined;
}

/** True if most cells are of techniques that have few of all combinations of their values. */
function areSampled(cells: readonly ReportCell[], swept: readonly SweptKey[]): boolean {
  const techniques = [...Map.groupBy(cells, ({ technique }) => technique).values()];
  const sampled = techniques.filter((own) => {
    const axes = sweptAxes(own, swept);
    const combinations = axes.reduce((product, { values }) => product * values.length, 1);
    return own.length <= MOST_FILLED * combinations;
  }).flat();
  return sampled.length >= LEAST_SAMPLED * cells.length;
}

/** True if most cells vary two keys or more at once. */
export function varyTogether(cells: readonly ReportCell[], axes: readonly SweptAxis[]): boolean {
  const keys = axes.map(({ key }) => key.key);
  const together = cells.filter(({ technique }) => {
    const own = technique.split(" × ");
    return keys.filter((key) => own.includes(key)).length > 1;
  });
  return together.length >= LEAST_TOGETHER * cells.length;
}

/**
 * True if the baseline is the first of the cells: a point of a sample that was drawn by chance, which
 * stands in for a baseline that the experiment does not name.
 */
export function hasFirstPointAsBaseline(cells: readonly ReportCell[]): boolean {
  return cells.some(({ isBaseline, index }) => isBaseline && index === 0);
}
