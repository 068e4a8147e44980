import { assertEquals } from "@std/assert";
import { BINS, histogram } from "../../src/trainers/histogram.ts";
import { numbers } from "./_model_fixture.ts";

Deno.test("histogram() finds the bounds that sorting finds, in arrays of both kinds", () => {
  for (let index = 0; index < 400; index++) {
    const length = [640, 8192, 16_384, 1280][index % 4];
    const drawn = numbers(length, index + 1);
    const values = index % 3 === 0 ? Float64Array.from(drawn) : Float32Array.from(drawn);
    const { minimum, maximum, counts } = histogram(values);
    const sorted = values.slice().sort();
    assertEquals([minimum, maximum], [sorted[0], sorted[length - 1]]);
    assertEquals(counts.reduce((sum, count) => sum + count, 0), length);
    assertEquals(counts.length, BINS);
  }
});

Deno.test("histogram() has no bounds where a value is not finite, or their distance is not", () => {
  for (const values of [[1, NaN, 2], [1, Infinity], [-1e308, 1e308]]) {
    const found = histogram(Float64Array.from(values));
    assertEquals(found, { minimum: NaN, maximum: NaN, counts: [] });
  }
});
