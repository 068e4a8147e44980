import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";

function parse(text: string | Uint8Array<ArrayBuffer>, target = "kind") {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return parseDataset(bytes, "f.csv", { target });
}

/** The problems of a file as a user reads them. */
async function problemsOf(text: string | Uint8Array<ArrayBuffer>, target?: string) {
  const error = await assertRejects(() => parse(text, target), UserError);
  assertEquals(error.exitCode, 2);
  return formatProblems(error.problems);
}

/** Three rows of each of two classes, to put one wrong thing into. */
const GOOD = "x,y,kind\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n9,10,a\n11,12,b\n";

Deno.test("parseDataset() reads numbers row by row and classes by name", async () => {
  const dataset = await parse(GOOD);
  assertEquals([dataset.rows, dataset.columns], [6, 2]);
  assertEquals([...dataset.values], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  assertEquals([...dataset.targets], [0, 1, 0, 1, 0, 1]);
  assertEquals(dataset.featureNames, ["x", "y"]);
  assertEquals(dataset.classes, ["a", "b"]);
  assert(dataset.values.buffer instanceof SharedArrayBuffer);
  assert(dataset.targets.buffer instanceof SharedArrayBuffer);
});

Deno.test("parseDataset() takes the target from any column", async () => {
  const dataset = await parse("x,kind,y\n" + "1,a,2\n3,b,4\n".repeat(3));
  assertEquals([...dataset.values.slice(0, 4)], [1, 2, 3, 4]);
  assertEquals(dataset.featureNames, ["x", "y"]);
});

Deno.test("parseDataset() gives the same for quotes, CR LF, CR, a byte-order mark and blank lines", async () => {
  const plain = await parse(GOOD);
  const fancy = "\ufeff" + GOOD.replaceAll("\n", "\r\n\r\n").replaceAll("a", '"a"')
    .replaceAll("x", '"x"').replace("1,", '"1",');
  const { checksum, ...dataset } = await parse(fancy);
  assertEquals({ ...dataset, checksum: plain.checksum }, plain);
  assert(checksum !== plain.checksum);
  const { checksum: _, ...old } = await parse(GOOD.replaceAll("\n", "\r"));
  assertEquals({ ...old, checksum: plain.checksum }, plain);
});

Deno.test("parseDataset() checks the file's bytes with SHA-256", async () => {
  const { checksum } = await parse(GOOD);
  assertEquals(checksum, "9ce0749e4cfc1b7e029681b37b76aa12fca302bd37db976a09f22fabb496b730");
});

Deno.test("parseDataset() orders number classes by number, and knows 1.0 for 1", async () => {
  const dataset = await parse("x,kind\n" + "1,10\n2,9\n3,-1\n4,9.0\n5,1e1\n".repeat(3));
  assertEquals(dataset.classes, ["-1", "9", "10"]);
  assertEquals([...dataset.targets.slice(0, 5)], [2, 1, 0, 1, 2]);
});

Deno.test("parseDataset() orders classes by code unit if one is no number", async () => {
  const dataset = await parse("x,kind\n" + "1,10\n2,9\n3,é\n4,z\n".repeat(3));
  assertEquals(dataset.classes, ["10", "9", "z", "é"]);
});

Deno.test("parseDataset() tells long digit names apart", async () => {
  const names = ["90071992547409921", "90071992547409922"];
  const dataset = await parse(
    "x,kind\n" + names.map((name) => `1,${name}\n2,${name}\n`.repeat(2)).join(""),
  );
  assertEquals(dataset.classes, names);
});

Deno.test("parseDataset() reads hundreds of classes", async () => {
  const names = Array.from({ length: 300 }, (_, index) => `class ${1000 + index}`);
  const dataset = await parse(
    "x,kind\n" + names.map((name, row) => `${row % 7},${name}\n`).join("").repeat(3),
  );
  assertEquals(dataset.classes, names);
  assertEquals([...dataset.targets.slice(600)], names.map((_, index) => index));
});

Deno.test("parseDataset() reads back any table of numbers", async () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const table = fc.integer({ min: 1, max: 6 }).chain((columns) =>
    fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: 6 })
  );
  await fc.assert(fc.asyncProperty(table, async (table) => {
    const header = [...table[0].map((_, column) => `c${column}`), "kind"];
    const lines = table.map((row, index) => [...row, `k${index % 2}`]);
    const dataset = await parse([header, ...lines].map((line) => line.join()).join("\n"));
    assertEquals([...dataset.values], table.flat());
    assertEquals([...dataset.targets], table.map((_, index) => index % 2));
  }));
});

