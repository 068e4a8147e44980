import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { DistinctNumbers } from "../../../src/dataset/columns/distinct_numbers.ts";
import { assertTakesLessThan } from "../../_memory.ts";

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

Deno.test("DistinctNumbers counts a million numbers in little memory", async () => {
  const module = new URL("../_memory_works.ts", import.meta.url);
  // 16 MiB, and what was outgrown.
  await assertTakesLessThan(64, { module, name: "countMillionNumbers", besideObjects: 40 });
});
