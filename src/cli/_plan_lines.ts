import { wrap } from "./wrap.ts";

/** Columns of a terminal, and of the names of its lines. */
export const WIDTH = 80;
export const MARGIN = 9;

/** Lines behind the name of what they are. */
export function section(name: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? name : "").padEnd(MARGIN) + line);
}

/** A sentence in lines that fit behind their name; those after the first are indented. */
export function wrapped(sentence: string): string[] {
  return wrap(sentence, WIDTH - MARGIN - 2).map((line, index) => index === 0 ? line : `  ${line}`);
}
