import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import { tableIdentity } from "../../src/dataset/table_identity.ts";
import type { TableOptions } from "../../src/dataset/table_options.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { assertTakesLessThan } from "../_memory.ts";

type Options = Partial<TableOptions>;

/** A table of 30 rows: `x`, a column of its own, and the label. */
function tableOf(name: string, cell: (row: number) => string | number, label = "label"): string {
  const rows = Array.from(
    { length: 30 },
    (_, row) => `${row * 7 % 30 / 4},${cell(row)},${"abc"[row % 3]}`,
  );
  return [`x,${name},${label}`, ...rows].join("\n");
}

function read(text: string, options: Options = {}) {
  return parseDataset(new TextEncoder().encode(text), "f.csv", { target: "label", ...options });
}

/** What a column is, as `type use`, and why. */
async function told(name: string, cell: (row: number) => string | number, options?: Options) {
  const { facts } = await read(tableOf(name, cell), options);
  const { type, use, why, warning } = facts.columns[1];
  return [`${type} ${use}`, why ?? warning].filter(Boolean).join(": ");
}

async function problemOf(text: string, options?: Options): Promise<string> {
  const error = await assertRejects(() => read(text, options), UserError);
  return formatProblems(error.problems);
}

const UNEVEN = (row: number) => 1000 + row * row * 37 % 1009;

Deno.test("numbers are features, also if all of them differ", async () => {
  assertEquals(await told("y", (row) => row * 13 % 30 / 7), "number feature");
  assertEquals(await told("zip", (row) => 10000 + row % 4), "number feature");
  assertEquals(await told("price", UNEVEN), "number feature: all of its integers differ");
  assertEquals(await told("id", (row) => 1.5 * UNEVEN(row)), "number feature");
});

Deno.test("integers that number the rows are identifiers", async () => {
  const cases: readonly [string, (row: number) => number, string][] = [
    ["y", (row) => 1_000_000 + 10 * row, "it counts in steps of 10, from 1000000"],
    ["y", (row) => 30 - row, "it counts in steps of 1, from 30"],
    ["y", (row) => 1 + row * 7 % 30, "it has each of 1 to 30 once"],
    ["y", (row) => row * row, "its integers ascend from row to row"],
    ["id", UNEVEN, "all of its integers differ, and its name says so"],
    ["PassengerId", UNEVEN, "all of its integers differ, and its name says so"],
    [
      "Sample code number",
      (row) => UNEVEN(row - row % 2),
      "most of its integers differ, and its name says so",
    ],
  ];
  for (const [name, cell, why] of cases) {
    assertEquals(await told(name, cell), `identifier drop: ${why}`);
  }
  assertEquals(await told("y", (row) => 10 * row, { keep: ["y"] }), "number feature");
  assertEquals(await told("y", (row) => 10 * row, { columns: { y: "number" } }), "number feature");
});

Deno.test("texts are categories if they are few, and booleans if they are yes and no", async () => {
  assertEquals(await told("y", (row) => ["red", "blue"][row % 2]), "category feature");
  assertEquals(await told("y", (row) => ["True", "False"][row % 2]), "boolean feature");
  assertEquals(await told("y", (row) => ["yes", "no", "maybe"][row % 3]), "category feature");
  assertEquals(await told("y", (row) => `k${row}`), "identifier drop: all of its texts differ");
  assertEquals(await told("y", (row) => `k${row % 20}`), "text drop: most of its texts differ");
  assertEquals(await told("y", (row) => `k${row % 20}`, { keep: ["y"] }), "category feature");
  assertEquals(
    await told("y", (row) => `k${row % 20}`, { columns: { y: "category" } }),
    "category feature",
  );
  assertEquals(
    await told("y", (row) => row % 3 + 1, { columns: { y: "category" } }),
    "category feature",
  );
  assertEquals(await told("y", (row) => row % 3 === 0 ? "A 1" : row % 7), "category feature");
});

