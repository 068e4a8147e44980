import { assertEquals } from "@std/assert";
import { measureOf } from "../../src/measures/metrics.ts";
import { fullValue, fullWidth } from "../../src/wording/full_value.ts";

/** From the smallest numbers to the largest. */
const SIZES = [
  5e-324,
  1.5e-300,
  1e-13,
  1e-5,
  0.999999951,
  1,
  12345.678,
  1e6,
  1e13,
  1.238e69,
  1.7e308,
];
/** A user's own metric, as it is without decimals and with some. */
const OWN = [
  { fullDecimals: 6, hasAnySize: true },
  ...[2, 5, 12].map((fullDecimals) => ({ fullDecimals })),
];

Deno.test("fullValue() shows errors of any size with six digits", () => {
  const sizes = [54321.987, 3.21456789, 0.000123456789, 2.9512e9, 1.5e-8, 0, NaN, Infinity];
  assertEquals(sizes.map((value) => fullValue(value, measureOf("rmse"))), [
    "54322.0",
    "3.21457",
    "0.000123457",
    "2.95120×10⁹",
    "1.50000×10⁻⁸",
    "0.000000",
    "NaN",
    "Infinity",
  ]);
  assertEquals(fullValue(-1.238e69, measureOf("rmse")), "-1.23800×10⁶⁹");
});

Deno.test("fullValue() shows shares and losses with the table's decimals", () => {
  assertEquals(fullValue(0.97421, measureOf("accuracy")), "97.42%");
  assertEquals(fullValue(NaN, measureOf("accuracy")), "NaN");
  assertEquals(fullValue(12.3456789, measureOf("loss")), "12.345679");
  assertEquals(fullValue(-0.123456789, measureOf("r2")), "-0.123457");
  assertEquals(fullValue(24391, { fullDecimals: 2 }), "24391.00");
  assertEquals(fullValue(12.3456789, { fullDecimals: 10 }), "12.3456789000");
});

Deno.test("fullValue() shows losses with fewer digits where they explode", () => {
  const sizes = [999.5, 1234.56789, 1e13, 1.238e69, 1.7e308];
  assertEquals(sizes.map((value) => fullValue(value, measureOf("loss"))), [
    "999.500000",
    "1234.57",
    "1.000×10¹³",
    "1.238×10⁶⁹",
    "1.70×10³⁰⁸",
  ]);
});

Deno.test("fullWidth() has room for every value of a measure", () => {
  assertEquals(["accuracy", "loss", "r2", "rmse"].map((key) => fullWidth(measureOf(key))), [
    7,
    10,
    11,
    12,
  ]);
  for (const measure of OWN) {
    const width = fullWidth({ ...measure, bounds: [-Infinity, Infinity] });
    for (const value of SIZES.flatMap((size) => [size, -size])) {
      const text = fullValue(value, measure);
      assertEquals(text.length <= width, true, `${text} has more than ${width} characters`);
    }
  }
});
