import { assertEquals, assertMatch } from "@std/assert";
import type { Reading } from "../../../src/dataset/table/reading.ts";
import { bytesOf, type Cell, problemOf, readTable } from "./_read_table.ts";

const NAMES = ["x", "y", "label"];
const ROWS: Cell[][] = [[1.29, 114.5, "a"], [2.07, 72.4, "b"], [2.91, 60.3, "c"], [-1, 85.6, "a"]];
const CSV = "x,y,label\n1.29,114.5,a\n2.07,72.4,b\n2.91,60.3,c\n-1,85.6,a\n";
const BODY = CSV.slice(CSV.indexOf("\n") + 1);

/** Files that hold the same table, and what is told from each beside the usual. */
const SAME_TABLE: readonly (readonly [what: string, file: string, told?: Partial<Reading>])[] = [
  ["commas", CSV],
  ["semicolons", CSV.replaceAll(",", ";"), { separator: "semicolon" }],
  ["semicolons and quotes", `"x";"y";"label"\n${BODY.replaceAll(",", ";")}`, {
    separator: "semicolon",
  }],
  ["tabs", CSV.replaceAll(",", "\t"), { separator: "tab" }],
  ["bars", CSV.replaceAll(",", "|"), { separator: "bar" }],
  ["spaces", CSV.replaceAll(",", " "), { separator: "space" }],
  [
    "columns of fixed width",
    "  x       y label\n1.29   114.5  a\n 2.07 72.4 \t b \n2.91 60.3 c\n-1 85.6 a",
    {
      separator: "space",
    },
  ],
  ["spaces after commas", CSV.replaceAll(",", ", ")],
  ["decimal commas", CSV.replaceAll(",", ";").replaceAll(".", ","), {
    separator: "semicolon",
    decimal: ",",
  }],
  ["decimal commas between tabs", CSV.replaceAll(",", "\t").replaceAll(".", ","), {
    separator: "tab",
    decimal: ",",
  }],
  ["decimal commas in quotes", CSV.replace(/(\d+)\.(\d+)/g, '"$1,$2"'), { decimal: "," }],
  ["Excel's line", `sep=;\n${CSV.replaceAll(",", ";")}`, { separator: "semicolon" }],
  ["a byte-order mark", `\ufeff${CSV}`],
  ["a byte-order mark and Excel's line", `\ufeffsep=,\r\n${CSV}`],
  ["CR LF", CSV.replaceAll("\n", "\r\n")],
  ["CR", CSV.replaceAll("\n", "\r")],
  ["CR CR LF", CSV.replaceAll("\n", "\r\r\n")],
  ["blank lines", `\n${CSV.replaceAll("\n", "\n \n")}\n\n`],
  ["rows of commas at the end", `${CSV},,\n,,\n`],
  ["a comma at the end of each line", CSV.replaceAll("\n", ",\n"), { emptyColumns: 1 }],
  ["three semicolons at the end of each line", CSV.replaceAll(",", ";").replaceAll("\n", ";;;\n"), {
    separator: "semicolon",
    emptyColumns: 3,
  }],
  ["a comma at the end of each row", `x,y,label\n${BODY.replaceAll("\n", ",\n")}`, {
    emptyColumns: 1,
  }],
  ["a comma at the end of the header", `x,y,label,\n${BODY}`],
  ["comments", `# exported 2024-05-01\n# unit: mm\n${CSV}`, { comment: "#" }],
  ["comments between rows", CSV.replace("2.07", "# a break, of an hour, or, two\n2.07"), {
    comment: "#",
  }],
  ["comments with %", `% exported\n\n${CSV}% the end\n`, { comment: "%" }],
  ["a header in a comment", `# made up\n#x,y,label\n${BODY}`, { comment: "#" }],
  ["quotes", CSV.replace(/[^,\n]+/g, '"$&"')],
  ["single quotes", CSV.replace(/[^,\n]+/g, "'$&'"), { singleQuotes: true }],
];
const USUAL: Reading = {
  format: "text",
  encoding: "utf-8",
  separator: "comma",
  header: true,
  decimal: ".",
  comment: "",
  skipRows: 0,
  singleQuotes: false,
  thousands: "",
  hasIndex: false,
  emptyColumns: 0,
};