Deno.test("constants, dates and empty columns are dropped, and kept if that is said", async () => {
  const date = (row: number) => `2024-0${1 + row % 9}-11`;
  assertEquals(await told("y", () => 3), "constant drop: all cells are the same");
  assertEquals(await told("y", () => "true"), "constant drop: all cells are the same");
  assertEquals(await told("y", () => ""), "empty drop: every cell is missing");
  assertEquals(await told("y", date), "date drop");
  assertEquals(await told("y", () => 3, { keep: ["y"] }), "number feature");
  assertEquals(await told("y", date, { keep: ["y"] }), "date feature");
  const { values, sources } = await read(tableOf("y", date), { columns: { y: "date" } });
  assertEquals([sources[1].kind, values[1]], ["number", Date.UTC(2024, 0, 11) / 86_400_000]);
});

Deno.test("drop and columns leave columns out, whatever is in them", async () => {
  const cell = (row: number) => row === 3 ? "oops" : row * 13 % 29;
  for (const options of [{ drop: ["y"] }, { columns: { y: "drop" } }] as const) {
    assertEquals(await told("y", cell, options), "number drop: the experiment drops it");
    assertEquals((await read(tableOf("y", cell), options)).featureNames, ["x"]);
  }
});

Deno.test("values are numbers, 0 or 1, places of categories, and NaN where they are missing", async () => {
  const text =
    "n,b,c,label\n1,yes,red,a\n?,no,,a\n.5,NA,blue,a\n7,Yes,red,b\n8,no,red,b\n9,no,red,b\n";
  const { values, sources, featureNames, columns, facts } = await read(text);
  assertEquals([...values], [1, 1, 1, NaN, 0, NaN, 0.5, NaN, 0, 7, 1, 1, 8, 0, 1, 9, 0, 1]);
  assertEquals(sources, [
    { name: "n", kind: "number", hasGaps: true },
    { name: "b", kind: "boolean", hasGaps: true },
    { name: "c", kind: "category", categories: ["blue", "red"], hasGaps: true },
  ]);
  assertEquals(featureNames, ["n", "n_missing", "b", "b_missing", "c=blue", "c=red", "c_missing"]);
  assertEquals(columns, 7);
  assertEquals(facts.missingWords, [
    { name: "", rows: 1 },
    { name: "?", rows: 1 },
    { name: "NA", rows: 1 },
  ]);
  assertEquals(facts.columns[2].categories, [{ name: "blue", rows: 1 }, { name: "red", rows: 4 }]);
});

Deno.test("missing replaces the usual words, and can have numbers", async () => {
  const cell = (row: number) => row % 10 === 4 ? "-9" : row * 13 % 29;
  const { values, facts } = await read(tableOf("y", cell), { missing: ["-9"] });
  assertEquals(facts.columns[1].missing, 3);
  assertEquals(values.filter(Number.isNaN).length, 3);
  const problem = await problemOf(tableOf("y", (row) => row % 10 === 4 ? "NA" : row * 13 % 29), {
    missing: [],
  });
  assertStringIncludes(
    problem,
    'Cannot use column "y" as number: 3 of 30 cells are not numbers: "NA" (3)',
  );
  const category = tableOf("y", (row) => ["none", "some"][row % 2]);
  assertEquals((await read(category, { missing: [] })).featureNames, ["x", "y=none", "y=some"]);
  assertEquals((await read(category)).featureNames, ["x", "y=some", "y_missing"]);
});

Deno.test("a few words among numbers are refused once, with what to write", async () => {
  const cell = (row: number) => row === 4 ? "unknown" : row === 9 ? "NA" : row * 13 % 29;
  const text = tableOf("y", cell);
  const problem = await problemOf(text);
  assertEquals(
    problem.split("\n")[0],
    'f.csv:6:3: Cannot use column "y" as number: 1 of 30 cells is not a number: "unknown"',
  );
  assertStringIncludes(
    problem,
    "write missing: [NA, unknown] if that is a gap, or else columns: { y: category } or drop: [y]",
  );
  const { facts } = await read(text, { missing: ["NA", "unknown"] });
  assertEquals(facts.columns[1].missing, 2);
});

