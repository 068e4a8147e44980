import { UserError } from "../../user_error.ts";
import { tellSeparator } from "./_tell_separator.ts";
import { CsvScanner } from "./csv_scanner.ts";
import type { Dialect, Separator } from "./dialect.ts";

const LF = 0x0a;
const CR = 0x0d;
/** What comments begin with, where the experiment does not say. */
const COMMENTS = ["#", "%"];
/** The first comment is within this many lines, or there is none. */
const SAMPLE_LINES = 200;

/** A line that could be a comment. */
export interface CommentLine {
  readonly at: number;
  readonly line: number;
  /** True if only comments and blank lines are above. */
  readonly isLeading: boolean;
}

/**
 * Tells how lines begin that are no records: as the lines at the top do, or as those do that have
 * another number of fields. "" if all are records.
 *
 * @throws {UserError} If some of such lines could be records as well.
 */
export function tellComment(
  bytes: Uint8Array,
  base: Dialect,
  file: string,
  separator?: Separator,
): string {
  for (const comment of COMMENTS) {
    if (commentLines(bytes, base, comment, SAMPLE_LINES).lines.length === 0) continue;
    const { lines, hasOthers } = commentLines(bytes, base, comment);
    if (!hasOthers) continue;
    const place = { file, line: lines[0].line };
    const dialect = { ...base, comment };
    const told = { ...dialect, ...tellSeparator(bytes, dialect, place, separator) };
    const rows = lines.filter((line) => isRow(bytes, told, told.fields, line));
    if (rows.length === 0) return comment;
    // Such as colors, #ff0000.
    if (rows.length === lines.length && !lines[0].isLeading) continue;
    throw new UserError({
      message: `Cannot tell whether lines that begin with ${comment} are comments: ` +
        `line ${rows[0].line} could be a row; write comment: "${comment}" or comment: ""`,
      place: { file, line: rows[0].line },
    });
  }
  return "";
}

/** The lines that begin with `comment`, and whether there are others. */
export function commentLines(
  bytes: Uint8Array,
  { start, startLine }: Dialect,
  comment: string,
  mostLines = Infinity,
): { lines: CommentLine[]; hasOthers: boolean } {
  const marks = new TextEncoder().encode(comment);
  const lines: CommentLine[] = [];
  let hasOthers = false;
  let line = startLine;
  let isStart = true;
  for (let at = start; at < bytes.length && line < startLine + mostLines; at++) {
    const byte = bytes[at];
    const isEnd = byte === LF || byte === CR && bytes[at + 1] !== LF;
    if (isStart && byte === marks[0] && marks.every((mark, of) => bytes[at + of] === mark)) {
      lines.push({ at, line, isLeading: !hasOthers });
    } else if (isStart && !isEnd && byte !== CR) {
      hasOthers = true;
    }
    isStart = isEnd;
    if (isEnd) line++;
  }
  return { lines, hasOthers };
}

/**
 * Whether a line has as many fields as a row; at the top, where it could be a header as well, one of
 * them must be a number.
 */
function isRow(
  bytes: Uint8Array,
  dialect: Dialect,
  fields: number,
  { at, line, isLeading }: CommentLine,
): boolean {
  const scanner = new CsvScanner(bytes, { ...dialect, comment: "", start: at, startLine: line });
  if (!scanner.next() || scanner.count !== fields) return false;
  if (!isLeading) return true;
  for (let field = 1; field < fields; field++) {
    if (!Number.isNaN(scanner.number(field))) return true;
  }
  return false;
}
