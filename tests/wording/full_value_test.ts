import { assertEquals } from "@std/assert";
import { measureOf } from "../../src/measures/metrics.ts";
import { fullValue } from "../../src/wording/full_value.ts";

Deno.test("fullValue() shows errors of any size with six digits", () => {
  const sizes = [54321.987, 3.21456789, 0.000123456789, 2.9512e9, 1.5e-8, 0, NaN, Infinity];
  assertEquals(sizes.map((value) => fullValue(value, measureOf("rmse"))), [
    "54322.0",
    "3.21457",
    "0.000123457",
    "2.95120e+9",
    "1.50000e-8",
    "0.000000",
    "NaN",
    "Infinity",
  ]);
});

Deno.test("fullValue() shows shares and losses with the table's decimals", () => {
  assertEquals(fullValue(0.97421, measureOf("accuracy")), "0.9742");
  assertEquals(fullValue(12.3456789, measureOf("loss")), "12.345679");
  assertEquals(fullValue(-0.123456789, measureOf("r2")), "-0.123457");
});