Deno.test("rows with gaps, without a target or of a rare class are left out if that is said", async () => {
  const rows = ["1,a", "2,a", "3,a", "4,b", "5,b", "6,b", ",a", "7,NA", "8,rare", "9,"];
  const text = `x,label\n${rows.join("\n")}\n`;
  assertStringIncludes(
    await problemOf(text),
    '2 of 10 rows without a target: "label" is "NA" in 1, empty in 1',
  );
  const dropRows = ["missing_target"] as const;
  assertStringIncludes(
    await problemOf(text, { dropRows }),
    'Cannot use class "rare" with 1 row: at least 3 are required',
  );
  const kept = await read(text, { dropRows: ["missing_target", "rare_class"] });
  assertEquals([kept.rows, kept.classes, kept.featureNames], [7, ["a", "b"], ["x", "x_missing"]]);
  assertEquals([...kept.targets], [0, 0, 0, 1, 1, 1, 0]);
  assertEquals(kept.facts.droppedRows, { missingTarget: 2, gaps: 0, rareClass: 1 });
  const whole = await read(text, { dropsGaps: true, dropRows: ["rare_class"] });
  assertEquals([whole.rows, whole.featureNames], [6, ["x"]]);
  assertEquals([...whole.values], [1, 2, 3, 4, 5, 6]);
  assertEquals(whole.facts.droppedRows, { missingTarget: 2, gaps: 1, rareClass: 1 });
});

Deno.test("a class that is rare only without the rows with gaps is refused, too", async () => {
  const text = "x,label\n1,a\n2,a\n3,a\n4,b\n5,b\n,b\n7,c\n8,c\n9,c\n";
  assertEquals((await read(text)).classes, ["a", "b", "c"]);
  assertStringIncludes(await problemOf(text, { dropsGaps: true }), 'class "b" with 2 rows');
  const options = { dropsGaps: true, dropRows: ["rare_class"] } as const;
  const { classes, targets } = await read(text, options);
  assertEquals([classes, [...targets]], [["a", "c"], [0, 0, 0, 1, 1, 1]]);
});

Deno.test("numbers are told to be classes or quantities, or asked for", async () => {
  const task = async (cell: (row: number) => number | string, options?: Options) =>
    (await read(tableOf("label", cell, "other"), options)).task;
  assertEquals(await task((row) => row % 3), "classification");
  assertEquals(await task((row) => row * 1.25), "regression");
  assertEquals(await task((row) => row % 3, { task: "regression" }), "regression");
  const { targets, classes } = await read(tableOf("label", (row) => row * 1.25, "other"));
  assertEquals([[...targets.slice(0, 3)], classes], [[0, 1.25, 2.5], []]);
  const half = tableOf("label", (row) => row % 5 / 2, "other");
  assertStringIncludes(
    await problemOf(half),
    'Cannot tell whether "label" holds classes or quantities: it has 5 different numbers',
  );
  assertEquals((await read(half, { task: "classification" })).classes, [
    "0",
    "0.5",
    "1",
    "1.5",
    "2",
  ]);
  assertStringIncludes(
    await problemOf(tableOf("label", (row) => row === 7 ? "high" : row * 1.25, "other")),
    'Cannot use "label" as target of a regression: 1 of 30 cells is not a number: "high"',
  );
});

Deno.test("a target is a name, or a number from either end", async () => {
  const text = tableOf("y", (row) => row % 4);
  for (const target of ["label", 3, -1]) {
    const { facts, classes } = await read(text, { target });
    assertEquals([facts.choices.target, classes], ["label", ["a", "b", "c"]]);
  }
  const message =
    "Cannot use target 4: columns are numbered from 1 to 3, or from -1 for the last to -3";
  assertEquals(await problemOf(text, { target: 4 }), `f.csv:1: ${message}`);
  const numbered = tableOf("1", (row) => row % 4);
  assertStringIncludes(
    await problemOf(numbered, { target: 1, header: true }),
    'Cannot use target 1: column 2 has that name (write "1" for it, or "x" for the column in that place)',
  );
});

