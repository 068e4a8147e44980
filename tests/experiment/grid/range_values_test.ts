import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Range, rangeValues } from "../../../src/experiment/grid/range_values.ts";

const ends = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
const ranges = fc.record({
  spacing: fc.constantFrom("log" as const, "linear" as const),
  from: ends,
  to: ends,
  count: fc.integer({ min: 2, max: 60 }),
}).filter(({ from, to }) => from !== to);

Deno.test("rangeValues() gives exact powers of ten", () => {
  const values = rangeValues({ spacing: "log", from: 1e-5, to: 1e-1, count: 5 });
  assertEquals(values, [1e-5, 1e-4, 1e-3, 1e-2, 1e-1]);
  const wide = rangeValues({ spacing: "log", from: 1e-300, to: 1e300, count: 7 });
  assertEquals(wide, [1e-300, 1e-200, 1e-100, 1, 1e100, 1e200, 1e300]);
});

Deno.test("rangeValues() gives decimal fractions as they are written", () => {
  const values = rangeValues({ spacing: "linear", from: 0, to: 0.9, count: 10 });
  assertEquals(values, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
});

Deno.test("rangeValues() rounds to 12 digits between the ends, not at them", () => {
  const values = rangeValues({ spacing: "log", from: 1 / 3, to: 2 / 3, count: 3 });
  assertEquals(values, [1 / 3, 0.471404520791, 2 / 3]);
});

Deno.test("rangeValues() goes down where the first end is the larger", () => {
  assertEquals(rangeValues({ spacing: "log", from: 8, to: 1, count: 4 }), [8, 4, 2, 1]);
  assertEquals(rangeValues({ spacing: "linear", from: 3, to: 1, count: 3 }), [3, 2, 1]);
});

Deno.test("rangeValues() gives integers without repetitions", () => {
  const integer = { integer: true };
  const log = rangeValues({ spacing: "log", from: 1, to: 10, count: 11 }, integer);
  assertEquals(log, [1, 2, 3, 4, 5, 6, 8, 10]);
  assertEquals(rangeValues({ spacing: "linear", from: 1, to: 2, count: 9 }, integer), [1, 2]);
});

Deno.test("rangeValues() agrees with logarithms to 11 digits", () => {
  fc.assert(fc.property(ranges, ({ from, to, count }) => {
    rangeValues({ spacing: "log", from, to, count }).forEach((value, index, { length }) => {
      // Fewer values than asked for were rounded to be equal: their places are unknown.
      if (length !== count) return;
      const expected = Math.exp(Math.log(from) + (Math.log(to / from) * index) / (count - 1));
      assert(Math.abs(value / expected - 1) < 1e-11, `${value}, expected ${expected}`);
    });
  }));
});

Deno.test("rangeValues() has exact ends and is strictly monotone between them", () => {
  const check = (range: Range, integer: boolean) => {
    const values = rangeValues(range, { integer });
    assertEquals(values[0], range.from);
    assertEquals(values[values.length - 1], range.to);
    assert(values.length >= 2 && values.length <= range.count);
    const sign = range.to > range.from ? 1 : -1;
    values.slice(1).forEach((value, index) => assert(sign * (value - values[index]) > 0));
  };
  fc.assert(fc.property(ranges, (range) => check(range, false)));
  const integers = fc.integer({ min: 1, max: 10_000 });
  const integerRanges = fc.tuple(ranges, integers, integers).filter(([, a, b]) => a !== b);
  fc.assert(fc.property(integerRanges, ([range, from, to]) => check({ ...range, from, to }, true)));
});
