import { assert, assertEquals, assertFalse } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import { csvTable, dataRows } from "../../../src/report/table/data_table.ts";
import { latexTable } from "../../../src/report/table/latex_table.ts";
import { markdownTable } from "../../../src/report/table/markdown_table.ts";
import { plainTable } from "../../../src/report/table/plain_table.ts";
import { HOSTILE_TEXT } from "../_hostile_input.ts";
import { SAMPLES } from "../_samples.ts";
import { plainTableOf, tableOf, viewOf } from "./_table_of.ts";

const view = viewOf(tableOf(SAMPLES.l1VsL2), "name", "l2_penalty", "mean", "verdict");

Deno.test("plainTable() starts words at the left and ends numbers at the right", () => {
  const table = viewOf(plainTableOf(["short", "a longer name"], [0.5, null]), "name", "rate");
  assertEquals(
    plainTable(table),
    [
      "Cell           Rate (%)",
      "short               0.5",
      "a longer name         –",
    ].join("\n"),
  );
});

Deno.test("markdownTable() is a table with a note, and intervals have a column", () => {
  const [head, rule, ...rows] = markdownTable(view, "A note.").trimEnd().split("\n");
  assertEquals(head, "| Cell | L2 penalty | Mean (%) | 95% interval | Verdict |");
  assertEquals(rule, "| :-- | --: | --: | --: | :-- |");
  assertEquals(rows.length, 9 + 2);
  assertEquals(rows.slice(-2), ["", "A note."]);
});

Deno.test("markdownTable() keeps every text in its field", () => {
  const hostile = plainTableOf([HOSTILE_TEXT, "a|b\n# c", "`x` *y* [z](w) ~~s~~ $m$"], [1, 2, 3]);
  const lines = markdownTable(viewOf(hostile, "name", "rate")).trimEnd().split("\n");
  assertEquals(lines.length, 2 + 3);
  for (const line of lines) assertEquals(line.match(/(?<!\\)\|/g)?.length, 3, line);
  assertFalse(/(?<!\\)[<>*`[\]$]/.test(lines.slice(2).join("")), lines.join("\n"));
});

Deno.test("latexTable() has booktabs' rules, and aligns numbers at the point", () => {
  const rates = plainTableOf(["a", "b", "c", "d", "e"], [0, 0.5, 0.125, 1e-5, 2.5e7]);
  assertEquals(
    latexTable(viewOf(rates, "name", "rate"), ["a comment\nin one line"]),
    String.raw`% Needs \usepackage{booktabs}
% a comment in one line
\begin{tabular}{lr}
\toprule
Cell & \multicolumn{1}{c}{Rate (\%)} \\
\midrule
a & 0\phantom{.125} \\
b & 0.5\phantom{25} \\
c & 0.125 \\
d & $10^{-5}$ \\
e & $2.5 \times 10^{7}$ \\
\bottomrule
\end{tabular}
`,
  );
});

Deno.test("latexTable() sets every text as it is", () => {
  const texts = [
    String.raw`50% & more_of #1 \x{y} $z$ ~^`,
    '−1 < 2 > 0 | 1.2\u00a0×\u00a010⁻⁹ – "q"',
  ];
  const lines = latexTable(viewOf(plainTableOf(texts, [1, 2]), "name", "rate")).split("\n");
  assertEquals(
    lines[5],
    String
      .raw`50\% \& more\_of \#1 \textbackslash{}x\{y\} \$z\$ \textasciitilde{}\textasciicircum{} & 1 \\`,
  );
  assertEquals(
    lines[6],
    String.raw`$-$1 \textless{} 2 \textgreater{} 0 \textbar{} 1.2~$\times$~10$^{-9}$ -- ` +
      String.raw`\textquotedbl{}q\textquotedbl{} & 2 \\`,
  );
  const hostile = latexTable(viewOf(plainTableOf([HOSTILE_TEXT], [1]), "name", "rate"));
  assertEquals(hostile.split("\n")[5].match(/(?<!\\)&/g)?.length, 1);
});

Deno.test("csvTable() has what a CSV reader reads back, and no formula", () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.string(), fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })))),
    (rows) => {
      const table = plainTableOf(rows.map(([text]) => text), rows.map(([, rate]) => rate));
      const [head, ...records] = parse(csvTable(viewOf(table, "name", "rate")));
      assertEquals(head, ["name", "rate"]);
      assertEquals(records.length, rows.length);
      records.forEach(([text, rate], row) => {
        const plain = text.replaceAll("\r\n", "\n");
        const [given, number] = rows[row];
        assert([given, `'${given}`].map((text) => text.replaceAll("\r\n", "\n")).includes(plain));
        assertEquals(rate, number === null ? "" : String(number));
        assertFalse(/^[=+@-]./.test(text) && Number.isNaN(Number(text)), text);
      });
    },
  ));
});

Deno.test("dataRows() has numbers as they are, the ends of intervals, and null", () => {
  const [row] = dataRows(view);
  assertEquals(Object.keys(row), [
    "name",
    "l2_penalty",
    "mean",
    "ci_low",
    "ci_high",
    "verdict",
  ]);
  assert(typeof row.mean === "number" && row.mean < 1);
  const baseline = dataRows(view).find(({ name }) => name === "no regularization");
  assertEquals(baseline?.verdict, null);
});
