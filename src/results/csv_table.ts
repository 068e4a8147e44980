import { parse, stringify } from "@std/csv";
import { UserError } from "../user_error.ts";
import { TableRow } from "./table_row.ts";

/**
 * One of the CSV files that a sweep writes: fixed columns, one per swept key, more fixed columns and,
 * where `end` is given, one per measure before the last fixed ones.
 */
export interface TableShape {
  readonly file: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly end?: readonly string[];
}

/** The columns of a table that depend on the experiment. */
export interface VariableColumns {
  readonly swept?: readonly string[];
  readonly measures?: readonly string[];
}

const MEASURE = /^[a-z][a-z0-9_]*$/;

/** Writes a table: numbers in their shortest form, `undefined` as nothing, lines ending with LF. */
export function formatTable(
  { before, after, end = [] }: TableShape,
  { swept = [], measures = [] }: VariableColumns,
  records: readonly (readonly (string | number | undefined)[])[],
): string {
  const lines = stringify([[...before, ...swept, ...after, ...measures, ...end], ...records]);
  return lines.replaceAll("\r\n", "\n");
}

/**
 * Reads what `formatTable()` wrote.
 *
 * @throws {UserError} If the text is not a table of that shape.
 */
export function parseTable(shape: TableShape, text: string): TableRow[] {
  const { file, before, after, end } = shape;
  const [header = [], ...records] = parseRecords(text, file);
  const variable = variableColumns(shape, header);
  // Where any number of columns may be, a line that does not fit leaves the header in doubt.
  const isInDoubt = end && records.length > 0 && records[0].length !== header.length;
  if (!variable || isInDoubt) {
    const columns = [...before, "…", ...after, ...end ? ["…", ...end] : []];
    const message = `Columns must be ${columns.join(",")}`;
    throw new UserError({ message, place: { file, line: 1 } });
  }
  const { swept, measures } = variable;
  // `steps` can be a swept key and a measure: by its name it is the later column, the measure.
  const fieldOf = new Map(header.map((column, field) => [column, field]));
  const sweptFields = swept.map((key, index) => [key, before.length + index] as const);
  return records.map((record, index) => {
    const place = { file, line: index + 2 };
    if (record.length === header.length) {
      return new TableRow({ fieldOf, sweptFields, measures }, record, place);
    }
    const message = `Line must have ${header.length} fields, not ${record.length}`;
    throw new UserError({ message, place });
  });
}

/** The columns of a header that a shape leaves open; undefined if it is of another shape. */
function variableColumns(
  { before, after, end }: TableShape,
  header: readonly string[],
): Required<VariableColumns> | undefined {
  const isAt = (columns: readonly string[], place: number) =>
    columns.every((column, index) => header[place + index] === column);
  const last = header.length - (end?.length ?? 0);
  if (!isAt(before, 0) || !isAt(end ?? [], last)) return undefined;
  let place = last - after.length;
  // Without fixed columns between them, there are measures and no swept keys.
  if (end && after.length === 0) place = before.length;
  // A swept key may have the name of such a column, and stands before it.
  else if (end) { while (place > before.length && !isAt(after, place)) place--; }
  if (place < before.length || !isAt(after, place)) return undefined;
  const measures = end ? header.slice(place + after.length, last) : [];
  if (!measures.every((measure) => MEASURE.test(measure))) return undefined;
  return { swept: header.slice(before.length, place), measures };
}

function parseRecords(text: string, file: string): string[][] {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError({ message: error.message, place: { file } });
  }
}
