import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import type { TableOptions } from "../../src/dataset/table_options.ts";
import { sha256 } from "../../src/sha256.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";

const TRAIN = "x,color,label\n1,red,a\n2,blue,b\n4,red,a\n8,blue,b\n16,red,a\n32,blue,b\n";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function read(testText: string, options: Partial<TableOptions> = {}) {
  const all = { target: "label", testPath: "test.csv", ...options };
  const test = { bytes: bytesOf(testText), file: "test.csv" };
  return parseDataset(bytesOf(TRAIN), "train.csv", all, { test });
}

async function problemsOf(testText: string, options?: Partial<TableOptions>) {
  const error = await assertRejects(() => read(testText, options), UserError);
  return formatProblems(error.problems);
}

Deno.test("rows of a test file come last, with columns by name", async () => {
  const text = "label,color,x\na,blue,3.5\nb,red,7.5\n";
  const { rows, values, targets, splitting, testChecksum, facts } = await read(text);
  assertEquals(rows, 8);
  assertEquals([...values.slice(10)], [32, 0, 3.5, 0, 7.5, 1]);
  assertEquals([...targets.slice(6)], [0, 1]);
  assertEquals([...splitting?.parts ?? []], [0, 0, 0, 0, 0, 0, 3, 3]);
  assertEquals(testChecksum?.length, 64);
  assertEquals(facts.test, { file: "test.csv", rows: 2, unknown: [] });
});

Deno.test("a test file's checksum is that of its bytes", async () => {
  const text = "x,color,label\n3,red,a\n5,blue,b\n";
  assertEquals((await read(text)).testChecksum, await sha256(bytesOf(text)));
});

Deno.test("categories that only the test file has count as missing, and are shown", async () => {
  const { sources, values, facts } = await read("x,color,label\n3,green,a\n5,blue,b\n");
  assertEquals([sources[1].categories, sources[1].hasGaps], [["blue", "red"], true]);
  assertEquals([...values.slice(12)], [3, NaN, 5, 0]);
  assertEquals(facts.test?.unknown, [{ column: "color", cells: 1, values: ["green"] }]);
});

Deno.test("a test file with other columns, cells or classes is refused, with both files", async () => {
  assertEquals(
    await problemsOf("x,colour,label\n3,red,a\n5,blue,b\n"),
    `test.csv:1: Cannot find the column "color" of train.csv (did you mean "colour"?)
test.csv:1:3: Unknown column "colour": train.csv has no such column
  1 | x,colour,label
    |   ^^^^^^ did you mean "color"?`,
  );
  assertStringIncludes(
    await problemsOf("x,color,label\n3,red,a\nfive,blue,b\n"),
    'test.csv:3:1: Cannot use column "x" as number, as in train.csv: 1 of 2 cells is not a number: "five"',
  );
  assertStringIncludes(
    await problemsOf("x,color,label\n3,red,a\n5,blue,c\n"),
    'test.csv:3:8: Cannot use class "c": train.csv has no such class',
  );
  assertStringIncludes(
    await problemsOf("x,color,label\n3,red,a.\n5,blue,b.\n"),
    'if it is "a", write it so in the file',
  );
  assertStringIncludes(
    await problemsOf("x,color,label\n3,red,a\n5,blue,\n"),
    "Cannot use 1 of 2 rows without a target",
  );
  assertStringIncludes(
    await problemsOf("x,color,label\n3,red,a\n5,blue,b\n", { partColumn: "color" }),
    "Cannot use test: a column says which rows are test rows",
  );
});

Deno.test("rows of the test file are left out like others", async () => {
  const text = "x,color,label\n,red,a\n5,blue,\n7,blue,b\n";
  const { rows, splitting, facts } = await read(text, { dropsGaps: true });
  assertEquals([rows, [...splitting?.parts ?? []]], [7, [0, 0, 0, 0, 0, 0, 3]]);
  assertEquals(facts.droppedRows, { missingTarget: 1, gaps: 1, rareClass: 0 });
});

Deno.test("a test file with percent signs where the other file has none is refused", async () => {
  assertStringIncludes(
    await problemsOf("x,color,label\n3%,red,a\n5%,blue,b\n"),
    'test.csv:2:1: Cannot use column "x": it has percent signs here, and no percent signs in train.csv',
  );
  assertStringIncludes(
    await problemsOf("x,color,label\n3,red,a\n5%,blue,b\n"),
    'test.csv:3:1: Cannot use column "x": it has percent signs here, and no percent signs in train.csv',
  );
});
