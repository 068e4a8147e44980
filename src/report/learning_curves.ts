import type { CurveFigure } from "../results/figures.ts";
import { type CurvePoint, summarizeCurves } from "../statistics/summarize_curves.ts";
import { toShown } from "./estimate.ts";
import type { ReportInput } from "./report_input.ts";

/** A cell's figure over the steps, in the units shown: lists with one entry per step. */
export interface LearningCurve {
  readonly step: readonly number[];
  readonly mean: readonly number[];
  /** The ends of the 95% interval; absent for a single seed. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/** More than a chart has room for. */
const MOST_STEPS = 120;

/**
 * Learning curves of cells, averaged over their completed runs, thinned to what a chart can show.
 *
 * @param cells Names of the cells wanted.
 * @param factor What values are multiplied by to be shown.
 * @returns By cell; nothing for cells without a completed run.
 */
export function learningCurves(
  { runs, curves }: Pick<ReportInput, "runs" | "curves">,
  cells: readonly string[],
  figure: CurveFigure,
  factor: number,
): Map<string, LearningCurve> {
  const points = summarizeCurves(runs, curves, cells, figure);
  return new Map([...points].map(([cell, all]) => [cell, columns(thin(all, MOST_STEPS), factor)]));
}

function columns(points: readonly CurvePoint[], factor: number): LearningCurve {
  const mean = points.map((point) => toShown(point.mean * factor));
  const step = points.map((point) => point.step);
  if (points.some(({ ciLow, ciHigh }) => ciLow === undefined || ciHigh === undefined)) {
    return { step, mean };
  }
  return {
    step,
    mean,
    low: points.map(({ ciLow = NaN }) => toShown(ciLow * factor)),
    high: points.map(({ ciHigh = NaN }) => toShown(ciHigh * factor)),
  };
}

/** At most `most` of the items, evenly spaced, the first and the last among them. */
function thin<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const last = items.length - 1;
  return Array.from({ length: most }, (_, index) => items[Math.round(index * last / (most - 1))]);
}
