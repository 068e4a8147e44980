import type { TableSource } from "../table_source.ts";
import { booleanOf } from "./boolean_words.ts";
import type { ClassColumn, Classes } from "./class_column.ts";
import type { MissingWords } from "./missing_words.ts";
import { type DayOrder, parseDate } from "./parse_date.ts";

/** How the cells of a column become numbers. */
export interface ColumnReader {
  /** Its number in the first table. */
  readonly field: number;
  readonly kind: "number" | "boolean" | "category" | "date";
  /** Of a category: its texts, and the values that they stand for. */
  readonly texts?: ClassColumn;
  readonly classes?: Classes;
  readonly dayOrder?: DayOrder;
}

/** A table of which all rows are read. */
export interface FilledSource {
  readonly source: TableSource;
  /** Of the file. */
  readonly rows: number;
  /** For each column of the first table, the column here; undefined if there is none. */
  readonly fields: readonly (number | undefined)[];
}

/** What to read from tables. */
export interface FillPlan {
  readonly features: readonly ColumnReader[];
  readonly target: ColumnReader;
  /** Columns that splits need; rows are the same as those of the features. */
  readonly others: readonly ColumnReader[];
  readonly missing: MissingWords;
  /** True if rows with a missing feature are left out. */
  readonly dropsGaps: boolean;
  /** True if rows without a target are left out; otherwise there are none. */
  readonly dropsMissingTargets: boolean;
}

/** The values of a table, in memory that workers share. */
export interface FilledTable {
  readonly rows: number;
  /** (rows, features), row-major. */
  readonly values: Float64Array<SharedArrayBuffer>;
  readonly targets: Float64Array<SharedArrayBuffer>;
  /** (rows): which of the tables a row is from. */
  readonly origins: Uint8Array;
  /** For each of the other columns, (rows). */
  readonly others: readonly Float64Array<SharedArrayBuffer>[];
  /** (rows): their numbers in their files, from 0; absent if it is one file of which none is left out. */
  readonly fileRows?: Int32Array<SharedArrayBuffer>;
  /** How many rows were left out, and why. */
  readonly dropped: { readonly missingTarget: number; readonly gaps: number };
}

/** Reads the values of tables in one pass over each; their records have been checked before. */
export function fillTable(sources: readonly FilledSource[], plan: FillPlan): FilledTable {
  const { features, target, others, missing } = plan;
  const most = sources.reduce((sum, { rows }) => sum + rows, 0);
  const width = features.length;
  const values = sharedFloats(most * width);
  const targets = sharedFloats(most);
  const origins = new Uint8Array(most);
  const otherValues = others.map(() => sharedFloats(most));
  const fileRows = new Int32Array(new SharedArrayBuffer(4 * most));
  const dropped = { missingTarget: 0, gaps: 0 };
  let rows = 0;
  for (const [origin, { source, fields }] of sources.entries()) {
    const readerOf = (column: ColumnReader) => cellReader(column, fields[column.field], missing);
    const read = features.map(readerOf);
    // Nearly all columns of large tables are numbers: they need no function of their own.
    const plainFields = features.map(({ kind, field }) => {
      return kind === "number" && !missing.hasNumbers ? fields[field] ?? -1 : -1;
    });
    const readTarget = readerOf(target);
    const readOthers = others.map(readerOf);
    const records = source.records();
    for (let fileRow = 0; records.next(); fileRow++) {
      const label = readTarget(records);
      if (Number.isNaN(label) && plan.dropsMissingTargets) {
        dropped.missingTarget++;
        continue;
      }
      const start = rows * width;
      let hasGaps = false;
      for (let column = 0; column < width; column++) {
        const field = plainFields[column];
        const value = field < 0 ? read[column](records) : finiteOrNaN(records.number(field));
        values[start + column] = value;
        if (Number.isNaN(value)) hasGaps = true;
      }
      if (hasGaps && plan.dropsGaps) {
        dropped.gaps++;
        continue;
      }
      targets[rows] = label;
      origins[rows] = origin;
      fileRows[rows] = fileRow;
      for (let column = 0; column < others.length; column++) {
        otherValues[column][rows] = readOthers[column](records);
      }
      rows++;
    }
  }
  // A compressed file has fewer rows than there was room for, with none left out.
  const isPart = dropped.missingTarget + dropped.gaps > 0;
  return {
    rows,
    values: values.subarray(0, rows * width),
    targets: targets.subarray(0, rows),
    origins: origins.subarray(0, rows),
    others: otherValues.map((column) => column.subarray(0, rows)),
    ...(isPart || sources.length > 1) && { fileRows: fileRows.subarray(0, rows) },
    dropped,
  };
}

/** Leaves out the rows of some targets, in place. */
export function withoutTargets(
  { rows, values, targets, origins, others, fileRows, dropped }: FilledTable,
  left: ReadonlySet<number>,
): FilledTable {
  const width = values.length / rows;
  const numbers = new Int32Array(new SharedArrayBuffer(4 * rows));
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    if (left.has(targets[row])) continue;
    values.copyWithin(kept * width, row * width, (row + 1) * width);
    targets[kept] = targets[row];
    origins[kept] = origins[row];
    numbers[kept] = fileRows?.[row] ?? row;
    for (const column of others) column[kept] = column[row];
    kept++;
  }
  return {
    rows: kept,
    values: values.subarray(0, kept * width),
    targets: targets.subarray(0, kept),
    origins: origins.subarray(0, kept),
    others: others.map((column) => column.subarray(0, kept)),
    fileRows: numbers.subarray(0, kept),
    dropped,
  };
}

/** Numbers in memory that workers share. */
export function sharedFloats(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}

function finiteOrNaN(number: number): number {
  return number - number === 0 ? number : NaN;
}

type Records = ReturnType<TableSource["records"]>;

/** Gives a function from the current record to a column's value; NaN for a missing cell. */
function cellReader(
  { kind, texts, classes, dayOrder = "day-first" }: ColumnReader,
  field: number | undefined,
  missing: MissingWords,
): (records: Records) => number {
  if (field === undefined) return () => NaN;
  const isMissing = (number: number) => missing.hasNumbers && missing.hasNumber(number);
  if (kind === "category" && texts && classes) {
    const { indexOfCode } = classes;
    return (records) => {
      const text = records.text(field);
      const code = text === undefined ? undefined : texts.codeOf(text);
      return code === undefined ? NaN : indexOfCode[code];
    };
  }
  const ofText = kind === "date" ? (text: string) => parseDate(text, dayOrder) : booleanOf;
  if (kind === "number") {
    return (records) => {
      const number = records.number(field);
      return isMissing(number) ? NaN : finiteOrNaN(number);
    };
  }
  return (records) => {
    const number = records.number(field);
    if (!Number.isNaN(number)) return isMissing(number) ? NaN : number;
    return ofText(records.text(field) ?? "");
  };
}
