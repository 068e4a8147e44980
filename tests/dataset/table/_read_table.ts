import { openTable } from "../../../src/dataset/table/open_table.ts";
import type { Reading, ReadingOptions } from "../../../src/dataset/table/reading.ts";
import { formatProblems, UserError } from "../../../src/user_error.ts";

export type Cell = number | string | undefined;

export interface ReadTable {
  readonly reading: Reading;
  readonly names: readonly string[];
  readonly line: number;
  readonly rows: Cell[][];
}

/** A file's bytes: those of a text as UTF-8, with spaces before its lines left out. */
export function bytesOf(text: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

/** Reads a table with all its cells: numbers where they are some, else texts. */
export async function readTable(
  text: string | Uint8Array<ArrayBuffer>,
  options?: ReadingOptions,
): Promise<ReadTable> {
  const { reading, names, line, records } = await openTable(bytesOf(text), "f.csv", options);
  const scanner = records();
  const rows: Cell[][] = [];
  while (scanner.next()) {
    rows.push(Array.from({ length: scanner.count }, (_, field) => {
      const number = scanner.number(field);
      return Number.isNaN(number) ? scanner.text(field) : number;
    }));
  }
  return { reading, names, line, rows };
}

/** What a user is told of a file that cannot be read; "" if it can. */
export async function problemOf(
  text: string | Uint8Array<ArrayBuffer>,
  options?: ReadingOptions,
): Promise<string> {
  try {
    await readTable(text, options);
    return "";
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return formatProblems(error.problems);
  }
}