for (const [what, file, told] of SAME_TABLE) {
  Deno.test(`openTable() reads a table with ${what}`, async () => {
    const { reading, names, rows } = await readTable(file);
    assertEquals({ names, rows }, { names: NAMES, rows: ROWS });
    assertEquals(reading, { ...USUAL, ...told });
  });
}

Deno.test("openTable() reads the same again with what it told", async () => {
  for (const [what, file] of SAME_TABLE) {
    const first = await readTable(file);
    assertEquals(await readTable(file, first.reading), first, what);
  }
});

Deno.test("openTable() takes the options in place of what it would tell", async () => {
  const read = async (text: string, options: Parameters<typeof readTable>[1]) =>
    (await readTable(text, options)).rows;
  assertEquals(await read("x;y\n1;2,5\n", { separator: ";", decimal: "," }), [[1, 2.5]]);
  assertEquals(await read("x;y\n1;2,500\n", { separator: ";", decimal: "." }), [[1, 2500]]);
  assertEquals(await read("x;y\n1;2,500\n", { decimal: "," }), [[1, 2.5]]);
  for (const separator of ["tab", "\t", "\\t"]) {
    assertEquals(await read("x\ty\n1\t2\n", { separator }), [[1, 2]]);
  }
  assertEquals(await read("1,2\n3,4\n", { header: false }), [[1, 2], [3, 4]]);
  assertEquals(await read("a b,c\n1 2,3\n", { separator: "comma" }), [["1 2", 3]]);
  assertEquals(await read("title\nof, it\nx,y\n1,2\n", { skipRows: 2 }), [[1, 2]]);
  assertEquals(await read("x,y\n//no\n1,2\n", { comment: "//" }), [[1, 2]]);
  assertEquals(await read("x,y\n#1,a\n#2,b\n", { comment: "" }), [["#1", "a"], ["#2", "b"]]);
});

Deno.test("openTable() takes a first row of values for no header", async () => {
  for (
    const [what, first] of [
      ["numbers and a class", "0.2,98.1,a"],
      ["numbers and a class of its own", "2.5,80,d"],
      ["a gap", "?,80,a"],
    ]
  ) {
    const { reading, names, rows, line } = await readTable(`${first}\n${BODY}`);
    assertEquals([reading.header, rows.length, line], [false, 5, 1], what);
    assertEquals(names, ["column_1", "column_2", "column_3"]);
  }
  const mushrooms = "p,x,s\ne,x,s\np,x,y\ne,b,s\n";
  assertEquals((await readTable(mushrooms)).reading.header, false);
});

Deno.test("openTable() takes numbers in steps for names, as pandas and spectra have them", async () => {
  const rows = "5,3,1,2,4,2\n7,1,1,0,9,1\n";
  assertEquals((await readTable(`0,1,2,3,4,5\n${rows}`)).reading.header, true);
  assertEquals((await readTable(`0,1,2,3,4,label\n${rows}`)).reading.header, true);
  assertEquals(
    (await readTable(`400.5,402.5,404.5,406.5,408.5,410.5\n${rows}`)).reading.header,
    true,
  );
  assertMatch(
    await problemOf("1,2,3\n3,1,2\n2,2,1\n"),
    /^f\.csv:1: Cannot tell whether line 1 names/,
  );
});

Deno.test("openTable() takes words that nothing contradicts for names", async () => {
  const { reading, names } = await readTable("first,second\nred,long\nblue,short\n");
  assertEquals([reading.header, names], [true, ["first", "second"]]);
});

Deno.test("openTable() tells nothing where it reads as the first version did", async () => {
  const { names, rows } = await readTable("1,2,'a'\n1.5,2,'b'\n#,3,c\n", { asFirstVersion: true });
  assertEquals(names, ["1", "2", "'a'"]);
  assertEquals(rows, [[1.5, 2, "'b'"], ["#", 3, "c"]]);
});

Deno.test("openTable() refuses header: true above a row of values", async () => {
  const place = { file: "e.yaml", line: 4, column: 11 };
  const options = { header: true, places: { header: place } };
  assertEquals(
    await problemOf(BODY, options),
    "e.yaml:4:11: Cannot use header: true: line 1 of f.csv is a row of values like those below; " +
      "write header: false, or skip_rows where lines above the header are none of it",
  );
  assertEquals(await problemOf(CSV, options), "");
});

