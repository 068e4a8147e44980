import { assertEquals } from "@std/assert";
import {
  firstPictureSide,
  pictureSideOf,
  type PixelColumn,
} from "../../src/dataset/picture_side.ts";

/** The side of a table of columns of one range, which some of them can have otherwise. */
function sideOf(
  columns: number,
  name = (column: number) => `pixel_${column}`,
  other: (column: number) => Partial<PixelColumn> = () => ({}),
) {
  return pictureSideOf(Array.from({ length: columns }, (_, column) => ({
    name: name(column),
    words: 0,
    missing: 0,
    minimum: 0,
    maximum: 255,
    areIntegers: true,
    ...other(column),
  })));
}

Deno.test("pictureSideOf() takes numbered pixels for pictures if they fill a square", () => {
  assertEquals([16, 64, 784, 4096].map((columns) => sideOf(columns)), [4, 8, 28, 64]);
  assertEquals([4, 9, 63, 65, 4225].map((columns) => sideOf(columns)), Array(5).fill(undefined));
  assertEquals(sideOf(64, (column) => column === 63 ? "age" : `pixel_${column}`), undefined);
  assertEquals(sideOf(64, undefined, (column) => column === 3 ? { words: 1 } : {}), undefined);
  assertEquals(sideOf(64, undefined, (column) => column === 3 ? { missing: 1 } : {}), undefined);
});

Deno.test("pictureSideOf() takes columns without a meaning for pictures if they have one range", () => {
  const names = ["column_", "", "x", "V"].map((name) => (column: number) => `${name}${column + 1}`);
  assertEquals(names.map((name) => sideOf(64, name)), [8, 8, 8, 8]);
  assertEquals(sideOf(784, (column) => `${1 + Math.floor(column / 28)}x${1 + column % 28}`), 28);
  const [name] = names;
  // Pixels at the edge are often the background, always.
  assertEquals(sideOf(64, name, (column) => column % 8 < 2 ? { maximum: 0 } : {}), 8);
  const fractions = (column: number) => ({ areIntegers: column > 9, maximum: 1 });
  assertEquals(sideOf(64, name, fractions), 8);
  // Measurements have each their own.
  assertEquals(sideOf(64, name, (column) => ({ maximum: 2 ** (column % 16) })), undefined);
  assertEquals(sideOf(64, name, (column) => ({ minimum: column % 7 })), undefined);
  assertEquals(sideOf(64, name, () => ({ minimum: -9 })), undefined);
});

Deno.test("pictureSideOf() takes neither features nor a few numbered columns for pictures", () => {
  assertEquals(sideOf(49, (column) => `f${column}`), undefined);
  assertEquals(sideOf(64, (column) => `feature_${column}`), undefined);
  // The letters: 16 counts from 0 to 15.
  assertEquals(sideOf(16, (column) => `column_${column + 2}`, () => ({ maximum: 15 })), undefined);
});

Deno.test("firstPictureSide() goes by digits at the end alone", () => {
  const names = (count: number) => Array.from({ length: count }, (_, column) => `f${column}`);
  assertEquals([16, 49, 50].map((count) => firstPictureSide(names(count))), [4, 7, undefined]);
  assertEquals(firstPictureSide(names(16).with(3, "age")), undefined);
});
