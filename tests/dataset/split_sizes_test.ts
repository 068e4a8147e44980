import { assertEquals } from "@std/assert";
import { partSizes } from "../../src/dataset/part_sizes.ts";
import { ownSizes, sizesOf, splitSizes } from "../../src/dataset/split_sizes.ts";
import { classesOf, madeRows, upTo } from "./_made_rows.ts";

const SPLIT = { train: 0.6, validation: 0.2, test: 0.2, resplit: true } as const;

Deno.test("partSizes() of folds: validation is one of them", () => {
  assertEquals(partSizes(23, { ...SPLIT, folds: 4 }), { train: 13, validation: 5, test: 5 });
});

Deno.test("splitSizes() are the mean and the most of all folds", () => {
  const dataset = madeRows({ targets: upTo(23).map(() => 0) });
  assertEquals(splitSizes(dataset, { ...SPLIT, folds: 4 }, [1, 2]), {
    mean: { train: 13, validation: 5, test: 5 },
    most: { train: 14, validation: 5, test: 5 },
  });
});

Deno.test("ownSizes() are there where sizes do not follow from the fractions", () => {
  const groups = classesOf([30, 5, 5, 5, 5]);
  const dataset = madeRows({ targets: groups.map(() => 0), groups });
  assertEquals(ownSizes(dataset, SPLIT, [1]), undefined);
  const split = { ...SPLIT, group: "g" };
  assertEquals(ownSizes(dataset, split, [1, 2]), { train: 30, validation: 10, test: 10 });
  assertEquals(sizesOf({ rows: 50, split }), { train: 30, validation: 10, test: 10 });
  assertEquals(
    sizesOf({ rows: 50, split: { ...split, rows: { train: 3, validation: 2, test: 1 } } }),
    {
      train: 3,
      validation: 2,
      test: 1,
    },
  );
  const parts = madeRows({ targets: [0, 0, 0, 0], parts: [1, 1, 2, 3] });
  const byColumn = { train: 0, validation: 0, test: 0, resplit: false, column: "set" };
  assertEquals(ownSizes(parts, byColumn, [1]), { train: 2, validation: 1, test: 1 });
});

Deno.test("splitSizes() know the largest of all folds, of rows and of times", () => {
  const times = upTo(23);
  const dataset = madeRows({ targets: times.map(() => 0), times });
  const { most } = splitSizes(dataset, { ...SPLIT, test: 0, folds: 5 }, [1, 2]);
  assertEquals(most, { train: 19, validation: 5, test: 0 });
  const timed = { ...SPLIT, resplit: false, test: 0, time: "day", folds: 3 };
  assertEquals(splitSizes(dataset, timed, [1, 2]), {
    mean: { train: 12, validation: 6, test: 0 },
    most: { train: 17, validation: 6, test: 0 },
  });
});
