import { assertEquals } from "@std/assert";
import { pictureSide } from "../../src/dataset/picture_side.ts";

function sideOf(columns: number, name = (column: number) => `pixel_${column}`) {
  return pictureSide({ columns, featureNames: Array.from({ length: columns }, (_, i) => name(i)) });
}

Deno.test("pictureSide() takes numbered columns for pixels if they fill a square", () => {
  assertEquals([16, 64, 784, 4096].map((columns) => sideOf(columns)), [4, 8, 28, 64]);
  assertEquals([4, 9, 63, 65, 4225].map((columns) => sideOf(columns)), Array(5).fill(undefined));
  assertEquals(sideOf(64, (column) => column === 63 ? "age" : `${column}`), undefined);
});
