import { assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { decimalOf, parseDecimal } from "../../../src/dataset/table/parse_decimal.ts";
import { HANG_SECONDS } from "../../_hang_seconds.ts";

function parse(text: string): number {
  const bytes = new TextEncoder().encode(`1${text}2`);
  return parseDecimal(bytes, 1, bytes.length - 1);
}

Deno.test("parseDecimal() gives back every double from its shortest text", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assertEquals(parse(String(value)), value);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("parseDecimal() rounds like JavaScript, however many digits there are", () => {
  const digits = fc.stringMatching(/^[+-]?[0-9]{1,25}(\.[0-9]{0,25})?(e[+-]?[0-9]{1,3})?$/);
  fc.assert(fc.property(digits, (text) => assertEquals(parse(text), Number(text))), {
    numRuns: 2000,
  });
});

Deno.test("parseDecimal() accepts what people write", () => {
  const numbers = { "+5": 5, "-0": -0, "007": 7, ".5": 0.5, "5.": 5, "1E3": 1000, "1e-3": 0.001 };
  for (const [text, number] of Object.entries(numbers)) assertEquals(parse(text), number, text);
});

Deno.test("parseDecimal() is NaN for what is no decimal number", () => {
  for (
    const text of ["", "-", ".", "e5", "1e", "1e+", "0x10", "1_000", "1,5", "1 2", "--1", "1.2.3"]
  ) {
    assertEquals(parse(text), NaN, text);
  }
  for (const text of ["NaN", "nan", "Infinity", "inf", "one", "٣"]) {
    assertEquals(parse(text), NaN, text);
  }
});

Deno.test("parseDecimal() is infinite for a number that is too large", () => {
  assertEquals(parse("1e999"), Infinity);
  assertEquals(parse("-1e999"), -Infinity);
});

Deno.test("parseDecimal() takes no long time to reject a long cell", () => {
  const started = performance.now();
  assertEquals(parse("1".repeat(1e6) + "x"), NaN);
  // It takes milliseconds; a pattern that backtracks would take hours.
  assertLess((performance.now() - started) / 1000, HANG_SECONDS);
});

Deno.test("decimalOf() agrees with parseDecimal()", () => {
  const texts = fc.stringMatching(/^[-+0-9.eEx ]{0,8}$/);
  fc.assert(fc.property(texts, (text) => assertEquals(decimalOf(text), parse(text))));
});
