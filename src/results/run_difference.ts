import { CURVE_FIGURES, RUN_FIGURES } from "./figures.ts";
import type { CurveRow, HistogramRow, RunRow } from "./run_row.ts";

/** What CSV files say of one run: its line of runs.csv, and its lines of the others. */
export interface RunRows {
  readonly row: RunRow;
  readonly curve: readonly CurveRow[];
  /** From the first layer to the last; absent where only results are compared. */
  readonly histograms?: readonly HistogramRow[];
}

/** A column in which two lines differ, with both fields as they are in the files. */
export interface ColumnDifference {
  readonly column: string;
  readonly fields: readonly [string, string];
}

/** How two results of one run differ. */
export interface RunDifference {
  /** Columns of runs.csv, in its order. */
  readonly columns: readonly ColumnDifference[];
  /** The first step at which the curves differ, if they do. */
  readonly curve?: { readonly step: number; readonly columns: readonly ColumnDifference[] };
}

/**
 * How two results of one run differ, NaN being equal to itself; nothing if they do not. What a run
 * is called, its cell and replicate, does not count.
 */
export function runDifference(a: RunRows, b: RunRows): RunDifference | undefined {
  const columns = differences(resultFields(a.row), resultFields(b.row));
  const curve = firstCurveDifference(a.curve, b.curve);
  return columns.length > 0 || curve ? { columns, curve } : undefined;
}

function resultFields({ status, figures, digest }: RunRow): Record<string, unknown> {
  const numbers = RUN_FIGURES.map((figure) => [figure, figures?.[figure]]);
  return { status, ...Object.fromEntries(numbers), digest };
}

function firstCurveDifference(
  a: readonly CurveRow[],
  b: readonly CurveRow[],
): RunDifference["curve"] {
  const [ofA, ofB] = [a, b].map((rows) => new Map(rows.map((row) => [row.step, row])));
  const steps = new Set([...ofA.keys(), ...ofB.keys()]);
  for (const step of [...steps].sort((left, right) => left - right)) {
    const [inA, inB] = [ofA.get(step), ofB.get(step)].map(curveFields);
    const columns = differences(inA, inB);
    if (columns.length > 0) return { step, columns };
  }
  return undefined;
}

function curveFields(row: CurveRow | undefined): Record<string, unknown> {
  return Object.fromEntries(CURVE_FIGURES.map((figure) => [figure, row?.figures[figure]]));
}

/** Two records with the same keys in the same order. */
function differences(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): ColumnDifference[] {
  return Object.keys(a).filter((column) => !Object.is(a[column], b[column])).map((column) => ({
    column,
    fields: [String(a[column] ?? ""), String(b[column] ?? "")],
  }));
}
