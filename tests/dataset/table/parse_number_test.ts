import { assertEquals } from "@std/assert";
import { CsvScanner } from "../../../src/dataset/table/csv_scanner.ts";
import type { NumberFormat } from "../../../src/dataset/table/dialect.ts";
import { PLAIN_CSV } from "../../../src/dataset/table/dialect.ts";

/** A cell in quotes as a number. */
function parse(text: string, format: Partial<NumberFormat> = {}): number {
  const scanner = new CsvScanner(new TextEncoder().encode(`"${text}",`), {
    ...PLAIN_CSV,
    ...format,
  });
  scanner.next();
  return scanner.number(0);
}

Deno.test("a number's percent sign is left out", () => {
  const numbers = { "86.5%": 86.5, "-3 %": -3, "1e2%": 100, "1,000%": 1000, "5\u00a0%": 5 };
  for (const [text, number] of Object.entries(numbers)) assertEquals(parse(text), number, text);
  for (const text of ["%", "5%%", "%5", "a%"]) assertEquals(parse(text), NaN, text);
});

Deno.test("thousands separators stand between groups of three digits", () => {
  const numbers = { "1,234": 1234, "-1,234,567.5": -1234567.5, "12,345.": 12345, "100,000e1": 1e6 };
  for (const [text, number] of Object.entries(numbers)) assertEquals(parse(text), number, text);
  for (
    const text of ["1,5", "0,123", "1234,567", "1,23,456", "1,2345", ",123", "1,234,", "1.5,000"]
  ) {
    assertEquals(parse(text), NaN, text);
  }
});

Deno.test("thousands can have points, apostrophes or spaces between them", () => {
  const german = { decimal: ",", thousands: "." } as const;
  assertEquals(parse("1.234,5", german), 1234.5);
  assertEquals(parse("-1.234.567", german), -1234567);
  assertEquals(parse("0,5", german), 0.5);
  assertEquals(parse("5,", german), 5);
  assertEquals(parse("1,5e3", german), 1500);
  for (const text of ["1.5", "0.123", "1,2,3", "1,234.5"]) {
    assertEquals(parse(text, german), NaN, text);
  }
  assertEquals(parse("1'234\u2019567.5", { thousands: "'" }), 1234567.5);
  assertEquals(parse("1 234\u00a0567\u202f890", { thousands: " " }), 1234567890);
  assertEquals(parse("1 234", {}), NaN);
});

Deno.test("a decimal comma's numbers are rounded correctly, short or long", () => {
  for (
    const text of ["0.1", "123456.789012", "9007199254740993", "0.30000000000000004441", "-2.5"]
  ) {
    const scanner = new CsvScanner(
      new TextEncoder().encode(`${text.replace(".", ",")};`),
      { ...PLAIN_CSV, separator: "semicolon", decimal: ",", thousands: "." },
    );
    scanner.next();
    assertEquals(scanner.number(0), Number(text));
  }
});
