import {
  type CurvePoint,
  differenceCurves,
  meanCurve,
  type RunCurves,
} from "../../statistics/run_curves.ts";
import { pack, type Packed, type PackFormat, unpack } from "./packed.ts";

/** With more cells, bands cover one another and hide what they are to show. */
export const MOST_BANDS = 2;

/** What a page knows of the learning curves that it can draw. */
export interface CurvesData {
  /** Those that a reader can choose, the metric's first. */
  readonly measures: readonly CurveMeasure[];
  /** Steps of evaluations, packed without decimals: cells that have the same share a list. */
  readonly schedules: readonly Packed[];
  /** See `unitMargins()`. */
  readonly margins: readonly number[];
  /** Names of the replicates: `seed 3`. */
  readonly replicates: readonly string[];
  /** The baseline's place among the cells; absent if it has no curve. */
  readonly baseline?: number;
  /** Those that are drawn at first come first. */
  readonly cells: readonly CellCurves[];
}

/** A measure, in the units shown. */
export interface CurveMeasure extends PackFormat {
  /** Its column, without the name of a part. */
  readonly key: string;
  /** In the middle of a sentence: `accuracy`, and with its unit: `accuracy (%)`. */
  readonly noun: string;
  readonly nounAndUnit: string;
  readonly differenceTitle: string;
  /** How charts write its values, as D3 has it. */
  readonly format: string;
  /** What no value, and no difference, is beyond; null without a limit. */
  readonly bounds: readonly (number | null)[];
  readonly differenceBounds: readonly (number | null)[];
  /** Its columns in curves.csv, by the rows that it is measured on; `validation` where it is on none. */
  readonly columns: { readonly validation?: string; readonly train?: string };
}

/** A cell's curves: those of its runs, or what can be said of them where they are too many. */
export interface CellCurves {
  readonly name: string;
  /** Its group's place in the palette; 0 is the baseline's. */
  readonly color: number;
  /** Whether it is drawn at first. */
  readonly isShown: boolean;
  /** A place among the schedules. */
  readonly schedule: number;
  /** Of its completed runs. */
  readonly replicates: readonly number[];
  /** By column and run. */
  readonly runs?: Readonly<Record<string, readonly Packed[]>>;
  /** By column, where `runs` are absent. */
  readonly means?: Readonly<Record<string, PackedCurve>>;
  /** Of the differences from the baseline. */
  readonly gaps?: Readonly<Record<string, PackedCurve>>;
}

/** A mean and its interval, a value per step; null where it has none. */
export interface PackedCurve {
  readonly mean: Packed;
  readonly low?: Packed;
  readonly high?: Packed;
}

/** What is drawn of a cell. */
export interface CurveLine {
  readonly points: readonly CurvePoint[];
  /** Its single runs; undefined where the page does not have them. */
  readonly runs?: RunCurves;
}

/**
 * A cell's mean over the steps with its interval, and its single runs; or the same of its differences
 * from the baseline's runs of the same seeds. Undefined if it has none.
 */
export function curveLine(
  data: CurvesData,
  cell: CellCurves,
  measure: CurveMeasure,
  { column, isDifference }: { readonly column: string; readonly isDifference: boolean },
): CurveLine | undefined {
  const baseline = data.cells[data.baseline ?? -1];
  if (isDifference && !baseline) return undefined;
  const runs = runCurves(data, cell, measure, column);
  const others = isDifference ? runCurves(data, baseline, measure, column) : undefined;
  if (runs && (others || !isDifference)) {
    const shown = others ? differenceCurves(runs, others) : runs;
    return { points: meanCurve(shown, data.margins), runs: shown };
  }
  const curve = (isDifference ? cell.gaps : cell.means)?.[column];
  return curve && { points: pointsOf(curve, stepsOf(data, cell), measure) };
}

/** The runs of a cell that a page has. */
function runCurves(
  data: CurvesData,
  cell: CellCurves,
  measure: PackFormat,
  column: string,
): RunCurves | undefined {
  const runs = cell.runs?.[column];
  if (!runs) return undefined;
  const { replicates } = cell;
  return {
    steps: stepsOf(data, cell),
    replicates,
    values: runs.map((run) => unpack(run, measure)),
  };
}

/** The steps at which the page has a cell's curves. */
export function stepsOf({ schedules }: CurvesData, { schedule }: CellCurves): number[] {
  return unpack(schedules[schedule], { decimals: 0 });
}

/** Packs a mean and its interval, so that `curveLine()` finds them at the same steps. */
export function packCurve(
  points: readonly CurvePoint[],
  steps: readonly number[],
  format: PackFormat,
): PackedCurve {
  const pointAt = new Map(points.map((point) => [point.step, point]));
  const listOf = (of: (point: CurvePoint) => number | undefined) =>
    pack(steps.map((step) => of(pointAt.get(step) ?? { step, mean: NaN }) ?? NaN), format);
  const mean = listOf(({ mean }) => mean);
  if (!points.some(({ low }) => low !== undefined)) return { mean };
  return { mean, low: listOf(({ low }) => low), high: listOf(({ high }) => high) };
}

function pointsOf(
  { mean, low, high }: PackedCurve,
  steps: readonly number[],
  format: PackFormat,
): CurvePoint[] {
  const means = unpack(mean, format);
  const [lows, highs] = [low, high].map((ends) => ends && unpack(ends, format));
  return steps.flatMap((step, at): CurvePoint[] => {
    if (Number.isNaN(means[at] ?? NaN)) return [];
    const [from, to] = [lows?.[at] ?? NaN, highs?.[at] ?? NaN];
    return [{ step, mean: means[at], ...!Number.isNaN(from) && { low: from, high: to } }];
  });
}
