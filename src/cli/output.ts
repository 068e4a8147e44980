import { systemReason } from "../files/system_reason.ts";
import { styled, type StyledLine } from "./styled_lines.ts";
import { wrapLines } from "./wrap.ts";

const encoder = new TextEncoder();

/** Why standard output could not be written, the first time. */
let failure: string | undefined;

/**
 * Prints what a user asked for, with a line end, to standard output.
 *
 * If that fails, the work goes on, nothing more is printed, and `outputProblem()` says why.
 */
export function print(text: string): void {
  if (failure === undefined) failure = write(Deno.stdout, printable(text) + "\n");
}

/** The same of lines, each of which has its style if standard output is a terminal. */
export function printLines(lines: readonly StyledLine[]): void {
  if (failure === undefined) failure = writeLines(Deno.stdout, lines);
}

/** The same of anything else, to standard error. */
export function printLinesAside(lines: readonly StyledLine[]): void {
  writeLines(Deno.stderr, lines);
}

function writeLines(
  stream: { isTerminal(): boolean; writeSync(bytes: Uint8Array): number },
  lines: readonly StyledLine[],
): string | undefined {
  const options = { colours: hasColours(stream), links: stream.isTerminal() };
  const texts = lines.map((line) => {
    const { marked } = line;
    const mark = marked && { marked: { ...marked, text: printable(marked.text) } };
    return styled({ ...line, ...mark, text: printable(line.text) }, options) + "\n";
  });
  return write(stream, texts.join(""));
}

/** What to tell a user whose standard output could not be written, if so. */
export function outputProblem(): string | undefined {
  return failure === undefined ? undefined : `Cannot write to standard output: ${failure}`;
}

/**
 * Prints anything else, such as problems, with a line end, to standard error. If that fails, nobody
 * can be told. A terminal shows no word on two lines; indented lines, such as those of a file, stay.
 */
export function printAside(text: string): void {
  const shown = printable(text);
  const lines = Deno.stderr.isTerminal() ? wrapLines(shown, consoleSize().columns) : [shown];
  write(Deno.stderr, lines.join("\n") + "\n");
}

/**
 * Writes all of a text, and returns what the system says if it refuses. A reader that has closed the
 * pipe, such as `head`, does not want more: that is no failure.
 */
export function write(
  stream: { writeSync(bytes: Uint8Array): number },
  text: string,
): string | undefined {
  let bytes = encoder.encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return undefined;
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return reason;
  }
  return undefined;
}

/** Rings the terminal's bell, if there is a terminal. */
export function ringBell(): void {
  const stream = [Deno.stderr, Deno.stdout].find((stream) => stream.isTerminal());
  if (stream) write(stream, "\x07");
}

/** Questions to the user. */
export const ask = {
  /** Whether there is a terminal to ask in. */
  isPossible(): boolean {
    return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
  },
  /** Asks a question that is to be answered with yes or no; anything else is no. */
  yesOrNo(question: string): boolean {
    write(Deno.stderr, `${printable(question)} [y/N] `);
    const answer = new Uint8Array(100);
    const length = Deno.stdin.readSync(answer) ?? 0;
    return /^y(es)?$/i.test(new TextDecoder().decode(answer.subarray(0, length)).trim());
  },
};

/** Whether text on a stream may have colours: on a terminal, unless NO_COLOR says otherwise. */
export function hasColours(stream: { isTerminal(): boolean }): boolean {
  return stream.isTerminal() && !Deno.noColor;
}

/** The size of the terminal; that of an old one if there is none. */
export function consoleSize(): { columns: number; rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return { columns: columns || 80, rows: rows || 24 };
  } catch {
    return { columns: 80, rows: 24 };
  }
}

/**
 * Keeps characters in users' files from reaching the terminal that control it, or the order in which
 * it shows others.
 */
export function printable(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}
