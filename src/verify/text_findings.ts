import { parse } from "@std/csv";
import type { Finding } from "./check.ts";

/** The first difference between the text of a CSV file and the computed text. */
export function textFindings(expected: string, actual: string): Finding[] {
  if (expected === actual) return [];
  if (expected.replaceAll("\r\n", "\n") === actual) {
    return [{ what: "Its lines end with CR LF, not LF" }];
  }
  if (expected === `\ufeff${actual}`) return [{ what: "It begins with a byte-order mark" }];
  const [lines, computed] = [expected, actual].map((text) => text.split("\n"));
  const places = [...Array(Math.max(lines.length, computed.length)).keys()];
  const [first, ...others] = places.filter((index) => lines[index] !== computed[index]);
  const more = others.length > 0 ? `, the first of ${others.length + 1} that differ` : "";
  const place = `line ${first + 1}${more}`;
  return lineFindings(lines[first], computed[first], fieldsOf(computed[0])).map((finding) => ({
    ...finding,
    what: finding.what === "" ? place : `${place}: ${finding.what}`,
  }));
}

/** Compares field by field if both lines have as many fields as the header, else as whole lines. */
function lineFindings(
  expected: string | undefined,
  actual: string | undefined,
  columns: readonly string[] | undefined,
): Finding[] {
  if (expected === undefined) return [{ what: "it is missing", actual }];
  if (actual === undefined) return [{ what: "there is no such line", expected }];
  const [fields, computed] = [fieldsOf(expected), fieldsOf(actual)];
  if (!columns || fields?.length !== columns.length || computed?.length !== columns.length) {
    return [{ what: "", expected, actual }];
  }
  const findings = columns.map((what, column) => ({
    what,
    expected: fields[column],
    actual: computed[column],
  })).filter(({ expected, actual }) => expected !== actual);
  // Lines with equal fields can still differ in their quotes.
  return findings.length > 0 ? findings : [{ what: "", expected, actual }];
}

function fieldsOf(line: string): string[] | undefined {
  try {
    return parse(line, { fieldsPerRecord: -1 })[0];
  } catch {
    return undefined;
  }
}