Deno.test("wrong names are shown where they are written, with the columns", async () => {
  const places: Record<string, number> = { "drop,0": 5, "keep,0": 6, "columns,z": 7, target: 3 };
  const placeOf = (path: readonly PropertyKey[]) => {
    const line = places[path.join()];
    return line === undefined ? undefined : { file: "e.yaml", line };
  };
  const bytes = new TextEncoder().encode(tableOf("y", (row) => row));
  const options = { target: "lable", drop: ["yy"], keep: ["w"], columns: { z: "number" } } as const;
  const error = await assertRejects(
    () => parseDataset(bytes, "f.csv", options, { placeOf }),
    UserError,
  );
  const columns = 'the columns are "x", "y", "label"';
  assertEquals(formatProblems(error.problems).split("\n"), [
    `e.yaml:3: Cannot find the target column "lable": ${columns} (did you mean "label"?)`,
    `e.yaml:7: Cannot find the column "z": ${columns}`,
    `e.yaml:5: Cannot find the column "yy": ${columns} (did you mean "y"?)`,
    `e.yaml:6: Cannot find the column "w": ${columns}`,
  ]);
});

Deno.test("spellings that look alike are pointed out, and stay apart", async () => {
  const labels = ["<=50K", ">50K", "<=50K.", ">50K."];
  const text = tableOf("label", (row) => labels[row % 4], "y");
  const { classes, facts } = await read(text);
  assertEquals(classes, ["<=50K", "<=50K.", ">50K", ">50K."]);
  assertEquals(facts.lookAlikes, [
    { column: "label", values: ["<=50K", "<=50K."] },
    { column: "label", values: [">50K", ">50K."] },
  ]);
});

Deno.test("a table without a column to learn from is refused, with what to write", async () => {
  const text = `n,label\n${
    Array.from({ length: 30 }, (_, row) => `${row},${"ab"[row % 2]}\n`).join("")
  }`;
  const problem = await problemOf(text);
  assertStringIncludes(
    problem,
    'No column is left to learn from: "n" (it counts in steps of 1, from 0)',
  );
  assertStringIncludes(problem, "write keep: [n] to use a column as it is");
  assertEquals((await read(text, { keep: ["n"] })).featureNames, ["n"]);
});

Deno.test("a table of numbers is the first version's, and its identity says nothing", async () => {
  const text = tableOf("y", (row) => row * 13 % 29);
  const [now, then] = await Promise.all([read(text), read(text, { asFirstVersion: true })]);
  assertEquals([now.values, now.targets], [then.values, then.targets]);
  assertEquals(tableIdentity(now.facts.choices), undefined);
  assertEquals(now.facts.choices.columns, { "*": "number" });
});

Deno.test("a table that is read by its choices is the same, as the first version or not", async () => {
  const rows = Array.from(
    { length: 40 },
    (_, row) =>
      [
        row,
        row * 7 % 40,
        ["m", "f", "NA"][row % 3],
        ["yes", "no"][row % 2],
        "k",
        row % 5 ? row / 8 : "?",
      ]
        .join(",") + `,2024-01-${10 + row % 9},${"ab"[row % 2]}`,
  );
  const text = ["id,n,sex,alive,same,gap,day,label", ...rows].join("\n");
  for (const options of [{}, { dropsGaps: true }, { keep: ["day"], drop: ["n"] }]) {
    const dataset = await read(text, options);
    const { choices } = dataset.facts;
    assert(tableIdentity(choices));
    for (const asFirstVersion of [false, true]) {
      const again = await read(text, { ...choices, asFirstVersion });
      const { facts, ...rest } = again;
      assertEquals({ ...rest, facts: dataset.facts }, dataset);
      assertEquals(facts.choices, choices);
    }
  }
});

