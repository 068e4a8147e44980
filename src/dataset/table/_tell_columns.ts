import { type Place, UserError } from "../../user_error.ts";
import { numberOf } from "./_parse_number.ts";
import { type Sample, sampleRecords } from "./_sample_records.ts";
import { commentLines } from "./_tell_comment.ts";
import { type HeaderVerdict, tellHeader } from "./_tell_header.ts";
import { CsvScanner } from "./csv_scanner.ts";
import { type Dialect, SEPARATORS } from "./dialect.ts";

const SPACE = 0x20;

/** Where a table's columns are named, and how many there are. */
export interface Columns {
  readonly header: boolean;
  /** How many columns there are. */
  readonly width: number;
  /** 1 if the first column has no name in the header, else 0. */
  readonly indexColumns: number;
  /** The dialect with the place of a header that is a comment; without it if it is none. */
  readonly commentedHeader?: Dialect;
}

/**
 * Tells whether a table has a header, and which columns it has.
 *
 * A header can be one field shorter than the rows, as R writes it; nameless columns at the end that
 * are empty in every row are left out; and the last comment above the first row can be the header,
 * as NumPy writes it.
 *
 * @param fields The usual number of fields of a record.
 * @param written Whether there is a header, if the experiment says so, and where.
 * @throws {UserError} If the first record can be both a header and a row, or neither.
 */
export function tellColumns(
  bytes: Uint8Array,
  dialect: Dialect,
  file: string,
  fields: number,
  written?: boolean,
  place?: Place,
): Columns {
  const sample = sampleRecords(bytes, dialect, fields);
  const { line } = sample;
  const used = usedFields(bytes, dialect, fields);
  const first = withoutEmptyEnd(sample.first, fields);
  refuseCounts(sample, file);
  const indexColumns = used === fields && first.length === fields - 1 && fields > 1 ? 1 : 0;
  const isShort = first.length < fields && first.length >= used;
  if (first.length !== fields && indexColumns === 0 && !isShort) refuseTop(sample, file, fields);

  const verdict = verdictOf(first, sample.rows, dialect, indexColumns);
  if (written !== false && verdict === "values") {
    const commentedHeader = headerInComment(bytes, dialect, fields);
    if (commentedHeader) {
      if (!written) refuseProse(bytes, commentedHeader, file);
      return { header: true, width: fields, indexColumns: 0, commentedHeader };
    }
  }
  if (written === undefined && verdict === "unclear") {
    throw new UserError({
      message: `Cannot tell whether line ${line} names the columns or is a row; ` +
        "write header: true or header: false",
      place: { file, line },
    });
  }
  if (written && verdict === "values") {
    throw new UserError({
      message: `Cannot use header: true: line ${line} of ${file} is a row of values like those ` +
        "below; write header: false, or skip_rows where lines above the header are none of it",
      place: place ?? { file, line },
    });
  }
  const header = written ?? verdict !== "values";
  if (header && written === undefined) refuseTitle(sample, file, used - indexColumns);
  if (!header && indexColumns > 0) refuseTop(sample, file, fields);
  const named = header ? namedFields(first) + indexColumns : 0;
  return { header, width: Math.max(named, used), indexColumns };
}

function verdictOf(
  first: readonly string[],
  rows: Sample["rows"],
  dialect: Dialect,
  indexColumns: number,
): HeaderVerdict {
  const under = indexColumns === 0 ? rows : rows.map((row) => row.slice(indexColumns));
  return tellHeader(first, under, (text) => numberOf(text, dialect));
}

/** A record without the empty fields that it has beyond the usual number. */
function withoutEmptyEnd(texts: readonly string[], fields: number): readonly string[] {
  return texts.slice(fields).every((text) => text === "") ? texts.slice(0, fields) : texts;
}

/** How many fields there are up to the last one with a name. */
function namedFields(first: readonly string[]): number {
  return first.findLastIndex((text) => text !== "") + 1;
}

/** How many fields there are up to the last one that is not empty in some row under the first. */
function usedFields(bytes: Uint8Array, dialect: Dialect, fields: number): number {
  const scanner = new CsvScanner(bytes, dialect);
  let [used, rows] = [0, 0];
  scanner.next();
  while (used < fields && scanner.next()) {
    rows++;
    // Others are refused later.
    if (scanner.count !== fields) continue;
    for (let field = fields; field > used; field--) {
      if (!scanner.isEmpty(field - 1)) used = field;
    }
  }
  return rows === 0 ? fields : used;
}

