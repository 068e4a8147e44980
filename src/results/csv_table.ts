import { parse, stringify } from "@std/csv";
import type { FixedColumns } from "../measures/fixed_columns.ts";
import { UserError } from "../user_error.ts";
import { inertText, originalText } from "./inert_text.ts";
import { TableRow } from "./table_row.ts";

/**
 * Columns of one of the CSV files that a sweep writes: fixed columns, one column per swept key and
 * more fixed columns. If `end` is given, one column per measure and the last fixed columns follow.
 */
export interface TableShape extends FixedColumns {
  readonly file: string;
}

/** Columns of a table that depend on the experiment. */
export interface VariableColumns {
  readonly swept?: readonly string[];
  readonly measures?: readonly string[];
}

const MEASURE = /^[a-z][a-z0-9_]*$/;

/**
 * Writes a table: numbers in their shortest form, `undefined` as empty, lines ending with LF. A text
 * that a spreadsheet would take for a formula gets a `'` before it.
 */
export function formatTable(
  { before, after, end = [] }: TableShape,
  { swept = [], measures = [] }: VariableColumns,
  records: readonly (readonly (string | number | undefined)[])[],
): string {
  const inert = records.map((record) =>
    record.map((field) => typeof field === "string" ? inertText(field) : field)
  );
  const lines = stringify([[...before, ...swept, ...after, ...measures, ...end], ...inert]);
  return lines.replaceAll("\r\n", "\n");
}

/**
 * Reads a table that `formatTable()` wrote.
 *
 * @throws {UserError} If the text is not a table of that shape.
 */
export function parseTable(shape: TableShape, text: string): TableRow[] {
  const { file, before, after, end } = shape;
  const [header = [], ...records] = parseRecords(text, file);
  const variable = variableColumns(shape, header);
  // If the shape allows any number of columns, a line of another length puts the header in doubt.
  const isInDoubt = end && records.length > 0 && records[0].length !== header.length;
  if (!variable || isInDoubt) {
    const columns = [...before, "…", ...after, ...end ? ["…", ...end] : []];
    const message = `Columns must be ${columns.join(",")}`;
    throw new UserError({ message, place: { file, line: 1 } });
  }
  const { swept, measures } = variable;
  // `steps` can be both a swept key and a measure. By name, it means the later column, the measure.
  const fieldOf = new Map(header.map((column, field) => [column, field]));
  const sweptFields = swept.map((key, index) => [key, before.length + index] as const);
  return records.map((record, index) => {
    const place = { file, line: index + 2 };
    if (record.length === header.length) {
      const fields = record.map(originalText);
      return new TableRow({ fieldOf, sweptFields, measures }, fields, place);
    }
    const message = `Line must have ${header.length} fields, not ${record.length}`;
    throw new UserError({ message, place });
  });
}

/** The variable columns in a header; `undefined` if the header has another shape. */
function variableColumns(
  { before, after, end }: TableShape,
  header: readonly string[],
): Required<VariableColumns> | undefined {
  const isAt = (columns: readonly string[], place: number) =>
    columns.every((column, index) => header[place + index] === column);
  const last = header.length - (end?.length ?? 0);
  if (!isAt(before, 0) || !isAt(end ?? [], last)) return undefined;
  let place = last - after.length;
  // Without fixed columns to separate the two, the table has measures and no swept keys.
  if (end && after.length === 0) place = before.length;
  // A swept key can have the same name as a fixed column. It comes first, so search from the end.
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
