import { CsvScanner } from "./csv_scanner.ts";
import type { Dialect } from "./dialect.ts";

const MOST_RECORDS = 1000;
const FEWEST_RECORDS = 50;
const MOST_CELLS = 100_000;

/** The first records of a table, as texts. */
export interface Sample {
  readonly first: readonly string[];
  readonly line: number;
  /** The records under the first that have the usual number of fields. */
  readonly rows: readonly (readonly string[])[];
  /** The line where the first record of the usual number of fields starts. */
  readonly usualLine: number;
}

/** @param fields The usual number of fields. */
export function sampleRecords(bytes: Uint8Array, dialect: Dialect, fields: number): Sample {
  const scanner = new CsvScanner(bytes, dialect);
  const texts = () => {
    // Array.from() takes twice as long, for a hundred thousand cells.
    const texts = new Array<string>(scanner.count);
    for (let field = 0; field < texts.length; field++) texts[field] = scanner.lenientText(field);
    return texts;
  };
  const isFound = scanner.next();
  const first = isFound ? texts() : [];
  const { line } = scanner;
  let usualLine = first.length === fields ? line : 0;
  const rows: string[][] = [];
  const most = Math.min(MOST_RECORDS, Math.max(FEWEST_RECORDS, MOST_CELLS / fields));
  while (rows.length < most && scanner.next()) {
    if (scanner.count !== fields) continue;
    usualLine ||= scanner.line;
    rows.push(texts());
  }
  return { first, line, rows, usualLine };
}
