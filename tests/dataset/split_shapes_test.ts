import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { SplitOptions } from "../../src/dataset/split_options.ts";
import { type Split, splitRows } from "../../src/dataset/split_rows.ts";
import { UserError } from "../../src/user_error.ts";
import { classesOf, countsIn, type MadeRows, madeRows, rowsIn, upTo } from "./_made_rows.ts";

const SPLIT = { train: 0.6, validation: 0.2, test: 0.2, resplit: true } as const;

function foldsOf(dataset: MadeRows, split: SplitOptions, seed = 1): Split[] {
  return upTo(split.folds ?? 0).map((fold) => splitRows(dataset, split, seed, fold + 1));
}

function messageOf(dataset: MadeRows, split: SplitOptions, fold?: number): string {
  return assertThrows(() => splitRows(dataset, split, 1, fold), UserError).message;
}

// Folds

Deno.test("splitRows() deals the rest of a seed to folds: each row is validated on once", () => {
  const dataset = madeRows({ targets: upTo(23).map((row) => row % 2) });
  const cases = fc.record({ folds: fc.integer({ min: 2, max: 8 }), seed: fc.nat() });
  fc.assert(fc.property(cases, fc.boolean(), ({ folds, seed }, isStratified) => {
    const split = { ...SPLIT, folds, ...isStratified && { stratify: true as const } };
    const splits = foldsOf(dataset, split, seed);
    const { test } = splits[0];
    assertEquals(test.length, 5);
    const validated = splits.flatMap(({ validation }) => [...validation]);
    assertEquals([...validated, ...test].sort((a, b) => a - b), upTo(23));
    for (const split of splits) {
      assertEquals(split.test, test);
      assertEquals(rowsIn(split), upTo(23));
      for (const part of Object.values(split)) assertEquals(part, part.toSorted());
    }
    const sizes = splits.map(({ validation }) => validation.length);
    assert(Math.max(...sizes) - Math.min(...sizes) <= 1, `${sizes}`);
  }));
});

Deno.test("splitRows() has as many rows of a class in every fold, to one, with stratify", () => {
  const counts = fc.array(fc.integer({ min: 10, max: 40 }), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(counts, fc.integer({ min: 2, max: 7 }), fc.nat(), (counts, folds, seed) => {
    const dataset = madeRows({ targets: classesOf(counts) });
    const split = { ...SPLIT, stratify: true, folds } as const;
    const inFolds = foldsOf(dataset, split, seed).map(({ validation }) =>
      countsIn(validation, dataset)
    );
    counts.forEach((_, index) => {
      const own = inFolds.map((counts) => counts[index]);
      assert(Math.max(...own) - Math.min(...own) <= 1 && Math.min(...own) >= 1, `${own}`);
    });
  }));
});

Deno.test("splitRows() deals folds anew for each seed, whose test rows are the same", () => {
  const dataset = madeRows({ targets: upTo(40).map(() => 0) });
  const [first, second] = [1, 2].map((seed) => splitRows(dataset, { ...SPLIT, folds: 4 }, seed, 1));
  assertEquals(first.test, second.test);
  assertEquals(first.test, splitRows(dataset, SPLIT, 1).test);
  assertNotEquals(first.validation, second.validation);
});

Deno.test("splitRows() refuses more folds than rows, and a class too rare for each", () => {
  const dataset = madeRows({ targets: classesOf([8, 4]) });
  assertEquals(
    messageOf(dataset, { ...SPLIT, folds: 11 }, 1),
    "Cannot use folds 11 on 12 rows: each needs one, and so does test 0.2",
  );
  assertEquals(
    messageOf(dataset, { ...SPLIT, test: 0, folds: 13 }, 1),
    "Cannot use folds 13 on 12 rows: each needs one",
  );
  assertEquals(
    messageOf(dataset, { ...SPLIT, folds: 4, stratify: true }, 1),
    'Cannot stratify class "c1" with 4 rows: each of 5 parts, folds and test, needs one',
  );
  assertEquals(
    messageOf(dataset, { ...SPLIT, test: 0, folds: 5, stratify: true }, 1),
    'Cannot stratify class "c1" with 4 rows: each of 5 folds needs one',
  );
});

Deno.test("splitRows() has no fold without folds, and none beyond them", () => {
  const dataset = madeRows({ targets: upTo(20).map(() => 0) });
  assertThrows(() => splitRows(dataset, SPLIT, 1, 1), RangeError);
  for (const fold of [undefined, 0, 4]) {
    assertThrows(() => splitRows(dataset, { ...SPLIT, folds: 3 }, 1, fold), RangeError);
  }
});

// Groups

/** Rows of groups of these sizes, of which row numbers are dealt to classes in turn. */
const GROUPED = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 12, maxLength: 40 }),
  seed: fc.nat(),
  stratify: fc.boolean(),
});

function groupedRows(sizes: readonly number[]): MadeRows {
  const groups = classesOf(sizes);
  return madeRows({ groups, targets: groups.map((_, row) => row % 3) });
}