Deno.test("columns that splits need are read, and are no features unless they are kept", async () => {
  const text = "who,when,part,x,label\n" + [
    ...["ann,2024-01-03,train,1,a", "bob,2024-01-01,test,2,b", "ann,2024-01-02,,3,a"],
    ...["bob,2024-01-05,Validation,4,b", "cy,2024-01-04,train,5,a", "cy,2024-01-06,train,6,b"],
  ].join("\n");
  const options = { group: "who", time: "when", partColumn: "part" };
  const { featureNames, splitting, facts } = await read(text, options);
  assertEquals(featureNames, ["x"]);
  assertEquals([...splitting?.groups ?? []], [0, 1, 0, 1, 2, 2]);
  assertEquals([...splitting?.times ?? []].map((day) => day - 19_723), [2, 0, 1, 4, 3, 5]);
  assertEquals([...splitting?.parts ?? []], [1, 3, 0, 2, 1, 1]);
  assertEquals(facts.columns.map(({ use }) => use), ["group", "time", "part", "feature", "target"]);
  assertEquals(tableIdentity(facts.choices), undefined);
  const kept = await read(text, { ...options, keep: ["who"] });
  assertEquals(kept.featureNames, ["who=ann", "who=bob", "who=cy", "x"]);
  assertStringIncludes(
    await problemOf(text.replace("test", "tset"), options),
    'Cannot split by "part": "tset" is not a part',
  );
  assertStringIncludes(
    await problemOf(text.replace("test", "constructor"), options),
    'Cannot split by "part": "constructor" is not a part',
  );
});

Deno.test("numbers that are read in one pass are those of two", async () => {
  const rows = Array.from({ length: 40 }, (_, row) => {
    return [row, row * 7 % 11, row % 3, row % 5 === 4 ? "" : row / 8, 9, row * 3 % 17].join();
  });
  const text = ["id,a,label,b,same,c", ...rows].join("\n");
  // Rows of a class that is not there are left out: nothing is kept in the first pass.
  for (
    const options of [{}, { drop: ["a"] }, { keep: ["id", "same"] }, {
      task: "regression",
    }] as const
  ) {
    const once = await read(text, options);
    const twice = await read(text, { ...options, dropRows: ["missing_target"] });
    assertEquals(once.values, twice.values);
    assertEquals(once.targets, twice.targets);
    assertEquals(once.sources, twice.sources);
  }
});

Deno.test("tables as people have them are read, or refused in a sentence that says what to write", async () => {
  const rows = (cell: (row: number) => string) => {
    return Array.from({ length: 12 }, (_, row) => cell(row)).join("\n") + "\n";
  };
  // A cell of a space, a comma at the end of each line, and blank lines.
  const spaced = await read(
    "x,y,label,\n" + rows((row) => `${row === 4 ? " " : row / 4},${row % 5},${"ab"[row % 2]},`) +
      "\n\n",
  );
  assertEquals([spaced.rows, spaced.featureNames], [12, ["x", "x_missing", "y"]]);
  // Text in quotes over several lines.
  const quotedText = await read(
    "x,note,label\n" + rows((row) => `${row / 4},"two\nlines, ""${row}""",${"ab"[row % 2]}`),
  );
  assertEquals([quotedText.rows, quotedText.featureNames], [12, ["x"]]);
  // yes and no are classes.
  const answers = await read(
    "x,y,label\n" + rows((row) => `${row / 4},${row % 5},${["yes", "no"][row % 2]}`),
  );
  assertEquals(answers.classes, ["no", "yes"]);
  // No header, and the target names a value of the first row.
  const headless = rows((row) => `${row / 4},${row * row % 7},${"ab"[row % 2]}`);
  assertEquals(
    await problemOf(headless, { target: "a" }),
    'f.csv:1: Cannot use target "a": it is a value in the first row, and the table has no header ' +
      "(write target: 3 or -1 if that column is meant)",
  );
  assertEquals((await read(headless, { target: 3 })).rows, 12);
});

