import { assertEquals } from "@std/assert";
import {
  argmax,
  maximum,
  mean,
  standardDeviation,
  sum,
} from "../../../src/trainers/notebook/_numpy_reductions.ts";
import { NumpyRandom } from "../../../src/trainers/notebook/numpy_random.ts";

const fixtures: readonly { length: number; sum: number; std: number }[] = JSON.parse(
  await Deno.readTextFile(new URL("../../fixtures/numpy/sums.json", import.meta.url)),
);

Deno.test("sum(), mean() and standardDeviation() round as NumPy's do", () => {
  const random = new NumpyRandom(3);
  const values = Float64Array.from({ length: 115_008 }, () => random.random() - 0.5);
  for (const { length, sum: expected, std } of fixtures) {
    const some = values.subarray(0, length);
    assertEquals(sum(some), expected, `sum of ${length}`);
    assertEquals(mean(some), expected / length);
    assertEquals(standardDeviation(some), std, `deviation of ${length}`);
  }
});

Deno.test("sum() adds a part of an array", () => {
  const values = Float64Array.from({ length: 300 }, (_, i) => i);
  assertEquals(sum(values, 10, 290), sum(values.slice(10, 290)));
  assertEquals(sum(values, 5, 5), 0);
});

Deno.test("maximum() and argmax() take NaN for the largest", () => {
  assertEquals(maximum(Float64Array.of(-3, -1, -2)), -1);
  assertEquals(maximum(Float64Array.of(1, NaN, 2)), NaN);
  const values = Float64Array.of(9, 1, 5, 5, NaN, 7, NaN);
  assertEquals(argmax(values, 1, 4), 1);
  assertEquals(argmax(values, 1, 7), 3);
});