function groupsIn(part: Int32Array, { splitting }: MadeRows): Set<number> {
  return new Set(Array.from(part, (row) => splitting?.groups?.[row] ?? NaN));
}

Deno.test("splitRows() keeps groups whole: none is in two parts", () => {
  fc.assert(fc.property(GROUPED, ({ sizes, seed, stratify }) => {
    const dataset = groupedRows(sizes);
    const split = { ...SPLIT, group: "g", ...stratify && { stratify } };
    const parts = splitRows(dataset, split, seed);
    assertEquals(rowsIn(parts), upTo(dataset.rows));
    const inParts = Object.values(parts).map((part) => groupsIn(part, dataset));
    for (const groups of inParts) assert(groups.size > 0);
    assertEquals(inParts.reduce((sum, groups) => sum + groups.size, 0), sizes.length);
    assertEquals(parts.test, splitRows(dataset, split, seed + 1).test);
  }));
});

Deno.test("splitRows() comes so near to the fractions that no other group could come nearer", () => {
  fc.assert(fc.property(GROUPED, ({ sizes, seed }) => {
    const dataset = groupedRows(sizes);
    const { train, test } = splitRows(dataset, { ...SPLIT, group: "g" }, seed);
    const wanted = Math.round(0.2 * dataset.rows);
    const gap = Math.abs(test.length - wanted);
    for (const group of groupsIn(train, dataset)) {
      assert(Math.abs(test.length + sizes[group] - wanted) >= gap);
    }
  }));
});

Deno.test("splitRows() brings groups near to the classes' shares, with stratify", () => {
  // Groups of one class each, as patients who are ill or not: 30 of four rows, 10 of them ill.
  const groups = classesOf(new Array(30).fill(4));
  const dataset = madeRows({ groups, targets: groups.map((group) => group % 3 === 0 ? 1 : 0) });
  for (const seed of [1, 2, 3, 4, 5]) {
    const split = { ...SPLIT, group: "g", stratify: true } as const;
    const { train, validation, test } = splitRows(dataset, split, seed);
    assertEquals([train, validation, test].map((part) => countsIn(part, dataset)), [
      [48, 24],
      [16, 8],
      [16, 8],
    ]);
    const inFolds = foldsOf(dataset, { ...split, folds: 4 }, seed).map(({ validation }) =>
      countsIn(validation, dataset)
    );
    // 16 groups without and 8 with the illness are left.
    assertEquals(inFolds, new Array(4).fill([16, 8]));
  }
});

Deno.test("splitRows() deals whole groups to folds, which differ by at most the largest", () => {
  fc.assert(fc.property(GROUPED, fc.integer({ min: 2, max: 6 }), ({ sizes, seed }, folds) => {
    const dataset = groupedRows(sizes);
    const splits = foldsOf(dataset, { ...SPLIT, group: "g", folds }, seed);
    const { test } = splits[0];
    const validated = splits.flatMap(({ validation }) => [...validation]);
    assertEquals([...validated, ...test].sort((a, b) => a - b), upTo(dataset.rows));
    for (const { train, validation } of splits) {
      const [inTrain, inValidation] = [train, validation].map((part) => groupsIn(part, dataset));
      assert(
        inTrain.isDisjointFrom(inValidation) && inTrain.isDisjointFrom(groupsIn(test, dataset)),
      );
    }
    const lengths = splits.map(({ validation }) => validation.length);
    assert(Math.min(...lengths) > 0);
    assert(Math.max(...lengths) - Math.min(...lengths) <= Math.max(...sizes), `${lengths}`);
  }));
});

Deno.test("splitRows() takes the smallest group where all are too large", () => {
  const dataset = groupedRows([50, 40, 30]);
  const { validation, test } = splitRows(dataset, { ...SPLIT, test: 0.1, group: "g" }, 1);
  assertEquals(test.length, 30);
  assert([40, 50].includes(validation.length));
});

Deno.test("splitRows() refuses too few groups", () => {
  const dataset = groupedRows([5, 6]);
  assertEquals(
    messageOf(dataset, { ...SPLIT, group: "patient" }),
    "Cannot use group patient with 2 groups: at least 3 are required, for training, validation and " +
      "test",
  );
  assertEquals(
    messageOf(dataset, { ...SPLIT, test: 0, group: "patient", folds: 3 }, 1),
    "Cannot use group patient with 2 groups: at least 3 are required, for 3 folds",
  );
});

// Time

const TIMED = { ...SPLIT, resplit: false, time: "day" } as const;

function span(part: Int32Array, { splitting }: MadeRows): [number, number] {
  const times = Array.from(part, (row) => splitting?.times?.[row] ?? NaN);
  return [Math.min(...times), Math.max(...times)];
}

Deno.test("splitRows() trains on the earliest rows, and tests on the latest", () => {
  const dataset = madeRows({
    targets: new Array(10).fill(0),
    times: [9, 1, 8, 2, 7, 3, 6, 4, 5, 0],
  });
  for (const seed of [1, 2]) {
    const { train, validation, test } = splitRows(dataset, TIMED, seed);
    assertEquals([...train], [1, 3, 5, 7, 8, 9]);
    assertEquals([...validation], [4, 6]);
    assertEquals([...test], [0, 2]);
  }
});

