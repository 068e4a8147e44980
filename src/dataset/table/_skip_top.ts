import type { Dialect, Separator } from "./dialect.ts";
import { separatorOf } from "./dialect.ts";

const LF = 0x0a;
const CR = 0x0d;
/** How Excel writes the separator in the first line. */
const EXCEL_LINE = /^"?sep=(.)"?[\r\n]*$/i;

/** Where a table begins under the lines to skip, and the separator that Excel's line names. */
export function skipTop(
  bytes: Uint8Array,
  skipRows: number,
): Pick<Dialect, "start" | "startLine"> & { separator?: Separator } {
  let start = hasMark(bytes) ? 3 : 0;
  for (let row = 0; row < skipRows; row++) start = lineEnd(bytes, start);
  const top = { start, startLine: skipRows + 1 };
  const end = lineEnd(bytes, start);
  const found = EXCEL_LINE.exec(String.fromCharCode(...bytes.subarray(start, Math.min(end, 64))));
  if (!found) return top;
  return { start: end, startLine: skipRows + 2, separator: separatorOf(found[1]) };
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Where the next line begins. */
function lineEnd(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at++;
  return Math.min(bytes.length, bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at + 1);
}