/** The dialect that starts at the last comment above the first row, if that names the columns. */
function headerInComment(
  bytes: Uint8Array,
  dialect: Dialect,
  fields: number,
): Dialect | undefined {
  const { comment } = dialect;
  if (comment === "") return undefined;
  const last = commentLines(bytes, dialect, comment).lines.findLast(({ isLeading }) => isLeading);
  if (!last) return undefined;
  let start = last.at;
  while (isAt(bytes, start, comment) || bytes[start] === SPACE) start++;
  // A column can be named # itself.
  if (isAt(bytes, start, SEPARATORS[dialect.separator])) start = last.at;
  const found: Dialect = { ...dialect, comment: "", start, startLine: last.line };
  const scanner = new CsvScanner(bytes, found);
  if (!scanner.next() || scanner.line !== last.line || scanner.count !== fields) return undefined;
  for (let field = 0; field < fields; field++) {
    if (scanner.isEmpty(field) || !Number.isNaN(scanner.number(field))) return undefined;
  }
  return found;
}

/** Asks whether a comment of as many words as there are columns is their header. */
function refuseProse(bytes: Uint8Array, commentedHeader: Dialect, file: string): void {
  const scanner = new CsvScanner(bytes, commentedHeader);
  scanner.next();
  const names = Array.from({ length: scanner.count }, (_, field) => scanner.lenientText(field));
  if (commentedHeader.separator !== "space" && !names.some((name) => name.includes(" "))) return;
  const { line } = scanner;
  throw new UserError({
    message: `Cannot tell whether the comment in line ${line} names the columns; ` +
      "write header: true or header: false",
    place: { file, line },
  });
}

function isAt(bytes: Uint8Array, at: number, text: string): boolean {
  return text.length > 0 &&
    [...text].every((character, offset) => bytes[at + offset] === character.charCodeAt(0));
}

/**
 * Refuses a first line of counts and class names, as scikit-learn has it in its own files: neither a
 * header nor a row.
 */
function refuseCounts({ first, line, rows }: Sample, file: string): void {
  const fields = rows[0]?.length ?? 0;
  const [samples, columns, ...words] = first;
  const isCount = /^\d+$/.test(samples ?? "") && columns === String(fields - 1) && fields > 1 &&
    words.length > 0 && words.every((word) => !/^[\d.]+$/.test(word));
  const last = rows.at(-1) ?? [];
  const isRow = isCount && words.every((_, index) => !/^[+-]?[\d.]+$/.test(last[index + 2] ?? ""));
  if (!isCount || isRow) return;
  const named = rows[0].every((text) => !/^[+-]?[\d.]+$/.test(text));
  throw new UserError({
    message:
      `Cannot use line ${line} as a header or a row: it looks like counts, ${samples} rows ` +
      `of ${columns} columns; write skip_rows: ${line}${named ? "" : " and header: false"}`,
    place: { file, line },
  });
}

/** Refuses a first line that names a few columns alone, such as a title that a spreadsheet has above. */
function refuseTitle({ first, line, rows }: Sample, file: string, used: number): void {
  // Row names have no name of their own.
  const columns = first.slice(first[0] === "" ? 1 : 0, used);
  const names = columns.filter((text) => text !== "").length;
  if (rows.length === 0 || 2 * names > columns.length) return;
  throw new UserError({
    message:
      `Cannot tell whether line ${line} is a header: it names ${names} of ${used} columns; ` +
      `write header: true, or skip_rows: ${line} if the table begins below it`,
    place: { file, line },
  });
}

function refuseTop({ first, line, usualLine }: Sample, file: string, fields: number): never {
  const count = first.length === 1 ? "1 field" : `${first.length} fields`;
  const wayOut = usualLine > line
    ? `; if the table begins in line ${usualLine}, write skip_rows: ${usualLine - 1}`
    : "";
  throw new UserError({
    message: `Cannot use line ${line} of ${count}: most have ${fields}${wayOut}`,
    place: { file, line },
  });
}