Deno.test("splitRows() keeps equal times together, and parts in order", () => {
  const times = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 10, maxLength: 80 })
    .filter((times) => new Set(times).size >= 5);
  fc.assert(fc.property(times, fc.integer({ min: 2, max: 3 }), (times, folds) => {
    const dataset = madeRows({ targets: times.map(() => 0), times });
    const whole = splitRows(dataset, TIMED, 1);
    assertEquals(rowsIn(whole), upTo(times.length));
    for (const split of [whole, ...foldsOf(dataset, { ...TIMED, folds }, 1)]) {
      const [train, validation, test] = [split.train, split.validation, split.test]
        .map((part) => span(part, dataset));
      assert(train[1] < validation[0] && validation[1] < test[0]);
    }
  }));
});

Deno.test("splitRows() lets each fold train on all that is earlier than what it validates on", () => {
  const times = upTo(25);
  const dataset = madeRows({ targets: times.map(() => 0), times });
  const splits = foldsOf(dataset, { ...TIMED, folds: 3 });
  assertEquals(splits.map(({ train, validation, test }) => [train, validation, test].map(String)), [
    ["0,1,2,3,4", "5,6,7,8,9", "20,21,22,23,24"],
    ["0,1,2,3,4,5,6,7,8,9", "10,11,12,13,14", "20,21,22,23,24"],
    ["0,1,2,3,4,5,6,7,8,9,10,11,12,13,14", "15,16,17,18,19", "20,21,22,23,24"],
  ]);
});

Deno.test("splitRows() refuses too few different times", () => {
  const dataset = madeRows({
    targets: upTo(20).map(() => 0),
    times: upTo(20).map((row) => row % 2),
  });
  assertEquals(
    messageOf(dataset, TIMED),
    "Cannot use time day with 2 different times: at least 3 are required, for training, validation " +
      "and test",
  );
  assertEquals(
    messageOf(dataset, { ...TIMED, folds: 4 }, 1),
    "Cannot use time day with 2 different times: at least 6 are required, for the first " +
      "training rows, 4 folds and test",
  );
});

// A column of parts, and rows of a test file

const BY_COLUMN = { train: 0, validation: 0, test: 0, resplit: false, column: "set" } as const;

Deno.test("splitRows() splits as a column says, whatever the seed", () => {
  const dataset = madeRows({ targets: upTo(6).map(() => 0), parts: [1, 2, 3, 1, 1, 3] });
  for (const seed of [1, 2]) {
    const { train, validation, test } = splitRows(dataset, BY_COLUMN, seed);
    assertEquals([train, validation, test].map(String), ["0,3,4", "1", "2,5"]);
  }
});

Deno.test("splitRows() refuses a column that leaves rows or parts out", () => {
  const targets = upTo(4).map(() => 0);
  assertEquals(
    messageOf(madeRows({ targets, parts: [1, 0, 2, 0] }), BY_COLUMN),
    "Cannot use column set: 2 rows have no part",
  );
  assertEquals(
    messageOf(madeRows({ targets, parts: [1, 1, 3, 3] }), BY_COLUMN),
    "Cannot use column set: no row is in validation, at least one is required",
  );
});

const WITH_FILE = { train: 0.75, validation: 0.25, test: 0, resplit: true } as const;

Deno.test("splitRows() tests on the rows of a test file, and splits the others", () => {
  const targets = classesOf([8, 8]);
  const parts = [...upTo(12).map(() => 0), 3, 3, 3, 3];
  const { train, validation, test } = splitRows(madeRows({ targets, parts }), WITH_FILE, 1);
  assertEquals([...test], [12, 13, 14, 15]);
  assertEquals([train.length, validation.length], [9, 3]);
  assertEquals([...train, ...validation].sort((a, b) => a - b), upTo(12));
  // The same as if the others were alone.
  const alone = splitRows(madeRows({ targets: targets.slice(0, 12) }), WITH_FILE, 1);
  assertEquals(validation, alone.validation);
});

Deno.test("splitRows() refuses a test file that shares groups, or is not later", () => {
  const targets = upTo(10).map(() => 0);
  const parts = [...upTo(8).map(() => 0), 3, 3];
  const groups = [0, 1, 2, 3, 4, 5, 6, 7, 3, 8];
  assertEquals(
    messageOf(madeRows({ targets, parts, groups }), { ...WITH_FILE, group: "patient" }),
    "Cannot use group patient: 1 group of the test file is among the other rows, too",
  );
  const times = [0, 1, 2, 3, 4, 5, 6, 7, 7, 8];
  assertEquals(
    messageOf(madeRows({ targets, parts, times }), { ...WITH_FILE, resplit: false, time: "day" }),
    "Cannot use time day: 1 row of the test file is not later than all other rows",
  );
});