const WRONG: readonly [what: string, text: string, problem: string][] = [
  ["an empty file", "", "f.csv:1: File is empty"],
  ["a file of blank lines", "\ufeff\n\r\n  \n", "f.csv:1: File is empty"],
  ["a header alone", "x,kind\n", "f.csv:1: No rows under the header"],
  [
    "a target alone",
    "kind\na\na\na\nb\nb\nb\n",
    "f.csv:1: Cannot use a table of one column: there is nothing to predict the target from",
  ],
  [
    "a short row",
    GOOD.replace("3,4,b", "3,b"),
    "f.csv:3: Cannot use a row of 2 fields: the table has 3 columns " +
    "(complete the row in the file, or remove it)",
  ],
  [
    "a long row",
    GOOD.replace("3,", "3,4,5,"),
    "f.csv:3: Cannot use a row of 5 fields: the table has 3 columns " +
    "(quote fields that have separators in them, or remove the row)",
  ],
  [
    "text in a column of numbers",
    GOOD.replace("4", "four"),
    `f.csv:3:3: Cannot use column "y" as number: 1 of 6 cells is not a number: "four"
  3 | 3,four,b
    |   ^^^^ write missing: [four] if that is a gap, or else columns: { y: category } or drop: [y]`,
  ],
  [
    "a number too large",
    GOOD.replace("4", "1e999"),
    `f.csv:3:3: Cannot use column "y" as number: 1 of 6 cells is not a number: "1e999"
  3 | 3,1e999,b
    |   ^^^^^ write missing: ["1e999"] if that is a gap, or else columns: { y: category } or drop: [y]`,
  ],
  [
    "an empty class",
    GOOD.replace("4,b", "4,"),
    `f.csv:3:5: Cannot use 1 of 6 rows without a target: "kind" is empty in 1
  3 | 3,4,
    |     ^ write drop_rows: [missing_target] to leave them out`,
  ],
  [
    "a class that is NaN",
    GOOD.replace("4,b", "4,nan"),
    `f.csv:3:5: Cannot use 1 of 6 rows without a target: "kind" is "nan" in 1
  3 | 3,4,nan
    |     ^^^ write drop_rows: [missing_target] to leave them out; or missing: [] if such a word is a class`,
  ],
  [
    "one class",
    GOOD.replaceAll("b", "a"),
    `f.csv:1:5: Cannot use "kind" as target: its only class is "a", but at least 2 are required
  1 | x,y,kind
    |     ^^^^`,
  ],
  [
    "a class of two rows",
    GOOD.replace("7,8,b", "7,8,a"),
    `f.csv:3:5: Cannot use class "b" with 2 rows: at least 3 are required
  3 | 3,4,b
    |     ^`,
  ],
  [
    "an open quote",
    GOOD.replace("4,b", '4,"b'),
    `f.csv:3:6: Quote is never closed
  3 | 3,4,"b
    |      ^`,
  ],
  [
    "text after a quote",
    GOOD.replace("4,b", '4,"b"c'),
    `f.csv:3:6: Text after a closing quote
  3 | 3,4,"b"c
    |      ^`,
  ],
];

for (const [what, text, problem] of WRONG) {
  Deno.test(`parseDataset() rejects ${what}`, async () => {
    assertEquals(await problemsOf(text), problem);
  });
}