Deno.test("openTable() asks whether a record with names and values is a header", async () => {
  assertEquals(
    await problemOf(`1.5,y,a\n${BODY}`),
    "f.csv:1: Cannot tell whether line 1 names the columns or is a row; " +
      "write header: true or header: false",
  );
  const { names } = await readTable(`1.5,y,a\n${BODY}`, { header: true });
  assertEquals(names, ["1.5", "y", "a"]);
});

Deno.test("openTable() names the index column that pandas or R wrote", async () => {
  const pandas = `,x,y,label\n${BODY.replace(/^/gm, "0,").slice(0, -2)}`;
  const rows = BODY.trimEnd().split("\n").map((row, index) => `"${index + 1}",${row}`).join("\n");
  for (const file of [pandas, `"x","y","label"\n${rows}`]) {
    const { reading, names } = await readTable(file);
    assertEquals(names, ["column_1", ...NAMES]);
    assertEquals(reading.hasIndex, true);
  }
});

Deno.test("openTable() reads what R's write.table writes", async () => {
  const rows = BODY.trimEnd().replaceAll(/[a-c]$/gm, '"$&"').replaceAll(",", " ").split("\n");
  const file = ['"x" "y" "label"', ...rows.map((row, index) => `"${index + 1}" ${row}`)].join("\n");
  const table = await readTable(file);
  assertEquals(table.names, ["column_1", ...NAMES]);
  assertEquals(table.rows.map((row) => row.slice(1)), ROWS);
});

Deno.test("openTable() reads the air quality table of UCI as it is", async () => {
  const { reading, names, rows } = await readTable(
    "Date;Time;CO(GT);NO2(GT);RH;;\r\n10/03/2004;18.00.00;2,6;113;48,9;;\r\n" +
      "10/03/2004;19.00.00;2;92;47,7;;\r\n11/03/2004;00.00.00;-200;-200;56,8;;\r\n" +
      ";;;;;;\r\n".repeat(3),
  );
  assertEquals(names, ["Date", "Time", "CO(GT)", "NO2(GT)", "RH"]);
  assertEquals([reading.decimal, reading.emptyColumns, rows.length], [",", 2, 3]);
  assertEquals(rows[0], ["10/03/2004", "18.00.00", 2.6, 113, 48.9]);
});

Deno.test("openTable() keeps a nameless column that has values, and numbers it", async () => {
  const { names, rows } = await readTable("x,y,\n1,2,\n3,4,more\n5,6,\n");
  assertEquals(names, ["x", "y", "column_3"]);
  assertEquals(rows[1], [3, 4, "more"]);
});

Deno.test("openTable() leaves a row of too many fields as it is, though lines end with commas", async () => {
  const { names, rows } = await readTable(`${CSV}1,2,3,4,b\n`.replaceAll("\n", ",\n"));
  assertEquals(names.length, 3);
  assertEquals(rows.at(-1)?.length, 6);
});

Deno.test("openTable() refuses two columns of one name, and says what to write", async () => {
  assertEquals(
    await problemOf("x,x,label\n1,2,a\n"),
    `f.csv:1:3: Columns 1 and 2 are both "x"; rename one, or write header: false and skip_rows: 1
  1 | x,x,label
    |   ^`,
  );
  assertMatch(
    await problemOf("x,y,x,y,x\n1,2,3,4,a\n"),
    /^f\.csv:1:5: Columns 1 and 3 are both "x", and 2 more repeat names; rename them, or write /,
  );
  const { names, rows } = await readTable("x,x,label\n1,2,a\n3,4,b\n", {
    header: false,
    skipRows: 1,
  });
  assertEquals([names[1], rows], ["column_2", [[1, 2, "a"], [3, 4, "b"]]]);
});

