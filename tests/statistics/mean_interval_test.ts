import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { deviationOf, marginOf, meanInterval } from "../../src/statistics/_mean_interval.ts";
import { meanOf } from "../../src/statistics/mean.ts";
import intervals from "../fixtures/statistics/intervals.json" with { type: "json" };
import { assertClose } from "./_assert_close.ts";

for (const { values, overlap, ...expected } of intervals) {
  const what = `${values.length} values near ${Math.round(expected.mean)}, overlap ${overlap}`;
  Deno.test(`meanInterval() of ${what}, equals SciPy`, () => {
    const actual = meanInterval(values, overlap);
    assertClose(actual.mean, expected.mean);
    assertClose(actual.sd, expected.sd);
    assertClose(actual.ciLow, expected.ciLow, expected.mean);
    assertClose(actual.ciHigh, expected.ciHigh, expected.mean);
  });
}

Deno.test("meanInterval() of one value has no interval, and of none nothing", () => {
  assertEquals(meanInterval([0.9], 0), { mean: 0.9 });
  assertEquals(meanInterval([], 0), {});
});

Deno.test("meanInterval() of equal values has no width", () => {
  assertEquals(meanInterval([0.1, 0.1, 0.1], 1), { mean: 0.1, sd: 0, ciLow: 0.1, ciHigh: 0.1 });
});

Deno.test("meanOf() does not lose small differences of large values", () => {
  assertEquals(meanOf([1e15, 1e15 + 1, 1e15 + 2]), 1e15 + 1);
});

Deno.test("meanInterval() contains the mean, and grows with the overlap", () => {
  const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2 });
  fc.assert(fc.property(values, fc.double({ min: 0, max: 2, noNaN: true }), (values, overlap) => {
    const { mean = NaN, ciLow = NaN, ciHigh = NaN } = meanInterval(values, overlap);
    assert(ciLow <= mean && mean <= ciHigh);
    const { ciLow: low = NaN, ciHigh: high = NaN } = meanInterval(values, 0);
    assert(ciLow <= low && high <= ciHigh);
  }));
});

Deno.test("deviationOf() gives back the deviation of an interval's sample", () => {
  for (const n of [2, 3, 10, 1000]) {
    for (const overlap of [0, 0.25]) {
      const margin = marginOf({ n, sd: 0.03 }, overlap);
      assertClose(deviationOf(0.9 - margin, 0.9 + margin, n, overlap), 0.03, 1);
    }
  }
});