Deno.test("parseDataset() lists the columns where the target is none of them", async () => {
  assertEquals(
    await problemsOf(GOOD, "knid"),
    'f.csv:1: Cannot find the target column "knid": the columns are "x", "y", "kind" ' +
      '(did you mean "kind"?)',
  );
});

Deno.test("parseDataset() rejects more columns, names and classes than it could mean", async () => {
  const columns = Array.from({ length: 2 ** 17 }, (_, column) => `x${column}`).join(",");
  assertEquals(
    await problemsOf(`${columns},kind\n`),
    "f.csv:1: Cannot use a header of 131073 columns: the limit is 131072",
  );
  const long = "x".repeat(10_001);
  assertEquals(
    await problemsOf(GOOD.replace("y", long)),
    "f.csv:1:3: Cannot use the name of column 2: it has more than 10000 bytes",
  );
  assertEquals(
    await problemsOf(GOOD.replace("4,b", `4,${long}`)),
    'f.csv:3:5: Cannot use "kind" as target: some cells are not UTF-8 text of at most 10000 bytes ' +
      "(shorten them in the file, or remove their rows)",
  );
  const rows = (count: number) => {
    return Array.from({ length: count }, (_, row) => `${row % 9},c${row}\n`).join("");
  };
  assertEquals(
    await problemsOf(`x,kind\n${rows(100_002)}`),
    `f.csv:1:3: Cannot use "kind" as target: it has more than 100000 values, the limit is 1000 classes
  1 | x,kind
    |   ^^^^`,
  );
  assertEquals(
    await problemsOf(`x,kind\n${rows(1001)}`),
    `f.csv:1:3: Cannot use "kind" as target: it has 1001 classes, the limit is 1000
  1 | x,kind
    |   ^^^^`,
  );
});

Deno.test("parseDataset() tells what is wrong with each column once", async () => {
  const rows = Array.from({ length: 40 }, (_, row) => {
    const odd = row % 10 === 3;
    return `${odd ? "zwei" : row * 1.5},${row % 20 === 7 ? "n.n." : row * 0.5},${"ab"[row % 2]}\n`;
  });
  const problems = await problemsOf(`x,y,kind\n${rows.join("")}`);
  assertEquals(problems.split("\n").filter((line) => line.startsWith("f.csv")), [
    'f.csv:5:1: Cannot use column "x" as number: 4 of 40 cells are not numbers: "zwei" (4)',
    'f.csv:9:6: Cannot use column "y" as number: 2 of 40 cells are not numbers: "n.n." (2)',
  ]);
});

Deno.test("parseDataset() shows the first rows of another length and counts the others", async () => {
  const error = await assertRejects(
    () => parse(`x,kind\n${"1,a\n".repeat(99)}` + "1\n".repeat(50)),
    UserError,
  );
  assertEquals(error.problems.length, 4);
  assertEquals(error.problems[3].message, "And 47 more rows of another length");
});

Deno.test("parseDataset() quotes no cell at any length and no control character", async () => {
  const problems = await problemsOf(GOOD.replace("4", `\x1b[2J${"x".repeat(1e4 - 9)}`));
  assert(problems.includes(`1 of 6 cells is not a number: "\\u001b[2J${"x".repeat(36)}…"`));
  assertEquals(problems.includes("\x1b"), false);
});

Deno.test("parseDataset() needs no memory for rows that cannot be there", async () => {
  // 2,000 columns times a million lines would be 16 GB.
  const header = Array.from({ length: 2000 }, (_, column) => `c${column}`).join();
  const problems = await problemsOf(`${header},kind\n${"\n".repeat(1e6)}1,2\n`);
  assertEquals(
    problems,
    "f.csv:1000002: Cannot use a row of 2 fields: the table has 2,001 columns " +
      "(complete the row in the file, or remove it)",
  );
});
