import { type Metric, metricColumn, trainColumnOf } from "../../measures/metrics.ts";
import { type CurvePoint, summarizeCurves } from "../../statistics/summarize_curves.ts";
import { toShown } from "../estimate.ts";
import type { ReportInput } from "../report_input.ts";

/** A cell's measure over the steps, in the units shown: lists with one entry per step. */
export interface LearningCurve {
  readonly step: readonly number[];
  readonly mean: readonly number[];
  /** The same measure's mean on the training rows; absent where that is the measure itself. */
  readonly train?: readonly number[];
  /** The ends of the 95% interval; absent for a single seed. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/** What to average, and how. */
export interface CurveOptions {
  readonly metric: Metric;
  /** What values are multiplied by to be shown. */
  readonly factor: number;
  /** As in `Question`. */
  readonly overlap: number;
}

/** A chart has no room for more. */
const MOST_STEPS = 120;

/**
 * Learning curves of cells, averaged over their completed runs and thinned to what a chart can show.
 *
 * @param cells Names of the cells wanted.
 * @returns By cell; cells without a completed run are left out.
 */
export function meanCurves(
  { runs, curves }: Pick<ReportInput, "runs" | "curves">,
  cells: readonly string[],
  { metric, factor, overlap }: CurveOptions,
): Map<string, LearningCurve> {
  const points = summarizeCurves(runs, curves, cells, metricColumn(metric), overlap);
  const training = trainColumnOf(metric);
  const wanted = new Set(cells);
  const theirs = new Set(runs.filter(({ cell }) => wanted.has(cell)).map(({ run }) => run));
  const trainingPoints = training === undefined ||
      !curves.some(({ run, measures }) => theirs.has(run) && training in measures)
    ? undefined
    : summarizeCurves(runs, curves, cells, training, overlap);
  return new Map(
    [...points].map(([cell, all]) => [cell, columns(all, trainingPoints?.get(cell), factor)]),
  );
}

function columns(
  points: readonly CurvePoint[],
  training: readonly CurvePoint[] | undefined,
  factor: number,
): LearningCurve {
  const kept = thin(points, MOST_STEPS);
  const shown = (value = NaN) => toShown(value * factor);
  return {
    step: kept.map(({ step }) => step),
    mean: kept.map(({ mean }) => shown(mean)),
    ...(kept.every(({ ciLow, ciHigh }) => ciLow !== undefined && ciHigh !== undefined)
      ? {
        low: kept.map(({ ciLow }) => shown(ciLow)),
        high: kept.map(({ ciHigh }) => shown(ciHigh)),
      }
      : {}),
    ...(training ? { train: thin(training, MOST_STEPS).map(({ mean }) => shown(mean)) } : {}),
  };
}

/** Up to `most` of the items, evenly spaced, including the first and the last. */
function thin<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const last = items.length - 1;
  return Array.from({ length: most }, (_, index) => items[Math.round(index * last / (most - 1))]);
}
