import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { splitRows } from "../../src/dataset/split_rows.ts";
import { UserError } from "../../src/user_error.ts";

const DIGITS = { rows: 1797, checksum: "592c" };
const SPLIT = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };

Deno.test("splitRows() rounds validation and test, and trains on the rest", () => {
  const { train, validation, test } = splitRows(DIGITS, SPLIT, 1);
  assertEquals([train.length, validation.length, test.length], [1079, 359, 359]);
});

Deno.test("splitRows() rounds half up", () => {
  const split = { ...SPLIT, train: 0.5, validation: 0.25, test: 0.25 };
  const { train, validation, test } = splitRows({ rows: 10, checksum: "" }, split, 1);
  assertEquals([train.length, validation.length, test.length], [4, 3, 3]);
});

Deno.test("splitRows() puts every row into one part, ascending", () => {
  const rows = fc.integer({ min: 10, max: 300 });
  fc.assert(fc.property(rows, fc.nat(), fc.boolean(), (rows, seed, resplit) => {
    const parts = Object.values(splitRows({ rows, checksum: "a" }, { ...SPLIT, resplit }, seed));
    for (const part of parts) assertEquals(part, part.toSorted());
    const all = Int32Array.from(parts.flatMap((part) => [...part])).sort();
    assertEquals(all, Int32Array.from({ length: rows }, (_, row) => row));
  }));
});

Deno.test("splitRows() keeps the test rows for all seeds and draws the others anew", () => {
  const [first, second] = [1, 2].map((seed) => splitRows(DIGITS, SPLIT, seed));
  assertEquals(first.test, second.test);
  assertNotEquals(first.validation, second.validation);
  assertNotEquals(first.train, second.train);
});

Deno.test("splitRows() draws the same rows for a seed, whatever was drawn before", () => {
  const alone = splitRows(DIGITS, SPLIT, 7);
  splitRows(DIGITS, SPLIT, 8);
  assertEquals(splitRows(DIGITS, SPLIT, 7), alone);
});

Deno.test("splitRows() draws the same rows for all seeds without resplit", () => {
  const fixed = { ...SPLIT, resplit: false };
  assertEquals(splitRows(DIGITS, fixed, 1), splitRows(DIGITS, fixed, 2));
});

Deno.test("splitRows() draws other rows for another dataset", () => {
  const other = splitRows({ ...DIGITS, checksum: "592d" }, SPLIT, 1);
  const { test } = splitRows(DIGITS, SPLIT, 1);
  assertNotEquals(other.test, test);
});

Deno.test("splitRows() draws rows from all over the file", () => {
  const { validation, test } = splitRows(DIGITS, SPLIT, 1);
  for (const part of [validation, test]) {
    // The first fifth of the rows holds 72 of 359 drawn ones on average, with a deviation of 7.
    const inFirstFifth = part.filter((row) => row < 359).length;
    assert(Math.abs(inFirstFifth - 72) < 28, `${inFirstFifth} rows`);
  }
});

Deno.test("splitRows() takes no test rows where the split has none", () => {
  const split = { train: 0.5, validation: 0.5, test: 0, resplit: true };
  assertEquals(splitRows({ rows: 4, checksum: "" }, split, 1).test.length, 0);
});

Deno.test("splitRows() rejects a split that leaves a part empty", () => {
  const few = { rows: 6, checksum: "" };
  const wrong = [
    [{ train: 0.06, validation: 0.47, test: 0.47 }, "train 0.06"],
    [{ train: 0.9, validation: 0.05, test: 0.05 }, "validation 0.05"],
    [{ train: 0.9, validation: 0.05, test: 0.05 }, "test 0.05"],
    [{ train: 0.8, validation: 0, test: 0.2 }, "validation 0"],
  ] as const;
  for (const [split, part] of wrong) {
    const error = assertThrows(
      () => splitRows(few, { ...split, resplit: true }, 1),
      UserError,
      `Cannot use ${part} on 6 rows: at least one is required`,
    );
    assertEquals(error.exitCode, 2);
  }
});
