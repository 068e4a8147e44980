import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inspectionJson, inspectionText } from "../../src/cli/inspect_text.ts";
import { inspectTable } from "../../src/dataset/inspect_table.ts";

const ROWS = [
  ...["1,2.5,red,2024-01-01,yes", "2,,blue,2024-01-02,no", "3,1.5,red,2024-01-03,no"],
  ...["4,7,red,2024-01-04,yes", "5,?,blue,2024-01-05,no", "6,2,red,2024-01-06,no"],
  ...["7,3,red,2024-01-07,Yes", "8,5,blue,2024-01-08,no", "9,6,,2024-01-09,no"],
  ...["10,8,red,2024-01-10,yes", "11,9,Blue,2024-01-11,no"],
];
const TABLE = ["id,size,color,day,sold", ...ROWS].join("\n");

function inspect(text: string, target?: string | number) {
  return inspectTable(new TextEncoder().encode(text), "f.csv", { target });
}

Deno.test("inspectionText() shows columns, classes, what to look at and what is wrong", async () => {
  assertEquals(
    inspectionText("f.csv", await inspect(TABLE, "sold")),
    `\
f.csv: 11 rows, 5 columns
UTF-8, commas, a header

column  type        missing  distinct  use      values
id      identifier        0        11  drop     it counts in steps of 1, from 1
size    number            2         9  feature  1.5 to 9
color   category          1         3  feature  Blue 1, blue 3, red 6
day     date              0        11  drop
sold    category          0         3  target

target sold: 3 classes
  Yes   1    9.1%
  no    7   63.6%
  yes   3   27.3%

Read as missing: "?" in 1 cell; missing: [] makes them values
"blue" and "Blue" in "color" are different values: make them one in the file if
they are the same
"yes" and "Yes" in "sold" are different values: make them one in the file if
they are the same

A sweep would refuse it:
f.csv:8:20: Cannot use class "Yes" with 1 row: at least 3 are required
  8 | 7,3,red,2024-01-07,Yes
    |                    ^^^ write drop_rows: [rare_class] to leave it out`,
  );
});

Deno.test("inspectionText() shows integers exactly, and other numbers short", async () => {
  const rows = [20200101, 20200703, 20200702].map((day, row) => `${day},${row / 7},${row}`);
  const lines = inspectionText("f.csv", await inspect(["day,x,y", ...rows].join("\n"))).split("\n");
  assert(lines[4].endsWith("20200101 to 20200703"));
  assert(lines[5].endsWith("0 to 0.285714"));
});

Deno.test("inspectionText() says that nothing is left to predict from", async () => {
  const rows = Array.from({ length: 30 }, (_, row) => `same,${"ab"[row % 2]}`);
  assertStringIncludes(
    inspectionText("f.csv", await inspect(["x,y", ...rows].join("\n"), "y")),
    'No column is left to learn from: "x" (all cells are the same)',
  );
  const one = ["y", ...rows.map((row) => row.slice(5))].join("\n");
  assertStringIncludes(
    inspectionText("f.csv", await inspect(one, "y")),
    "f.csv:1: Cannot use a table of one column: there is nothing to predict the target from",
  );
});

Deno.test("inspectionText() needs no target, and fits 80 columns", async () => {
  const wide = Array.from({ length: 200 }, (_, column) => `${"name ".repeat(9)}${column}`).join();
  const row = (n: number) =>
    Array.from({ length: 200 }, (_, c) => `${"value".repeat(9)}${n % 3 + c}`).join();
  const text = [wide, ...Array.from({ length: 30 }, (_, n) => row(n))].join("\n");
  const lines = inspectionText("f.csv", await inspect(text)).split("\n");
  assert(lines.every((line) => [...line].length <= 80));
  assert(lines.includes("and 100 more columns; --json has them all"));
  assert(lines.includes("No target is named: --target NAME shows what it would be"));
});

Deno.test("inspectTable() says what a target would be, and what is wrong, without refusing", async () => {
  const rows = Array.from(
    { length: 30 },
    (_, row) => `${row * 7 % 29},${row % 9 === 1 ? "NA" : "ab"[row % 2]}`,
  );
  const inspection = await inspect(["x,y", ...rows].join("\n"), -1);
  assertEquals([inspection.task, inspection.classes], ["classification", [
    { name: "a", rows: 13 },
    { name: "b", rows: 13 },
  ]]);
  assertEquals(inspection.problems.map(({ message }) => message), [
    'Cannot use 4 of 30 rows without a target: "y" is "NA" in 4',
  ]);
  const numbers = await inspect(["x,y", ...rows].join("\n"), 1);
  assertEquals([numbers.task, numbers.problems], ["regression", []]);
});

Deno.test("inspectionJson() is everything, for programs", async () => {
  const document = JSON.parse(inspectionJson("f.csv", await inspect(TABLE, "sold")));
  assertEquals(document.rows, 11);
  assertEquals(document.columns[0], {
    name: "id",
    type: "identifier",
    use: "drop",
    why: "it counts in steps of 1, from 1",
    missing: 0,
    distinct: 11,
    distinctIsExact: true,
    minimum: 1,
    maximum: 11,
  });
  assertEquals(document.reading.separator, "comma");
  assertEquals(document.problems.length, 1);
});
