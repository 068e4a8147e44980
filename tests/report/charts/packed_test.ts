import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { pack, packFormat, unpack } from "../../../src/report/charts/packed.ts";

Deno.test("pack() keeps numbers to half of their last decimal, and what is no number", () => {
  const numbers = fc.double({ min: -1e9, max: 1e9, noDefaultInfinity: true });
  fc.assert(fc.property(fc.array(numbers), fc.integer({ min: 0, max: 5 }), (values, decimals) => {
    const format = packFormat(1e9, decimals);
    assertEquals(format, { decimals });
    for (const [at, value] of unpack(pack(values, format), format).entries()) {
      if (Number.isNaN(values[at])) assert(Number.isNaN(value));
      // Rounding to the nearest double adds the rest.
      else assert(Math.abs(value - values[at]) <= 0.5 * 10 ** -decimals + 1e-6);
    }
  }));
});

Deno.test("pack() keeps six digits of each number where some are very large", () => {
  const format = packFormat(1e20, 4);
  const values = [1e20, 0.123456789, NaN, Infinity, -3.5];
  assertEquals(unpack(pack(values, format), format), [1e20, 0.123457, NaN, NaN, -3.5]);
});

Deno.test("pack() takes few characters for neighbours", () => {
  assertEquals(pack([97.222, 97.5, 97.5, NaN, 97.4], { decimals: 3 }), [97222, 278, 0, null, -100]);
});
