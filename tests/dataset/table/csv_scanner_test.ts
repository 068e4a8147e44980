import { assertEquals } from "@std/assert";
import { parse, stringify } from "@std/csv";
import fc from "fast-check";
import { CsvScanner } from "../../../src/dataset/table/csv_scanner.ts";
import { type Dialect, PLAIN_CSV } from "../../../src/dataset/table/dialect.ts";
import { decimalOf } from "../../../src/dataset/table/parse_decimal.ts";

function scannerOf(text: string, dialect: Partial<Dialect> = {}): CsvScanner {
  return new CsvScanner(new TextEncoder().encode(text), { ...PLAIN_CSV, ...dialect });
}

function recordsOf(
  text: string,
  dialect: Partial<Dialect> = {},
): { line: number; fields: (string | undefined)[] }[] {
  const scanner = scannerOf(text, dialect);
  const records = [];
  while (scanner.next()) {
    const fields = Array.from({ length: scanner.count }, (_, field) => scanner.text(field));
    records.push({ line: scanner.line, fields });
  }
  return records;
}

const fieldsOf = (text: string, dialect?: Partial<Dialect>) =>
  recordsOf(text, dialect).map(({ fields }) => fields);

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

Deno.test("CsvScanner reads lines that end with CR alone, and counts them", () => {
  assertEquals(recordsOf("a,b\r1,2\r\r3,\r"), [
    { line: 1, fields: ["a", "b"] },
    { line: 2, fields: ["1", "2"] },
    { line: 4, fields: ["3", ""] },
  ]);
  assertEquals(recordsOf('"a\rb"\r1')[1].line, 3);
});

Deno.test("CsvScanner takes other separators and quotes", () => {
  assertEquals(fieldsOf("a\t b c \t\n\td\t\n", { separator: "tab" }), [
    ["a", "b c", ""],
    ["", "d", ""],
  ]);
  assertEquals(fieldsOf('a;"b;c"\n', { separator: "semicolon" }), [["a", "b;c"]]);
  assertEquals(fieldsOf(" a  b\t'c d'  \n 1 2\r\n", { separator: "space", singleQuotes: true }), [
    ["a", "b", "c d"],
    ["1", "2"],
  ]);
  assertEquals(fieldsOf("'it''s',\"a\"\n", { singleQuotes: true }), [["it's", "a"]]);
});

Deno.test("CsvScanner skips comments, and empty records where it shall", () => {
  assertEquals(recordsOf("# a\n1,#2\n#\n3,4\n", { comment: "#" }), [
    { line: 2, fields: ["1", "#2"] },
    { line: 4, fields: ["3", "4"] },
  ]);
  assertEquals(fieldsOf("a,b\n , \n", {}), [["a", "b"], ["", ""]]);
  assertEquals(fieldsOf("a,b\n , \n", { skipsEmpty: true }), [["a", "b"]]);
});

Deno.test("CsvScanner leaves out empty fields at the end where records have them", () => {
  assertEquals(fieldsOf("1,2,,\n1,2,3,\n1,2,\n1\n", { fields: 4, width: 2 }), [
    ["1", "2"],
    ["1", "2", "3", ""],
    ["1", "2", ""],
    ["1"],
  ]);
});

Deno.test("CsvScanner.number() gives what parsing the text gives, whatever is around it", () => {
  const number = fc.stringMatching(/^[+-]?[0-9]{0,18}\.?[0-9]{0,5}(e-?[0-9]{1,3}|x)?$/);
  const around = fc.stringMatching(/^[ \t]{0,2}$/);
  const end = fc.constantFrom(",1", "\n", "\r\n", "\r", "");
  fc.assert(fc.property(number, around, around, end, (number, before, after, end) => {
    const scanner = scannerOf(`0,${before}${number}${after}${end}`);
    scanner.next();
    assertEquals(scanner.number(1), decimalOf(number));
  }));
});

Deno.test("CsvScanner.text() gives each field's own text, however many there are", () => {
  const texts = Array.from(
    { length: 20_000 },
    (_, index) => `${index % 100}${"x".repeat(index % 40)}é${index}`,
  );
  const ascii = texts.map((text) => text.replace("é", ""));
  assertEquals(fieldsOf([...texts, ...ascii].join(","))[0], [...texts, ...ascii]);
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
