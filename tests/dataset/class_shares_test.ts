import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { classShares } from "../../src/dataset/_class_shares.ts";

function sharesOf(size: number, counts: readonly number[], least = 0): number[] {
  return classShares(size, counts, { least, most: counts });
}

Deno.test("classShares() gives whole shares, then the largest remainders", () => {
  // Shares of 4 rows: 2.4, 1.2 and 0.4.
  assertEquals(sharesOf(4, [6, 3, 1]), [3, 1, 0]);
});

Deno.test("classShares() prefers the class that comes first between equal remainders", () => {
  assertEquals(sharesOf(4, [3, 3, 3]), [2, 1, 1]);
  // 5 × 7 / 35 and the like would differ in their last bits as doubles.
  assertEquals(sharesOf(5, Array(35).fill(7)), [...Array(5).fill(1), ...Array(30).fill(0)]);
});

Deno.test("classShares() keeps within limits, and the others make up for it", () => {
  assertEquals(sharesOf(10, [97, 1, 1, 1], 1), [7, 1, 1, 1]);
  assertEquals(classShares(6, [10, 2], { least: 1, most: [10, 1] }), [5, 1]);
});

Deno.test("classShares() is within one row of each share, and adds up", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), (counts, fraction) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    const size = Math.round(fraction * all);
    const shares = sharesOf(size, counts);
    assertEquals(shares.reduce((sum, share) => sum + share, 0), size);
    shares.forEach((share, index) => assert(Math.abs(share - size * counts[index] / all) < 1));
  }));
});
