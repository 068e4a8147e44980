import { assertEquals } from "@std/assert";
import { formatExponent, formatFixed } from "../../../src/trainers/notebook/_printf.ts";

const fixtures: readonly [value: number, fixed: string, exponent: string][] = JSON.parse(
  await Deno.readTextFile(new URL("../../fixtures/numpy/formats.json", import.meta.url)),
);

Deno.test("formatFixed() and formatExponent() print what C prints, ties to even", () => {
  for (const [value, fixed, exponent] of fixtures) {
    assertEquals(formatFixed(value, 3), fixed, `%.3f of ${value}`);
    assertEquals(formatExponent(value, 3), exponent, `%.3e of ${value}`);
  }
});

Deno.test("formatFixed() and formatExponent() print what is no number as Python does", () => {
  const values = [NaN, Infinity, -Infinity];
  assertEquals(values.map((value) => formatFixed(value, 3)), ["nan", "inf", "-inf"]);
  assertEquals(values.map((value) => formatExponent(value, 3)), ["nan", "inf", "-inf"]);
});
