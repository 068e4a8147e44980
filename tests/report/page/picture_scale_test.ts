import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { pictureScale } from "../../../src/report/page/scripts/picture_scale.ts";

/** Measures are not as small as the smallest numbers, whose differences vanish. */
const arbitraryValue = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1000);

Deno.test("pictureScale() reaches all values, with room at both ends", () => {
  fc.assert(fc.property(fc.array(arbitraryValue, { minLength: 1 }), (values) => {
    const axis = pictureScale(values);
    for (const value of values) {
      const share = Number.parseFloat(axis.at(value));
      assert(share > 0 && share < 100, `${value} stands at ${axis.at(value)}`);
    }
    for (const tick of axis.ticks) {
      const share = Number.parseFloat(axis.at(tick));
      assert(share >= 4 && share <= 96, `${tick} stands at ${axis.at(tick)}`);
    }
  }));
});

Deno.test("pictureScale() has round ticks", () => {
  assertEquals(pictureScale([-0.31, 0.42]).ticks, [-0.2, 0, 0.2, 0.4]);
  assertEquals(pictureScale([0, 10_000]).ticks, [0, 2_000, 4_000, 6_000, 8_000, 10_000]);
});

Deno.test("pictureScale() has an axis even for one value, and for none", () => {
  assertEquals(pictureScale([5]).at(5), "50%");
  assertEquals(pictureScale([]).at(0), "50%");
});
