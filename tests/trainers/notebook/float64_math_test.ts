import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { exp, log } from "../../../src/trainers/notebook/_float64_math.ts";
import { distance } from "../_distance.ts";

interface Fixtures {
  readonly logarithms: readonly [x: number, rounded: number][];
  readonly exponentials: readonly [x: number, rounded: number][];
}

const fixtures: Fixtures = JSON.parse(
  await Deno.readTextFile(new URL("../../fixtures/numpy/float64_math.json", import.meta.url)),
);

Deno.test("log() is rounded correctly", () => {
  for (const [x, expected] of fixtures.logarithms) assertEquals(log(x), expected, `log(${x})`);
});

Deno.test("exp() is within a unit of the last place, and nearly always rounded correctly", () => {
  const distances = fixtures.exponentials.map(([x, expected]) => distance(exp(x), expected));
  assert(Math.max(...distances) <= 1);
  assert(distances.filter((units) => units > 0).length <= 0.01 * distances.length);
});

Deno.test("log() and exp() take the ends of the line", () => {
  assertEquals([0, -0, -1, Infinity, NaN].map(log), [-Infinity, -Infinity, NaN, Infinity, NaN]);
  assertEquals([0, -0, 710, Infinity].map(exp), [1, 1, Infinity, Infinity]);
  assertEquals([-746, -Infinity, NaN].map(exp), [0, 0, NaN]);
});

Deno.test("exp() undoes log()", () => {
  fc.assert(fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (x) => {
    // Half a unit of ln x, which is below 8, is 2^-51, or 4 units of x at most.
    assert(distance(exp(log(x)), x) <= 5);
  }));
});