Deno.test("openTable() reads UTF-16 and Latin-1", async () => {
  const text = "größe,naïve,label\n1.5,2,ä\n2.5,3,–\n";
  const units = Array.from(text, (character) => character.charCodeAt(0));
  const little = (units: number[]) =>
    Uint8Array.from(units.flatMap((unit) => [unit & 255, unit >> 8]));
  const big = (units: number[]) =>
    Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 255]));
  const latin1 = Uint8Array.from(units, (unit) => unit === 0x2013 ? 0x96 : unit);
  const plain = await readTable(text);
  for (const make of [little, big]) {
    for (const mark of [[0xfeff], []]) {
      const { reading, ...table } = await readTable(make([...mark, ...units]));
      assertEquals({ ...table, reading: { ...reading, encoding: "utf-8" } }, plain);
      assertEquals(reading.encoding, "utf-16");
    }
  }
  const { reading, ...table } = await readTable(latin1);
  assertEquals({ ...table, reading: { ...reading, encoding: "utf-8" } }, plain);
  assertEquals(reading.encoding, "latin-1");
  assertMatch(
    await problemOf(latin1, { encoding: "utf-8" }),
    /the name of column 1: it is not UTF-8/,
  );
});

Deno.test("openTable() refuses bytes that could be of two encodings, or of none", async () => {
  const damaged = new Uint8Array([...bytesOf("x,y\n1,ä\n2,"), 0xe4, 0x0a]);
  assertEquals(
    await problemOf(damaged),
    "f.csv:3: Cannot tell the encoding: 1 characters are UTF-8, 1 bytes are not; " +
      "write encoding: latin-1 or encoding: utf-8",
  );
  assertMatch(await problemOf("x,y\n1,\0\n"), /^f.csv:2: Cannot use a byte of 0: this is no text/);
  const place = { file: "e.yaml", line: 3, column: 5 };
  assertEquals(
    await problemOf("\ufeffx,y\n1,2\n", { encoding: "latin-1", places: { encoding: place } }),
    "e.yaml:3:5: Cannot use encoding latin-1: f.csv starts with the byte-order mark of UTF-8",
  );
});

Deno.test("openTable() asks for the separator where two fit, or none does", async () => {
  assertEquals(
    await problemOf("name,first;job\nSmith,John;clerk\nGray,Ann;cook\n"),
    "f.csv:1: Cannot tell the separator: comma and semicolon fit equally well; " +
      "write separator: comma or separator: semicolon",
  );
  assertMatch(
    await problemOf("a,b\na,b,c,d,e,f\na,b,c\nc\na,b,d,e\na,b,c,d,e\n"),
    /^f\.csv:1: Cannot tell the separator: none gives most lines .* write separator: comma, /,
  );
  assertEquals(
    await problemOf(`x;"y;label\n${BODY.replaceAll(",", ";")}`),
    `f.csv:1:4: Quote is never closed
  1 | x;"y;label
    |    ^^^^^^^`,
  );
  const place = { file: "e.yaml", line: 3 };
  assertEquals(
    await problemOf(CSV, { separator: "tabs", places: { separator: place } }),
    'e.yaml:3: Cannot use separator "tabs": write comma, semicolon, tab, bar, space (did you mean tab?)',
  );
});

Deno.test("openTable() refuses a separator that no line has", async () => {
  const place = { file: "e.yaml", line: 3 };
  assertEquals(
    await problemOf(CSV, { separator: "tab", places: { separator: place } }),
    "e.yaml:3: Cannot use separator tab: most lines have none, but comma gives them 3 fields",
  );
  assertEquals((await readTable("x\n1\n", { separator: "tab" })).rows, [[1]]);
});

Deno.test("openTable() knows separators from marks in texts and dates", async () => {
  const files: readonly (readonly [text: string, separator: string, fields: number])[] = [
    ["name, first;job\nSmith, John;clerk\nGray, Ann;cook\n", "semicolon", 2],
    ["name,job title\nJohn Smith,head clerk\nAnn Gray,first cook\n", "comma", 2],
    ["symbol,date,price\nMSFT,Jan 1 2000,39\nMSFT,Feb 1 2000,36\n", "comma", 3],
    ["MSFT,Jan 1 2000,39.81\nMSFT,Feb 1 2000,36.35\n", "comma", 3],
    ["x|text\n1|a, b and c\n2|b, c and d\n", "bar", 2],
    ["date\tx\n2020-01-01 10:00\t1\n2020-01-02 10:00\t2\n", "tab", 2],
    ['8 307.0 130.0\t"chevrolet malibu"\n8 350.0 165.0\t"buick skylark"\n', "space", 4],
    ["x\ty\n1,5\t2,5\n3,5\t4,5\n", "tab", 2],
    ["x;list\n1;a,b,c\n2;d,e,f\n", "semicolon", 2],
  ];
  for (const [text, separator, fields] of files) {
    const { reading, names } = await readTable(text);
    assertEquals([reading.separator, names.length], [separator, fields], text);
  }
});

