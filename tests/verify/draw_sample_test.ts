import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { drawSample } from "../../src/verify/draw_sample.ts";

const total = fc.integer({ min: 0, max: 200 });
const count = fc.integer({ min: 1, max: 300 });
const seed = fc.nat();

Deno.test("drawSample() draws different things, ascending, as many as there are at most", () => {
  fc.assert(fc.property(total, count, seed, (total, count, seed) => {
    const sample = drawSample(total, count, seed);
    assertEquals(sample.length, Math.min(total, count));
    assertEquals(sample, [...new Set(sample)].sort((a, b) => a - b));
    assert(sample.every((index) => index >= 0 && index < total));
    assertEquals(drawSample(total, count, seed), sample);
  }));
});

Deno.test("drawSample() draws all of a smaller sample in a larger one", () => {
  fc.assert(fc.property(total, count, seed, (total, count, seed) => {
    const larger = new Set(drawSample(total, count + 1, seed));
    assert(drawSample(total, count, seed).every((index) => larger.has(index)));
  }));
});

Deno.test("drawSample() draws others with another seed, and everything in the end", () => {
  const drawn = new Set(
    Array.from({ length: 100 }, (_, seed) => drawSample(20, 2, seed)).flat(),
  );
  assertEquals(drawn.size, 20);
});
