import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DistinctNumbers } from "../../../src/dataset/columns/distinct_numbers.ts";
import { mebibytesTaken } from "../../_memory.ts";

Deno.test("DistinctNumbers counts as a Set does", () => {
  const number = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -9, max: 9 }));
  fc.assert(fc.property(fc.array(number), (numbers) => {
    const [distinct, set] = [new DistinctNumbers(), new Set<number>()];
    for (const value of numbers) {
      const isNew = !set.has(value);
      set.add(value);
      assertEquals(distinct.add(value), isNew);
    }
    assertEquals(distinct.size, set.size);
  }));
});

Deno.test("DistinctNumbers counts a million numbers in little memory", () => {
  const before = mebibytesTaken();
  const distinct = new DistinctNumbers();
  for (let value = 0; value < 1e6; value++) assert(distinct.add(value * 1000.5));
  assert(!distinct.add(1000.5));
  assertEquals(distinct.size, 1e6);
  // 16 MiB, and what was outgrown.
  assert(mebibytesTaken() - before < 64);
});
