import { assertEquals } from "@std/assert";
import type { Finding } from "../../src/verify/check.ts";
import { textFindings } from "../../src/verify/text_findings.ts";

const TEXT = 'a,b\n1,"x, y"\n2,z\n';

const CASES: Record<string, [text: string, findings: Finding[]]> = {
  "the same": [TEXT, []],
  "a field": [TEXT.replace("z", "9"), [{ what: "line 3: b", expected: "9", actual: "z" }]],
  "a field with a comma": [
    TEXT.replace("x, y", "x"),
    [{ what: "line 2: b", expected: "x", actual: "x, y" }],
  ],
  "two fields of a line": [
    TEXT.replace("2,z", "3,9"),
    [
      { what: "line 3: a", expected: "3", actual: "2" },
      { what: "line 3: b", expected: "9", actual: "z" },
    ],
  ],
  "two lines": [
    TEXT.replace("1,", "7,").replace("2,", "8,"),
    [{ what: "line 2, the first of 2 that differ: a", expected: "7", actual: "1" }],
  ],
  "a field too many": [
    TEXT.replace("z", "z,"),
    [{ what: "line 3", expected: "2,z,", actual: "2,z" }],
  ],
  "a header": [
    TEXT.replace("b", "c"),
    [{ what: "line 1: b", expected: "c", actual: "b" }],
  ],
  "quotes that need not be": [
    TEXT.replace("z", '"z"'),
    [{ what: "line 3", expected: '2,"z"', actual: "2,z" }],
  ],
  "quotes that do not end": [
    TEXT.replace("z", '"z'),
    [{ what: "line 3", expected: '2,"z', actual: "2,z" }],
  ],
  "line ends": [TEXT.replaceAll("\n", "\r\n"), [{ what: "Its lines end with CR LF, not LF" }]],
  "a byte-order mark": [`\ufeff${TEXT}`, [{ what: "It begins with a byte-order mark" }]],
  "no text": ["", [{ what: "line 1, the first of 4 that differ", expected: "", actual: "a,b" }]],
  "a line too few": [
    'a,b\n1,"x, y"\n',
    [{ what: "line 3, the first of 2 that differ", expected: "", actual: "2,z" }],
  ],
  "a line too many": [
    `${TEXT}3,w\n`,
    [{ what: "line 4, the first of 2 that differ", expected: "3,w", actual: "" }],
  ],
  "no last line end": [TEXT.trimEnd(), [{ what: "line 4: it is missing", actual: "" }]],
};

for (const [name, [text, findings]] of Object.entries(CASES)) {
  Deno.test(`textFindings() where a file has ${name}`, () => {
    assertEquals(textFindings(text, TEXT), findings);
  });
}
