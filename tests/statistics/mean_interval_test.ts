import { assertEquals } from "@std/assert";
import { meanInterval, meanOf } from "../../src/statistics/_mean_interval.ts";
import intervals from "../fixtures/statistics/intervals.json" with { type: "json" };
import { assertClose } from "./_assert_close.ts";

for (const { values, ...expected } of intervals) {
  Deno.test(`meanInterval() of ${values.length} values near ${Math.round(expected.mean)} equals SciPy`, () => {
    const actual = meanInterval(values);
    assertClose(actual.mean, expected.mean);
    assertClose(actual.sd, expected.sd);
    assertClose(actual.ciLow, expected.ciLow, expected.mean);
    assertClose(actual.ciHigh, expected.ciHigh, expected.mean);
  });
}

Deno.test("meanInterval() of one value has no interval, and of none nothing", () => {
  assertEquals(meanInterval([0.9]), { mean: 0.9 });
  assertEquals(meanInterval([]), {});
});

Deno.test("meanInterval() of equal values has no width", () => {
  assertEquals(meanInterval([0.1, 0.1, 0.1]), { mean: 0.1, sd: 0, ciLow: 0.1, ciHigh: 0.1 });
});

Deno.test("meanOf() does not lose small differences of large values", () => {
  assertEquals(meanOf([1e15, 1e15 + 1, 1e15 + 2]), 1e15 + 1);
});