Deno.test("openTable() reads percent signs and thousands separators", async () => {
  const rowsOf = async (text: string) => (await readTable(text)).rows;
  assertEquals(await rowsOf('x,y\n1.83,86.5%\n2,"1,200 %"\n'), [[1.83, 86.5], [2, 1200]]);
  assertEquals(await rowsOf('x,y\n1,"86,300"\n2,950\n3,"1,250.5"\n'), [
    [1, 86300],
    [2, 950],
    [3, 1250.5],
  ]);
  assertEquals(await rowsOf("x;y\n1.234,5;2\n0,5;1.000.000\n"), [[1234.5, 2], [0.5, 1e6]]);
  assertEquals(await rowsOf("x;y\n1'234.5;2\n12;3\n"), [[1234.5, 2], [12, 3]]);
  assertEquals(await rowsOf("x;y\n1 234,5;2\n1\u202f000;3\n"), [[1234.5, 2], [1000, 3]]);
  assertEquals((await readTable('x,y\n1,"86,300"\n')).reading.thousands, ",");
});

Deno.test("openTable() asks for the decimal mark where numbers disagree or could be either", async () => {
  const wayOut = `write decimal: "." or decimal: ","`;
  assertEquals(
    await problemOf("x;y\n1,234;2\n5,678;3\n"),
    `f.csv:2: Cannot tell the decimal mark: 1,234 could be 1234 or 1.234; ${wayOut}`,
  );
  assertEquals(
    await problemOf('x,y\n1,"86,300"\n2,9500\n'),
    `f.csv:2: Cannot tell the decimal mark: 86,300 could be 86300 or 86.300; ${wayOut}`,
  );
  assertEquals(
    await problemOf("x;y\n1.5;2\n2.5;2,25\n"),
    `f.csv:3: Cannot tell the decimal mark: line 2 has 1.5, line 3 has 2,25; ${wayOut}`,
  );
  assertEquals(
    await problemOf("x;y\n1.234;2\n-5.678;3\n"),
    `f.csv:2: Cannot tell the decimal mark: 1.234 could be 1234 or 1.234; ${wayOut}`,
  );
  assertEquals(await problemOf("x;y\n1.234;0.5\n5.678;3\n"), "");
  assertEquals(await problemOf("x,address\n1.5,192.168.100\n2.5,10.100.200\n"), "");
});

Deno.test("openTable() refuses lines above the header, and says how many to skip", async () => {
  assertEquals(
    await problemOf(`Report of May\n\n${CSV}`),
    "f.csv:1: Cannot use line 1 of 1 field: most have 3; " +
      "if the table begins in line 3, write skip_rows: 2",
  );
  assertEquals((await readTable(`Report of May\n\n${CSV}`, { skipRows: 2 })).rows, ROWS);
  const message = "f.csv:1: Cannot tell whether line 1 is a header: it names 1 of 3 columns; " +
    "write header: true, or skip_rows: 1 if the table begins below it";
  assertEquals(await problemOf(`Report of May,,\n${CSV}`), message);
  assertEquals(await problemOf("Report of May,,\nx,y,label\nred,low,a\nblue,low,b\n"), message);
  assertEquals((await readTable(`Report of May,,\n${CSV}`, { skipRows: 1 })).rows, ROWS);
});

