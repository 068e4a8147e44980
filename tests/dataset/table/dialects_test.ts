import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Separator } from "../../../src/dataset/table/dialect.ts";
import { SEPARATORS } from "../../../src/dataset/table/dialect.ts";
import { openTable } from "../../../src/dataset/table/open_table.ts";
import { UserError } from "../../../src/user_error.ts";
import { type Cell, readTable } from "./_read_table.ts";

/** Tables that are made up. */
const TABLES = Deno.args.includes("--quick") ? 300 : 2000;

/** How a made-up table is written. */
interface Written {
  readonly separator: Separator;
  readonly decimal: "." | ",";
  readonly header: boolean;
  readonly quote: '"' | "'";
  readonly quotesAll: boolean;
  readonly newline: "\n" | "\r\n" | "\r";
  readonly encoding: "utf-8" | "utf-16" | "latin-1";
  readonly bigEndian: boolean;
  readonly mark: boolean;
  readonly comments: readonly string[];
  readonly trailing: boolean;
  readonly ends: boolean;
}

const written: fc.Arbitrary<Written> = fc.record({
  separator: fc.constantFrom(...Object.keys(SEPARATORS) as Separator[]),
  decimal: fc.constantFrom(".", ","),
  header: fc.boolean(),
  quote: fc.constantFrom('"', "'"),
  quotesAll: fc.boolean(),
  newline: fc.constantFrom("\n", "\r\n", "\r"),
  encoding: fc.constantFrom("utf-8", "utf-16", "latin-1"),
  bigEndian: fc.boolean(),
  mark: fc.boolean(),
  comments: fc.constantFrom([], ["# made up", "# of nothing, for a test"], ["% made up"]),
  trailing: fc.boolean(),
  ends: fc.boolean(),
});

/** Words of letters, some with what separates or quotes. */
const word = fc.tuple(
  fc.constantFrom("red", "blue", "grün", "x"),
  fc.constantFrom("", "", "", " ", ", ", ";", "|", "\t", '"', "'", "#", "\n"),
  fc.constantFrom("a", "b", "é"),
).map((parts) => parts.join(""));
const number = fc.integer({ min: -99_999, max: 99_999 }).map((integer) => integer / 100);

/** Rows of two columns of numbers, with decimals, and up to three of words. */
const table = fc.integer({ min: 1, max: 3 }).chain((words) =>
  fc.array(
    fc.tuple(number, ...Array(words).fill(word), number) as fc.Arbitrary<Cell[]>,
    { minLength: 3, maxLength: 12 },
  )
);

const NAMES = ["first", "second", "third", "fourth", "fifth"];

function textOf(rows: readonly Cell[][], how: Written): string {
  const separator = SEPARATORS[how.separator];
  const cellOf = (cell: Cell) => {
    const text = typeof cell === "number"
      ? cell.toFixed(2).replace(".", how.decimal)
      : String(cell);
    const needs = how.quotesAll || /["'\s]/.test(text) || text.includes(separator);
    if (!needs) return text;
    return how.quote + text.replaceAll(how.quote, how.quote + how.quote) + how.quote;
  };
  const records = how.header ? [NAMES.slice(0, rows[0].length), ...rows] : rows;
  const lines = records.map((record) =>
    record.map(cellOf).join(separator) + (how.trailing ? separator : "")
  );
  return [...how.comments, ...lines].join(how.newline) + (how.ends ? how.newline : "");
}

function encodedOf(text: string, { encoding, bigEndian, mark }: Written): Uint8Array<ArrayBuffer> {
  const marked = mark ? `\ufeff${text}` : text;
  if (encoding === "utf-8") return new TextEncoder().encode(marked);
  if (encoding === "latin-1") return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const units = Array.from(marked, (letter) => letter.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => {
    const bytes = [unit & 255, unit >> 8];
    return bigEndian ? bytes.toReversed() : bytes;
  }));
}

Deno.test("openTable() reads back a table in any dialect, or says that there are two", async () => {
  let [read, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(table, written, async (rows, how) => {
      const text = textOf(rows, how);
      const bytes = encodedOf(text, how);
      try {
        const found = await readTable(bytes);
        read++;
        const { separator, header, decimal, encoding } = found.reading;
        assertEquals([separator, header, decimal], [how.separator, how.header, how.decimal], text);
        // Letters beyond ASCII tell Latin-1; without them it is UTF-8 as well.
        if (/[^\0-\x7f]/.test(text)) assertEquals(encoding, how.encoding);
        const expected = rows.map((row) =>
          row.map((cell) => typeof cell === "string" ? cell.replaceAll("\n", "\n") : cell)
        );
        assertEquals(found.rows, expected, text);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        refused++;
        assert(/^Cannot (tell|use)/.test(error.message), error.message);
      }
    }),
    { numRuns: TABLES },
  );
  assert(refused < read / 5, `${refused} of ${read + refused} are refused`);
});

Deno.test("openTable() tells the same of a copy of a table", async () => {
  await fc.assert(fc.asyncProperty(table, written, async (rows, how) => {
    const bytes = encodedOf(textOf(rows, how), how);
    const tell = async (copy: Uint8Array<ArrayBuffer>) => {
      try {
        return (await openTable(copy, "f.csv")).reading;
      } catch (error) {
        if (error instanceof UserError) return error.message;
        throw error;
      }
    };
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    assertEquals(await tell(padded.subarray(3)), await tell(bytes));
  }));
});