Deno.test("a wide table takes a few KiB for each of its columns", async () => {
  const columns = 2 ** 16;
  const header = Array.from({ length: columns }, (_, column) => `c${column}`).join();
  const rows = Array.from({ length: 6 }, (_, row) => {
    return Array.from({ length: columns }, (_, column) => row * column % 9 / 2).join();
  });
  const lines = [`${header},label`, ...rows.map((row, index) => `${row},${"ab"[index % 2]}`)];
  const module = new URL("_memory_works.ts", import.meta.url);
  const input = new TextEncoder().encode(lines.join("\n"));
  // 65,536 columns of 5 KiB: their names, counts and few different values.
  await assertTakesLessThan(320, { module, name: "parseWideTable", input });
});

Deno.test("a column that mixes 5% and 5 is refused at the first of the rarer kind", async () => {
  const percents = (row: number) => row === 7 ? "5" : `${row % 9}%`;
  assertStringIncludes(
    await problemOf(tableOf("y", percents)),
    `f.csv:9:6: Cannot use column "y" as number: 29 of 30 numbers have a percent sign, the other one does not
  9 | 4.75,5,b
    |      ^ write all of them one way in the file, or drop: [y]`,
  );
  assertStringIncludes(
    await problemOf(tableOf("y", (row) => row === 7 ? "5%" : row % 9)),
    'f.csv:9:6: Cannot use column "y" as number: 1 of 30 numbers has a percent sign, the others do not',
  );
  assertEquals(await told("y", percents, { drop: ["y"] }), "number drop: the experiment drops it");
});

Deno.test("0 and 5% are percents, and so are 5% and 5 as categories", async () => {
  assertEquals(await told("y", (row) => row % 3 ? `${row}%` : 0), "number feature");
  const mixed = (row: number) => row % 2 ? "5" : "5%";
  assertEquals(await told("y", mixed, { columns: { y: "category" } }), "category feature");
});

Deno.test("a target of a regression that mixes 5% and 5 is refused", async () => {
  const text = tableOf("y", (row) => row, "label").replace(/,[abc]$/gm, "");
  const rows = text.split("\n").slice(1).map((line, row) =>
    `${line},${row / 7}${row % 3 ? "%" : ""}`
  );
  assertStringIncludes(
    await problemOf(["x,y,label", ...rows].join("\n")),
    'Cannot use "label" as target of a regression: 20 of 30 numbers have a percent sign',
  );
});

Deno.test("a cell that is too long is shown where it is, with the way out", async () => {
  const text = tableOf("y", (row) => row === 7 ? "A".repeat(20_000) : "B");
  assertStringIncludes(
    await problemOf(text),
    'f.csv:9:6: Cannot use column "y" as category: a cell is not UTF-8 text of at most 10,000 bytes',
  );
  assertStringIncludes(await problemOf(text), "write drop: [y]");
});

Deno.test("a column named as an identifier whose values repeat is pointed out", async () => {
  const warning = "its name is that of an identifier, and its values repeat";
  assertEquals(await told("patient_id", (row) => row % 7), `number feature: ${warning}`);
  assertEquals(await told("patient_id", (row) => `P${row % 7}`), `category feature: ${warning}`);
  assertEquals(await told("id", (row) => row % 2), "number feature");
});

Deno.test("a target that is a number in quotes, and skip_rows past the end, say what is wrong", async () => {
  const text = tableOf("y", (row) => row % 4);
  assertStringIncludes(
    await problemOf(text, { target: "3" }),
    "write target: 3, without quotes, for the column in that place",
  );
  assertEquals(
    await problemOf(text, { skipRows: 99 }),
    "f.csv: Cannot use skip_rows 99: nothing is left of f.csv",
  );
});

Deno.test("numbers that are taken for rare classes can be quantities", async () => {
  assertStringIncludes(
    await problemOf("x,label\n1,2\n2,3\n3,2\n4,5\n", { task: "classification" }),
    "write task: regression if the numbers are quantities",
  );
});
