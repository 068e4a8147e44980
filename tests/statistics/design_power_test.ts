import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  comparisonsToShow,
  seedsToShow,
  smallestDifference,
  smallestSignFlipP,
} from "../../src/statistics/design_power.ts";

Deno.test("smallestDifference() equals figures checked by simulation", () => {
  const cases = [
    [3, 59, 1 / 3, 36.341246],
    [5, 20, 0, 3.808403],
    [10, 20, 1 / 3, 3.427900],
    [40, 20, 0, 0.649477],
  ];
  for (const [seeds, comparisons, overlap, expected] of cases) {
    const actual = smallestDifference({ seeds, comparisons, overlap });
    // As many digits as were noted.
    assert(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);
  }
  assertEquals(smallestDifference({ seeds: 1, comparisons: 1, overlap: 0 }), Infinity);
});

Deno.test("smallestSignFlipP() is what equal signs give", () => {
  assertEquals([1, 2, 3, 6].map(smallestSignFlipP), [1, 0.5, 0.25, 1 / 32]);
});

Deno.test("comparisonsToShow() is the most comparisons that show as much", () => {
  const design = fc.record({
    seeds: fc.integer({ min: 2, max: 40 }),
    comparisons: fc.integer({ min: 1, max: 500 }),
    overlap: fc.constantFrom(0, 1 / 3),
  });
  fc.assert(fc.property(design, fc.double({ min: 0.1, max: 9, noNaN: true }), (design, size) => {
    const most = comparisonsToShow(size, design);
    const sizeOf = (comparisons: number) => smallestDifference({ ...design, comparisons });
    if (most > 0) assert(sizeOf(most) <= size);
    if (most < design.comparisons) assert(sizeOf(most + 1) > size);
  }));
});

Deno.test("seedsToShow() is the fewest seeds that show as much", () => {
  const design = fc.record({
    comparisons: fc.integer({ min: 1, max: 500 }),
    overlap: fc.constantFrom(0, 1 / 3),
  });
  fc.assert(fc.property(design, fc.double({ min: 0.1, max: 9, noNaN: true }), (design, size) => {
    const seeds = seedsToShow(size, design);
    if (seeds === undefined) assert(smallestDifference({ ...design, seeds: 1000 }) > size);
    else {
      assert(smallestDifference({ ...design, seeds }) <= size);
      assert(smallestDifference({ ...design, seeds: seeds - 1 }) > size);
    }
  }));
});
