import { assertEquals } from "@std/assert";
import mt19937 from "@stdlib/random-base-mt19937";
import { Mt19937 } from "../../../src/trainers/notebook/_mt19937.ts";

Deno.test("Mt19937 draws what @stdlib/random-base-mt19937 draws", () => {
  // The library takes no seed of 0.
  for (const seed of [1, 1337, 2 ** 31, 2 ** 32 - 1]) {
    const ours = new Mt19937(seed);
    const theirs = mt19937.factory({ seed });
    for (let i = 0; i < 2000; i++) assertEquals(ours.uint32(), theirs());
  }
});
