import type { SweptKey } from "../../results/manifest.ts";
import type { Estimate } from "../estimate.ts";
import { BASELINE_GROUP, type ReportCell } from "../report_cell.ts";
import { scaleText } from "../scale_text.ts";
import { HUES } from "../theme.ts";
import { shortValue } from "./_swept_axis.ts";

/** The metric over one hyperparameter, everything else held fixed. */
export interface StrengthPanel {
  readonly key: SweptKey;
  /** The other swept hyperparameters that lines differ in; none for a single line. */
  readonly distinguishing: readonly SweptKey[];
  /** Those with the best values, if there are more than hues. */
  readonly lines: readonly StrengthLine[];
  /** The total number of lines. */
  readonly total: number;
}

/** Cells that differ in the panel's hyperparameter alone. */
export interface StrengthLine {
  /** What the lines differ in: a value for each of the panel's `distinguishing`. */
  readonly name: string;
  /** What decides its colour if it is the only line. */
  readonly group: string;
  /** By ascending strength. */
  readonly points: readonly StrengthPoint[];
}

/** One cell of a line. */
export interface StrengthPoint {
  readonly strength: number;
  /** The cell's name. */
  readonly cell: string;
  readonly estimate: Estimate;
}

/**
 * One panel per swept number in which alone some cells differ, regularizers first.
 *
 * Values decide which line a cell belongs to, not the block of the grid that it comes from. So the
 * baseline is the weakest point of every technique that it leaves off.
 *
 * @param cells Best first.
 */
export function strengthPanels(
  cells: readonly ReportCell[],
  swept: readonly SweptKey[],
): StrengthPanel[] {
  const withResult = cells.filter((cell) => cell.metric);
  const ordered = [
    ...swept.filter(({ regularizer }) => regularizer),
    ...swept.filter(({ regularizer }) => !regularizer),
  ];
  return ordered.flatMap((key) => {
    const others = swept.filter((other) => other !== key);
    const families = [
      ...Map.groupBy(
        withResult.filter(({ summary }) => typeof summary.values[key.key] === "number"),
        ({ summary }) => JSON.stringify(others.map((other) => summary.values[other.key])),
      ).values(),
    ].filter((family) => family.length > 1);
    if (families.length === 0) return [];
    // Still best first, as the cells are.
    const kept = families.slice(0, HUES);
    const distinguishing = others.filter((other) => tellsApart(other, kept));
    const lines = kept
      .toSorted(([a], [b]) => compare(a, b, distinguishing))
      .map((family) => lineOf(family, key, distinguishing));
    return [{ key, distinguishing, lines, total: families.length }];
  });
}

/** True if a key tells some lines apart that have the same trainer, or is the trainer. */
function tellsApart({ key }: SweptKey, families: readonly (readonly ReportCell[])[]): boolean {
  const valuesOf = families.map(([{ summary: { values } }]) => values);
  const byTrainer = key === "trainer"
    ? [valuesOf]
    : [...Map.groupBy(valuesOf, ({ trainer }) => trainer).values()];
  return byTrainer.some((those) => new Set(those.map((own) => JSON.stringify(own[key]))).size > 1);
}

function lineOf(
  family: ReportCell[],
  key: SweptKey,
  distinguishing: readonly SweptKey[],
): StrengthLine {
  const { values } = family[0].summary;
  const points = family
    .flatMap(({ name, summary, metric }) =>
      metric ? [{ strength: Number(summary.values[key.key]), cell: name, estimate: metric }] : []
    )
    .toSorted((a, b) => a.strength - b.strength);
  return {
    name: scaleText(distinguishing.map((other) => shortValue(values[other.key])).join(", ")),
    group: family.find((cell) => !cell.isBaseline)?.group ?? BASELINE_GROUP,
    points,
  };
}

function compare(a: ReportCell, b: ReportCell, keys: readonly SweptKey[]): number {
  for (const { key } of keys) {
    const [left, right] = [a.summary.values[key], b.summary.values[key]];
    if (typeof left === "number" && typeof right === "number" && left !== right) {
      return left - right;
    }
  }
  return a.index - b.index;
}