Deno.test("openTable() refuses the counts in scikit-learn's own files, and says what to write", async () => {
  const iris = "150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n4.9,3.0,1.4,0.2,0\n";
  const wine = "178,4,class_0,class_1,class_2\n" + "14.23,1.71,2.43,15.6,0\n".repeat(3);
  const houses = '506,4,,,\n"CRIM","ZN","INDUS","CHAS","MEDV"\n0.1,18,2.31,0,24\n0.2,0,7,0,21.6\n';
  const message = (rows: number, more = "") =>
    `f.csv:1: Cannot use line 1 as a header or a row: it looks like counts, ${rows} rows of ` +
    `4 columns; write skip_rows: 1${more}`;
  assertEquals(await problemOf(iris), message(150, " and header: false"));
  assertEquals(await problemOf(wine), message(178, " and header: false"));
  assertEquals(await problemOf(houses), message(506));
  const { rows } = await readTable(iris, { skipRows: 1, header: false });
  assertEquals(rows, [[5.1, 3.5, 1.4, 0.2, 0], [4.9, 3, 1.4, 0.2, 0]]);
});

Deno.test("openTable() asks whether lines that could be rows are comments", async () => {
  assertEquals(
    await problemOf("# done\nx,y\n1,a\n#2,b\n3,c\n"),
    "f.csv:4: Cannot tell whether lines that begin with # are comments: " +
      'line 4 could be a row; write comment: "#" or comment: ""',
  );
  assertMatch(
    await problemOf(`%1,2,a\n${BODY}`),
    /^f\.csv:1: Cannot tell whether lines that begin/,
  );
  const colors = await readTable("color,y\n#ff0000,1\n#00ff00,2\nred,3\n");
  assertEquals([colors.reading.comment, colors.rows.length], ["", 3]);
  const pokemon = await readTable("#,Name,Attack\n1,Bulbasaur,49\n2,Ivysaur,62\n");
  assertEquals([pokemon.names[1], pokemon.rows.length], ["Name", 2]);
});

Deno.test("openTable() asks whether a comment of as many words as columns names them", async () => {
  const file = `# x y label\n${BODY.replaceAll(",", " ")}`;
  assertEquals(
    await problemOf(file),
    "f.csv:1: Cannot tell whether the comment in line 1 names the columns; " +
      "write header: true or header: false",
  );
  assertEquals((await readTable(file, { header: true })).names, NAMES);
  assertEquals((await readTable(file, { header: false })).names[0], "column_1");
});

Deno.test("openTable() refuses files of other formats in a sentence", async () => {
  const files: readonly (readonly [start: string, message: RegExp])[] = [
    [
      "PK\x03\x04\x14\0\x06\0[Content_Types].xml xl/workbook.xml",
      /an Excel workbook; save it as CSV/,
    ],
    ["PK\x03\x04 data.csv", /a zip archive; unpack it first/],
    ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", /an old Excel or other Office file; save it as CSV/],
    ["\x1f\x8b\x08\0", /gzipped; its name must end with \.gz/],
    ['[{"x": 1}, {"x": 2}]', /JSON; save it as CSV/],
    ['{"x": 1}\n{"x": 2}\n', /JSON; save it as CSV/],
    ["% iris\n@RELATION iris\n@ATTRIBUTE x REAL\n", /an ARFF file; save it as CSV/],
    ["<!DOCTYPE html><html>", /HTML or XML; save it as CSV/],
    ["\x93NUMPY\x01\0", /a NumPy array; /],
    ["+1 1:0.5 2:0.25\n-1 1:0.1\n", /in the format of LIBSVM; /],
    ["version https://git-lfs.github.com/spec/v1\n", /a pointer of Git LFS/],
  ];
  for (const [start, message] of files) {
    const bytes = Uint8Array.from(start, (character) => character.charCodeAt(0));
    const problem = await problemOf(bytes);
    assertMatch(problem, message);
    assertEquals(problem.split("\n").length, 1);
  }
  assertEquals(await problemOf("FEA1,FEA2\n1,2\n"), "");
  assertEquals(await problemOf("x at\n1 10:30\n2 10:45\n"), "");
  assertEquals(await problemOf(""), "f.csv:1: File is empty");
  assertEquals(await problemOf("\ufeff\n\n"), "f.csv:1: File is empty");
  // A pattern that backtracks would take hours.
  for (const piece of ["\n", "\r\n", " \n", "\t", "%\n"]) await problemOf(piece.repeat(5000));
});
