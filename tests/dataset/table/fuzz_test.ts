import { assert, assertEquals } from "@std/assert";
import { openTable } from "../../../src/dataset/table/open_table.ts";
import { UserError } from "../../../src/user_error.ts";
import { Dice } from "../../_dice.ts";
import { HANG_SECONDS } from "../../_hang_seconds.ts";
import { processorSeconds } from "../../_processor_seconds.ts";
import { randomCsv } from "../_random_csv.ts";

const INPUTS = 10_000;
const CHANGES = 2000;

/** Tables to change a little: rows of every dialect, without quotes or line ends in cells. */
const TABLES = [",", ";", "\t", "|", " "].flatMap((separator) =>
  ["x y label\n", ""].map((header) => {
    const rows = Array.from(
      { length: 30 },
      (_, row) => `${(row * 7.3 % 5).toFixed(2)} ${80 + row * 11 % 40} ${"abc"[row % 3]}\n`,
    );
    return (header + rows.join("")).replaceAll(" ", separator);
  })
);
/** What changes a cell, or what holds a table together. */
const PIECES = [
  ...["", "0", "9.5", "-", "a", "\u00e9", "?", "NA", "1,5", "1.234,5", "86%", "e5", "\ufeff"],
  ...["#", "%", '"', "'", ",", ";", "\t", "|", " ", "\n", "\r", "\r\n", "\0", "sep=;\n"],
];

interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** Reads a table twice; a problem of a record is one of the table, as for those that use it. */
async function shapeOf(bytes: Uint8Array<ArrayBuffer>): Promise<Shape> {
  const { names, records, place } = await openTable(bytes, "f.csv");
  assertEquals(new Set(names).size, names.length);
  assert(!names.includes(""));
  assert(place(0).line && place(names.length - 1).line);
  const shapes = [records(), records()].map((scanner) => {
    let rows = 0;
    while (scanner.next()) {
      if (scanner.quoteProblem) throw new UserError("Wrong quotes");
      if (scanner.count !== names.length) throw new UserError("Wrong number of fields");
      for (let field = 0; field < scanner.count; field++) {
        scanner.number(field);
        scanner.text(field);
      }
      rows++;
    }
    return { rows, columns: names.length };
  });
  assertEquals(shapes[0], shapes[1]);
  return shapes[0];
}

/** What a user is told; anything that is not meant for users is thrown on. */
function messageOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}

Deno.test(`openTable() answers ${INPUTS} made-up files`, async () => {
  let refused = 0;
  for (let number = 0; number < INPUTS; number++) {
    const started = processorSeconds();
    const found = await shapeOf(randomCsv(number)).catch(messageOf);
    if (typeof found === "string") refused++;
    assert(processorSeconds() - started < HANG_SECONDS, `csv/${number}`);
  }
  assert(refused > INPUTS / 20 && refused < INPUTS * 0.9, `${refused} of ${INPUTS} are refused`);
});

Deno.test(`openTable() loses no row of ${CHANGES} tables with a change, or refuses them`, async () => {
  let refused = 0;
  for (let number = 0; number < CHANGES; number++) {
    const dice = new Dice("table", number);
    const text = dice.one(TABLES);
    const at = dice.below(text.length);
    const changed = text.slice(0, at) + dice.one(PIECES) + text.slice(at + dice.below(3));
    const bytes = new TextEncoder().encode(changed);
    const [before, after] = await Promise.all([
      shapeOf(new TextEncoder().encode(text)),
      shapeOf(bytes).catch(messageOf),
    ]);
    if (typeof after === "string") refused++;
    else {
      const name = `${number}: ${JSON.stringify(changed.slice(Math.max(0, at - 20), at + 20))}`;
      // A line end can be put in or taken out, and then it is another table.
      const lines = (text: string) => text.trim().split(/[\r\n]+/).length;
      assertEquals(after.rows - before.rows, lines(changed) - lines(text), name);
    }
  }
  assert(refused < CHANGES * 0.75, `${refused} of ${CHANGES} are refused`);
});
