import { assertEquals } from "@std/assert";
import { parse, stringify } from "@std/csv";
import fc from "fast-check";
import { CsvScanner } from "../../src/dataset/_csv_scanner.ts";

function scannerOf(text: string): CsvScanner {
  return new CsvScanner(new TextEncoder().encode(text));
}

function recordsOf(text: string): { line: number; fields: (string | undefined)[] }[] {
  const scanner = scannerOf(text);
  const records = [];
  while (scanner.next()) {
    const fields = Array.from({ length: scanner.count }, (_, field) => scanner.text(field));
    records.push({ line: scanner.line, fields });
  }
  return records;
}

const fieldsOf = (text: string) => recordsOf(text).map(({ fields }) => fields);

/** Text without spaces around it and without CR, which `@std/csv` does not quote. */
const field = fc.string({ unit: fc.constantFrom("a", "1", ".", '"', ",", "\n", "é", "😀") });
const record = fc.array(field, { minLength: 2, maxLength: 5 });

Deno.test("CsvScanner reads what @std/csv writes, and as @std/csv does", () => {
  fc.assert(fc.property(fc.array(record, { minLength: 1 }), (records) => {
    const text = stringify(records);
    assertEquals(fieldsOf(text), records);
    assertEquals(fieldsOf(text), parse(text));
  }));
});

Deno.test("CsvScanner reads lines that end with LF, CR LF or the file", () => {
  const expected = [["a", "b"], ["1", "2"], ["3", ""]];
  assertEquals(fieldsOf("a,b\n1,2\n3,\n"), expected);
  assertEquals(fieldsOf("a,b\r\n1,2\r\n3,"), expected);
});

Deno.test("CsvScanner skips a byte-order mark and blank lines, and counts their lines", () => {
  assertEquals(recordsOf("\ufeff\n\na,b\r\n \t\r\n\n1,2\n\n"), [
    { line: 3, fields: ["a", "b"] },
    { line: 6, fields: ["1", "2"] },
  ]);
});

Deno.test("CsvScanner counts the lines within quotes", () => {
  assertEquals(recordsOf('"a\n\nb",c\n1,2\n'), [
    { line: 1, fields: ["a\n\nb", "c"] },
    { line: 4, fields: ["1", "2"] },
  ]);
});

Deno.test("CsvScanner leaves out spaces around fields, but not within quotes", () => {
  assertEquals(fieldsOf('a , b c\t, " d " ,\n'), [["a", "b c", " d ", ""]]);
});

Deno.test("CsvScanner keeps a quote that does not start a field", () => {
  assertEquals(fieldsOf('5" pipe,a""b\n'), [['5" pipe', 'a""b']]);
});

Deno.test("CsvScanner says what is wrong with quotes, and goes on after it", () => {
  const scanner = scannerOf('1,"a" b,2\n3,"c\n');
  scanner.next();
  assertEquals(scanner.quoteProblem, { message: "Text after a closing quote", field: 1 });
  assertEquals(scanner.count, 3);
  scanner.next();
  assertEquals(scanner.quoteProblem, { message: "Quote is never closed", field: 1 });
  assertEquals(scanner.next(), false);
});

Deno.test("CsvScanner tells text that is not UTF-8", () => {
  const scanner = new CsvScanner(Uint8Array.of(0x41, 0xe9, 0x2c, 0x42));
  scanner.next();
  assertEquals([scanner.text(0), scanner.text(1)], [undefined, "B"]);
  assertEquals(scanner.lenientText(0), "A\ufffd");
});

Deno.test("CsvScanner.place() points at a field, in characters", () => {
  const scanner = scannerOf('\ufeffa,b\n"é\né",xy \r\n');
  scanner.next();
  assertEquals(scanner.place("f", 1), { file: "f", line: 1, column: 3, text: "a,b", length: 1 });
  scanner.next();
  assertEquals(scanner.place("f", 1), { file: "f", line: 3, column: 4, text: 'é",xy', length: 2 });
});

Deno.test("CsvScanner.place() shows no line that is long or could steer a terminal", () => {
  for (const text of [`${"1,".repeat(100)}x`, "1,\x1b[2J"]) {
    const scanner = scannerOf(text);
    scanner.next();
    assertEquals(scanner.place("f", 1), { file: "f", line: 1, column: 3 });
  }
});

Deno.test("CsvScanner.remaining() is never too small", () => {
  fc.assert(fc.property(fc.array(record), fc.boolean(), (records, isEnded) => {
    const scanner = scannerOf(stringify(records).slice(0, isEnded ? undefined : -2));
    const bound = scanner.remaining();
    let count = 0;
    while (scanner.next()) count++;
    assertEquals(count <= bound, true);
  }));
});
