import { parse, stringify } from "@std/csv";
import { UserError } from "../user_error.ts";
import { TableRow } from "./table_row.ts";

/** One of the CSV files that a sweep writes: columns, one per swept key, and more columns. */
export interface TableShape {
  readonly file: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Writes a table: numbers in their shortest form, `undefined` as nothing, lines ending with LF. */
export function formatTable(
  { before, after }: TableShape,
  sweptKeys: readonly string[],
  records: readonly (readonly (string | number | undefined)[])[],
): string {
  const lines = stringify([[...before, ...sweptKeys, ...after], ...records]);
  return lines.replaceAll("\r\n", "\n");
}

/**
 * Reads what `formatTable()` wrote.
 *
 * @throws {UserError} If the text is no table of that shape.
 */
export function parseTable({ file, before, after }: TableShape, text: string): TableRow[] {
  const [header = [], ...records] = parseRecords(text, file);
  const sweptKeys = header.slice(before.length, header.length - after.length);
  const columns = [...before, ...sweptKeys, ...after];
  if (header.join() !== columns.join()) {
    const message = `Columns must be ${[...before, "…", ...after].join(",")}`;
    throw new UserError({ message, place: { file, line: 1 } });
  }
  // `steps` can be a swept key and a figure: by its name it is the later column, the figure.
  const fieldOf = new Map(columns.map((column, field) => [column, field]));
  const sweptFields = sweptKeys.map((key, index) => [key, before.length + index] as const);
  return records.map((record, index) => {
    const place = { file, line: index + 2 };
    if (record.length === columns.length) {
      return new TableRow({ fieldOf, sweptFields }, record, place);
    }
    const message = `Line must have ${columns.length} fields, not ${record.length}`;
    throw new UserError({ message, place });
  });
}

function parseRecords(text: string, file: string): string[][] {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError({ message: error.message, place: { file } });
  }
}
