import { assertEquals } from "@std/assert";
import {
  countOf,
  decimalsOf,
  formatCount,
  formatDuration,
  formatFixed,
  formatPower,
  formatSigned,
} from "../src/format_number.ts";

Deno.test("formatFixed() writes a true minus sign, and none for what rounds to 0", () => {
  assertEquals([1.005, -1.26, -0.04, 0].map((value) => formatFixed(value, 1)), [
    "1.0",
    "−1.3",
    "0.0",
    "0.0",
  ]);
});

Deno.test("formatFixed() sets thousands apart", () => {
  assertEquals([999.5, 1234.5, -54321, 1234567.891].map((value) => formatFixed(value, 2)), [
    "999.50",
    "1,234.50",
    "−54,321.00",
    "1,234,567.89",
  ]);
  assertEquals(formatSigned(1234.5, 0), "+1,235");
});

Deno.test("formatFixed() writes a power of ten where nobody would count the digits", () => {
  assertEquals([999_999_999_999, 1e12, -1.2384e69, 1.7e308].map((value) => formatFixed(value, 1)), [
    "999,999,999,999.0",
    "1.000\u00a0×\u00a010¹²",
    "−1.238\u00a0×\u00a010⁶⁹",
    "1.700\u00a0×\u00a010³⁰⁸",
  ]);
  assertEquals(formatSigned(1e30, 0), "+1.000\u00a0×\u00a010³⁰");
  assertEquals([NaN, Infinity, -Infinity].map((value) => formatFixed(value, 1)), [
    "NaN",
    "Infinity",
    "−Infinity",
  ]);
  assertEquals(formatPower(1.75e-8, 1, "×"), "1.8×10⁻⁸");
});

Deno.test("formatSigned() signs both sides, but not what rounds to 0", () => {
  assertEquals([1.26, -1.26, 0.04, -0.04].map((value) => formatSigned(value, 1)), [
    "+1.3",
    "−1.3",
    "0.0",
    "0.0",
  ]);
});

Deno.test("decimalsOf() shows one digit of a half width, or two where the first is 1", () => {
  assertEquals([25, 2, 1.9, 0.5, 0.2, 0.19, 0.02, 0].map((half) => decimalsOf(half, 5)), [
    0,
    0,
    1,
    1,
    1,
    2,
    2,
    5,
  ]);
  assertEquals(decimalsOf(1e-6, 4), 4);
});

Deno.test("formatCount() sets thousands apart", () => {
  assertEquals([0, 999, 1000, 1234567].map(formatCount), ["0", "999", "1,000", "1,234,567"]);
});

Deno.test("countOf() says one and many", () => {
  assertEquals([countOf(1, "run"), countOf(1000, "run"), countOf(2, "class", "classes")], [
    "1 run",
    "1,000 runs",
    "2 classes",
  ]);
});

Deno.test("formatDuration() carries from seconds to minutes to hours", () => {
  const seconds = [4, 0.04, 9.94, 59.4, 59.6, 125, 3599.6, 12030];
  assertEquals(seconds.map(formatDuration), [
    "4 s",
    "0.0 s",
    "9.9 s",
    "59 s",
    "1 min",
    "2 min 5 s",
    "1 h",
    "3 h 21 min",
  ]);
});
