import { type Problem, UserError } from "../../user_error.ts";
import { quoted } from "../quote.ts";
import type { CsvScanner } from "./csv_scanner.ts";

const MOST_COLUMNS = 2 ** 17;
/** In bytes. */
const LONGEST_NAME = 10_000;
/** How many problems are shown in full; the others are only counted. */
const MOST_SHOWN = 20;

/** @throws {UserError} If a table has too many columns. */
export function checkColumns(count: number, file: string, line: number): void {
  if (count <= MOST_COLUMNS) return;
  const header = `a header of ${count} columns`;
  const message = `Cannot use ${header}: the limit is ${MOST_COLUMNS}`;
  throw new UserError({ message, place: { file, line } });
}

/** The names of columns without a header: column_1, column_2 and so on. */
export function numberedNames(count: number): string[] {
  return Array.from({ length: count }, (_, column) => `column_${column + 1}`);
}

/**
 * The names of a table's columns from its header, the scanner's current record; a column without a
 * name gets one by its number.
 *
 * @param indexColumns How many columns before the first field have no name.
 * @throws {UserError} If two columns have the same name, or a name cannot be used.
 */
export function readNames(
  scanner: CsvScanner,
  file: string,
  columns: number,
  indexColumns: number,
): string[] {
  const names = numberedNames(columns);
  const problems: Problem[] = [];
  const columnOf = new Map<string, number>();
  const nameless: number[] = [];
  const repeated: number[] = [];
  for (let column = 0; column < columns; column++) {
    const field = column - indexColumns;
    if (field < 0 || field >= scanner.count || scanner.isEmpty(field)) {
      nameless.push(column);
      continue;
    }
    const name = scanner.text(field);
    const isLong = scanner.byteLength(field) > LONGEST_NAME;
    if (isLong || name === undefined) {
      const reason = isLong ? `has more than ${LONGEST_NAME} bytes` : "is not UTF-8 text";
      const message = `Cannot use the name of column ${column + 1}: it ${reason}`;
      problems.push({ message, place: scanner.place(file, field) });
    } else {
      names[column] = name;
      if (columnOf.has(name)) repeated.push(column);
      else columnOf.set(name, column);
    }
  }
  for (const column of nameless) {
    while (columnOf.has(names[column])) names[column] += "_";
    columnOf.set(names[column], column);
  }
  if (repeated.length > 0) {
    const [column] = repeated;
    const name = names[column];
    const first = (columnOf.get(name) ?? 0) + 1;
    const [more, them] = repeated.length === 1
      ? ["", "one"]
      : [`, and ${repeated.length - 1} more repeat names`, "them"];
    problems.push({
      message: `Columns ${first} and ${column + 1} are both ${quoted(name)}${more}; ` +
        `rename ${them}, or write header: false and skip_rows: ${scanner.line}`,
      place: scanner.place(file, column - indexColumns),
    });
  }
  if (problems.length > 0) throw new UserError(firstOf(problems, file));
  return names;
}

function firstOf(problems: readonly Problem[], file: string): Problem[] {
  const more = problems.length - MOST_SHOWN;
  if (more <= 0) return [...problems];
  const message = `And ${more} more ${more === 1 ? "problem" : "problems"}`;
  return [...problems.slice(0, MOST_SHOWN), { message, place: { file } }];
}
