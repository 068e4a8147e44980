import { assertEquals } from "@std/assert";
import { cutTimes } from "../../src/dataset/_cut_times.ts";

Deno.test("cutTimes() cuts where it is wanted, or as near as equal times allow", () => {
  assertEquals(cutTimes(Float64Array.of(1, 2, 3, 4, 5), [3, 4]), [3, 4]);
  // Places are after 1, 4 and 6 rows.
  const times = Float64Array.of(1, 2, 2, 2, 3, 3, 4, 4);
  assertEquals(cutTimes(times, [3]), [4]);
  assertEquals(cutTimes(times, [2]), [1]);
});

Deno.test("cutTimes() takes the earlier of two places that are as near", () => {
  assertEquals(cutTimes(Float64Array.of(1, 2, 2, 3), [2]), [1]);
});

Deno.test("cutTimes() leaves a place for each cut", () => {
  assertEquals(cutTimes(Float64Array.of(1, 2, 3, 3, 3, 3), [4, 5]), [1, 2]);
  assertEquals(cutTimes(Float64Array.of(1, 1, 1, 1, 2, 3), [1, 2]), [4, 5]);
  assertEquals(cutTimes(Float64Array.of(1, 1, 2), [1, 2]), undefined);
});
