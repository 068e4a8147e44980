import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { SplitOptions } from "../../src/dataset/split_options.ts";
import { splitRows } from "../../src/dataset/split_rows.ts";
import { UserError } from "../../src/user_error.ts";
import { classesOf, countsIn, madeRows } from "./_made_rows.ts";

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

Deno.test("splitRows() draws the same rows of a dataset that was split in other ways before", () => {
  const dataset = madeRows({ targets: Array.from({ length: 300 }, (_, row) => row % 7 % 3) });
  const ways: SplitOptions[] = [
    SPLIT,
    { ...SPLIT, test: 0.1 },
    { ...SPLIT, stratify: true },
    { ...SPLIT, folds: 3 },
    { ...SPLIT, folds: 2, stratify: true },
  ];
  fc.assert(fc.property(fc.constantFrom(...ways), fc.integer({ min: 1, max: 3 }), (way, seed) => {
    const fold = way.folds === undefined ? undefined : 1;
    assertEquals(splitRows(dataset, way, seed, fold), splitRows({ ...dataset }, way, seed, fold));
  }));
});

Deno.test("splitRows() gives rows of one's own, whatever was done to those of another call", () => {
  const dataset = { ...DIGITS };
  const { train, validation, test } = splitRows(dataset, SPLIT, 1);
  for (const part of [train, validation, test]) part.fill(0);
  assertEquals(splitRows(dataset, SPLIT, 1), splitRows({ ...DIGITS }, SPLIT, 1));
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

/** Training, validation and test rows as commit d4d777c drew them. */
const FIRST_VERSION = {
  seed1: ["0 2 3 5 7 8 9 10", "6 11", "1 4"],
  seed2: ["0 2 5 7 8 9 10 11", "3 6", "1 4"],
  fixed: ["3 5 6 7 8 9 10 11", "0 2", "1 4"],
};

Deno.test("splitRows() draws the rows of the first version", () => {
  const few = { rows: 12, checksum: "592c" };
  const parts = (seed: number, resplit: boolean) => {
    const { train, validation, test } = splitRows(few, { ...SPLIT, resplit }, seed);
    return [train, validation, test].map((part) => [...part].join(" "));
  };
  assertEquals(parts(1, true), FIRST_VERSION.seed1);
  assertEquals(parts(2, true), FIRST_VERSION.seed2);
  assertEquals(parts(2, false), FIRST_VERSION.fixed);
});

const STRATIFIED = { ...SPLIT, stratify: true } as const;

Deno.test("splitRows() gives each class its share of each part, with stratify", () => {
  const dataset = madeRows({ targets: classesOf([50, 30, 20]) });
  for (const seed of [1, 2, 3]) {
    const { train, validation, test } = splitRows(dataset, STRATIFIED, seed);
    assertEquals(countsIn(train, dataset), [30, 18, 12]);
    assertEquals(countsIn(validation, dataset), [10, 6, 4]);
    assertEquals(countsIn(test, dataset), [10, 6, 4]);
  }
});

Deno.test("splitRows() has every class in every part, with stratify", () => {
  const dataset = madeRows({ targets: classesOf([93, 4, 3]) });
  const parts = Object.values(splitRows(dataset, STRATIFIED, 1));
  assertEquals(parts.map((part) => countsIn(part, dataset)), [[57, 2, 1], [18, 1, 1], [18, 1, 1]]);
});

Deno.test("splitRows() keeps sizes and shares with stratify, whatever the classes", () => {
  const counts = fc.array(fc.integer({ min: 8, max: 60 }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(counts, fc.nat(), fc.boolean(), (counts, seed, resplit) => {
    const dataset = madeRows({ targets: classesOf(counts) });
    const plain = splitRows(dataset, { ...SPLIT, resplit }, seed);
    const split = splitRows(dataset, { ...STRATIFIED, resplit }, seed);
    for (const part of ["train", "validation", "test"] as const) {
      assertEquals(split[part].length, plain[part].length);
      assertEquals(split[part], split[part].toSorted());
      countsIn(split[part], dataset).forEach((count, index) => {
        const share = counts[index] * split[part].length / dataset.rows;
        // Training has what the two others leave.
        assert(Math.abs(count - share) < (part === "train" ? 2 : 1), `${count} of ${share}`);
      });
    }
    const all = Object.values(split).flatMap((part) => [...part]).toSorted((a, b) => a - b);
    assertEquals(all, all.map((_, row) => row));
    assertEquals(all.length, dataset.rows);
  }));
});

Deno.test("splitRows() keeps the test rows for all seeds with stratify, and draws the others anew", () => {
  const dataset = madeRows({ targets: classesOf([50, 30, 20]) });
  const [first, second] = [1, 2].map((seed) => splitRows(dataset, STRATIFIED, seed));
  assertEquals(first.test, second.test);
  assertNotEquals(first.validation, second.validation);
  const fixed = { ...STRATIFIED, resplit: false };
  assertEquals(splitRows(dataset, fixed, 1), splitRows(dataset, fixed, 2));
});

Deno.test("splitRows() draws each row of a class as often as any other, with stratify", () => {
  const dataset = madeRows({ targets: classesOf([20, 10]) });
  const counts = new Array(30).fill(0);
  for (let seed = 1; seed <= 2000; seed++) {
    for (const row of splitRows(dataset, { ...STRATIFIED, test: 0, train: 0.8 }, seed).validation) {
      counts[row]++;
    }
  }
  // 4 of 20 rows and 2 of 10: 400 of 2000 times, with a deviation of 18.
  counts.forEach((count, row) => assert(Math.abs(count - 400) < 75, `row ${row}: ${count}`));
});

Deno.test("splitRows() rejects classes that cannot be in every part, with stratify", () => {
  const hint = "stratify: false draws rows whatever their class";
  const rare = madeRows({ targets: classesOf([20, 2]) });
  const error = assertThrows(() => splitRows(rare, STRATIFIED, 1), UserError);
  const message = 'Cannot stratify class "c1" with 2 rows: each of 3 parts needs one';
  assertEquals(error.problems, [{ message, hint }]);
  // Two rows are enough for two parts.
  const { validation } = splitRows(rare, { ...STRATIFIED, train: 0.8, test: 0 }, 1);
  assertEquals(countsIn(validation, rare), [3, 1]);

  const many = madeRows({ targets: classesOf(new Array(20).fill(3)) });
  assertThrows(
    () => splitRows(many, STRATIFIED, 1),
    UserError,
    "Cannot stratify validation with 12 rows: each of 20 classes needs one",
  );
});
