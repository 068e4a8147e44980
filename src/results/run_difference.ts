import type { CurveRow, HistogramRow, RunRow } from "./run_row.ts";

/** One run in the CSV files: its line of runs.csv, and its lines of the other files. */
export interface RunRows {
  readonly row: RunRow;
  readonly curve: readonly CurveRow[];
  /** From the first layer to the last; absent if only results are compared. */
  readonly histograms?: readonly HistogramRow[];
}

/** A column in which two lines differ, with both fields as in the files. */
export interface ColumnDifference {
  /** Its name in runs.csv or curves.csv. */
  readonly column: string;
  /** The first one's, and the second one's. */
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
 * Compares two results of one run; `undefined` if they are equal. NaN equals NaN. The names of cells
 * and the replicates are not compared.
 */
export function runDifference(a: RunRows, b: RunRows): RunDifference | undefined {
  const columns = differences(...resultFields(a.row, b.row));
  const curve = firstCurveDifference(a.curve, b.curve);
  return columns.length > 0 || curve ? { columns, curve } : undefined;
}

function resultFields(a: RunRow, b: RunRow): [Fields, Fields] {
  const columns = commonColumns(a, b);
  const [ofA, ofB] = [a, b].map(({ status, measures, digest }): Fields => {
    return { status, ...fieldsOf(measures, columns), digest };
  });
  return [ofA, ofB];
}

function firstCurveDifference(
  a: readonly CurveRow[],
  b: readonly CurveRow[],
): RunDifference["curve"] {
  const [ofA, ofB] = [a, b].map((rows) => new Map(rows.map((row) => [row.step, row])));
  const steps = new Set([...ofA.keys(), ...ofB.keys()]);
  for (const step of [...steps].sort((left, right) => left - right)) {
    const [inA, inB] = [ofA.get(step), ofB.get(step)];
    const common = commonColumns(inA, inB);
    const columns = differences(fieldsOf(inA?.measures, common), fieldsOf(inB?.measures, common));
    if (columns.length > 0) return { step, columns };
  }
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;
type Measured = { readonly measures?: Readonly<Record<string, number>> };

/** The measures that both have: one experiment can ask for more measures than another. */
function commonColumns(a: Measured | undefined, b: Measured | undefined): string[] {
  const [ofA, ofB] = [a, b].map((row) => row?.measures && Object.keys(row.measures));
  if (!ofA || !ofB) return ofA ?? ofB ?? [];
  return ofA.filter((column) => ofB.includes(column));
}

function fieldsOf(measures: Measured["measures"], columns: readonly string[]): Fields {
  return Object.fromEntries(columns.map((column) => [column, measures?.[column]]));
}

/** Compares two records with the same keys in the same order. */
function differences(
  a: Fields,
  b: Fields,
): ColumnDifference[] {
  return Object.keys(a).filter((column) => !Object.is(a[column], b[column])).map((column) => ({
    column,
    fields: [String(a[column] ?? ""), String(b[column] ?? "")],
  }));
}
