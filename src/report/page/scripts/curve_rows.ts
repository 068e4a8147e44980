import { axisTicks } from "../../charts/axis_ticks.ts";
import {
  type CellCurves,
  curveLine,
  type CurveMeasure,
  type CurvesData,
  MOST_BANDS,
  stepsOf,
} from "../../charts/curve_series.ts";
import { capitalized } from "../../../wording/capitalized.ts";
import type { CurveSettings } from "./curve_settings.ts";

/** The share of each curve, from its start, that the axis of the learning curves may leave out. */
const WARM_UP = 0.1;
/** About how many ticks the axis of steps has; those without room have no label. */
const TICKS = 8;

/** A point of a mean, as the chart has it. */
export interface CurveRow {
  readonly slot: number;
  readonly name: string;
  readonly x: number;
  readonly step: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  /** True if the interval is drawn. */
  readonly hasBand: boolean;
  readonly train?: number;
}

/** A point of a single run. */
export interface RunRow {
  readonly slot: number;
  readonly name: string;
  readonly line: string;
  readonly x: number;
  readonly step: number;
  readonly value: number;
}

/** What is drawn, and how. */
export interface Drawing {
  readonly settings: CurveSettings;
  readonly measure: CurveMeasure;
  /** Of the means, and of the thin lines beside them, if there are any. */
  readonly column: string;
  readonly trainColumn?: string;
  /** How many cells are drawn, and which of all is marked. */
  readonly count: number;
  readonly marked: string | null;
}

/** The measure that the settings ask for, or the first. */
export function measureOf({ measures }: CurvesData, settings: CurveSettings): CurveMeasure {
  return measures.find(({ key }) => key === settings.measure) ?? measures[0];
}

/** The measure and the columns that the settings ask for. */
export function drawingOf(
  curves: CurvesData,
  settings: CurveSettings,
  { count, marked }: Pick<Drawing, "count" | "marked">,
): Drawing {
  const measure = measureOf(curves, settings);
  const { validation, train } = measure.columns;
  const column = settings.rows === "train" ? train ?? validation : validation ?? train;
  return {
    settings: { ...settings, isDifference: settings.isDifference && curves.baseline !== undefined },
    measure,
    column: column ?? "",
    ...{ count, marked },
    ...settings.rows === "both" && validation !== undefined && train !== undefined &&
      { trainColumn: train },
  };
}

/** What the vertical axis shows, and of which rows. */
export function axisTitle(
  { settings: { isDifference }, measure, column, trainColumn }: Drawing,
): string {
  const { noun, nounAndUnit, differenceTitle, columns } = measure;
  // Lines of both parts have the same axis, and some measures are of no rows.
  const isOfPart = trainColumn === undefined && column !== measure.key;
  const part = !isOfPart ? "" : column === columns.train ? "training " : "validation ";
  return isDifference
    ? differenceTitle.replace("Difference", `Difference in ${part}${noun}`)
    : capitalized(part + nounAndUnit);
}

/** True if a cell's intervals are drawn. */
function isBanded(name: string, { settings: { bands }, count, marked }: Drawing): boolean {
  return bands === "all" || bands === "auto" && (count <= MOST_BANDS || name === marked);
}

/** Where a step is on the axis; undefined if it has no place there. */
function placeOf(step: number, isLog: boolean): number | undefined {
  if (!isLog) return step;
  return step > 0 ? Math.log10(step) : undefined;
}

export function meanRows(
  curves: CurvesData,
  cell: CellCurves,
  slot: number,
  drawing: Drawing,
): CurveRow[] {
  const { settings: { isLog, isDifference }, measure, column, trainColumn } = drawing;
  const line = curveLine(curves, cell, measure, { column, isDifference });
  const training = trainColumn === undefined
    ? undefined
    : curveLine(curves, cell, measure, { column: trainColumn, isDifference });
  const trainAt = new Map(training?.points.map(({ step, mean }) => [step, mean]));
  const hasBand = isBanded(cell.name, drawing);
  return (line?.points ?? []).flatMap((point): CurveRow[] => {
    const x = placeOf(point.step, isLog);
    if (x === undefined) return [];
    return [{ slot, name: cell.name, x, ...point, hasBand, train: trainAt.get(point.step) }];
  });
}

export function runRows(
  curves: CurvesData,
  cell: CellCurves,
  slot: number,
  { settings: { isLog, isDifference }, measure, column }: Drawing,
): RunRow[] {
  const { runs } = curveLine(curves, cell, measure, { column, isDifference }) ?? {};
  return (runs?.values ?? []).flatMap((values, run) => {
    const line = `${cell.name} ${run}`;
    return values.flatMap((value, at): RunRow[] => {
      const step = runs?.steps[at] ?? NaN;
      const x = placeOf(step, isLog);
      if (x === undefined || Number.isNaN(value)) return [];
      return [{ slot, name: cell.name, line, x, step, value }];
    });
  });
}

/** The ends of the axis of steps, whichever cells are switched on, and its ticks. */
export function axisOf(
  curves: CurvesData,
  isLog: boolean,
): { readonly ends: [number, number]; readonly ticks: number[] } {
  const steps = curves.cells.flatMap((cell) => stepsOf(curves, cell));
  const last = Math.max(...steps);
  if (!isLog) return { ends: [0, last], ticks: axisTicks({ type: "linear" }, [0, last], TICKS) };
  const first = Math.min(...steps.filter((step) => step > 0));
  return {
    ends: [Math.log10(first), Math.log10(last)],
    ticks: axisTicks({ type: "log" }, [first, last], TICKS).map(Math.log10),
  };
}

/**
 * The ends of the vertical axis: it fits what is drawn after the first steps or, where these have room
 * of their own, all of it.
 */
export function focusOf(
  means: readonly CurveRow[],
  runs: readonly RunRow[],
  { settings: { isLog, isDifference }, measure }: Drawing,
): [number, number] {
  // Each curve's own: one that is over when others have hardly begun is still in sight.
  const last = new Map<string, number>();
  for (const { name, step } of means) last.set(name, Math.max(last.get(name) ?? 0, step));
  const isLate = ({ name, step }: { readonly name: string; readonly step: number }) =>
    isLog || step >= WARM_UP * (last.get(name) ?? 0);
  let [from, to] = [Infinity, -Infinity];
  const reach = (value: number | undefined) => {
    if (value === undefined || Number.isNaN(value)) return;
    from = Math.min(from, value);
    to = Math.max(to, value);
  };
  for (const { mean, low, high, hasBand, train } of means.filter(isLate)) {
    for (const value of [mean, train, ...hasBand ? [low, high] : []]) reach(value);
  }
  for (const { value } of runs.filter(isLate)) reach(value);
  if (isDifference) reach(0);
  if (from > to) return [0, 1];
  const margin = (to - from) * 0.05 || Math.abs(to) * 0.05 || 1;
  const [least, most] = isDifference ? measure.differenceBounds : measure.bounds;
  return [Math.max(from - margin, least ?? -Infinity), Math.min(to + margin, most ?? Infinity)];
}
