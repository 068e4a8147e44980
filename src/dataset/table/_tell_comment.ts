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
  /** The next LF and CR from the start of the line on. */
  let [lf, cr] = [-1, -1];
  for (let at = start, line = startLine; at < bytes.length; line++) {
    if (line >= startLine + mostLines) break;
    if (lf < at) lf = nextIndex(bytes, LF, at);
    if (cr < at) cr = nextIndex(bytes, CR, at);
    const end = Math.min(lf, cr);
    if (marks.length > 0 && marks.every((mark, of) => bytes[at + of] === mark)) {
      lines.push({ at, line, isLeading: !hasOthers });
    } else if (end > at) {
      hasOthers = true;
    }
    at = lf === cr + 1 ? lf + 1 : end + 1;
  }
  return { lines, hasOthers };
}

/** Where a byte stands from a position on; behind the end if it does not. */
function nextIndex(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
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
