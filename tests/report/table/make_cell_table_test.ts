import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { answerOf } from "../../../src/report/answer_of.ts";
import { isText } from "../../../src/report/table/cell_table.ts";
import { pageTable, withCells } from "../../../src/report/table/page_table.ts";
import { fieldTexts, intervalTextOf } from "../../../src/report/table/field_text.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { columnOf, tableOf, tableOfInput } from "./_table_of.ts";

Deno.test("makeCellTable() has a column for each hyperparameter, and all cells", () => {
  const table = tableOf(SAMPLES.fourTechniques);
  const swept = table.columns.filter(({ group }) => group === "swept");
  assertEquals(swept.map(({ name }) => name), [
    "l1_penalty",
    "l2_penalty",
    "dropout",
    "prune_threshold",
  ]);
  assertEquals(table.rows, sampleInput(SAMPLES.fourTechniques).manifest.experiment.cells.length);
  for (const { fields } of table.columns) assertEquals(fields.length, table.rows);
});

Deno.test("makeCellTable() has the baseline as a row of its own, without a difference", () => {
  const table = tableOf(SAMPLES.l1VsL2);
  const row = columnOf(table, "role").fields.findIndex((role) => String(role).includes("baseline"));
  assertEquals(columnOf(table, "name").fields[row], "no regularization");
  assertEquals(columnOf(table, "cell").fields[row], "l1_penalty=0");
  for (const name of ["mean_difference", "verdict", "p_adjusted"]) {
    assertEquals(columnOf(table, name).fields[row], null, name);
  }
  assert(typeof columnOf(table, "mean").fields[row] === "number");
});

Deno.test("makeCellTable() keeps numbers as the CSV files have them, and rounds their texts", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const table = tableOfInput(input);
  const [name] = columnOf(table, "cell").fields;
  const mean = columnOf(table, "mean");
  const summary = input.cells.find(({ cell }) => cell === name);
  assertEquals([mean.fields[0], mean.interval?.low[0]], [summary?.mean, summary?.ciLow]);
  assertEquals(fieldTexts(mean)(0), (100 * Number(summary?.mean)).toFixed(2));
  assert(/^\d\d\.\d\d to \d\d\.\d\d/.test(intervalTextOf(mean, 0)), intervalTextOf(mean, 0));
  assertEquals(mean.interval?.heading, "95% interval");
  assertEquals(
    columnOf(table, "mean_difference").interval?.heading,
    "simultaneous 95% interval",
  );
});

for (const metric of ["validation_accuracy", "validation_loss"] as const) {
  Deno.test(`the table of cells writes differences in ${metric} as the answer does`, () => {
    const input = sampleInput({ ...SAMPLES.l1VsL2, metric });
    const table = tableOfInput(input);
    const { compared } = answerOf(input);
    const row = columnOf(table, "cell").fields.indexOf(String(compared?.cell));
    const difference = columnOf(table, "mean_difference");
    const text = compared?.text.replaceAll("\u00a0", " ") ?? "";
    assertMatch(fieldTexts(difference)(row), /^[+−]\d/);
    assert(text.startsWith(`${fieldTexts(difference)(row)} `), text);
    assertStringIncludes(text, ` ${intervalTextOf(difference, row)},`);
  });
}

Deno.test("makeCellTable() points out no cell where there is only one", () => {
  const table = tableOf(SAMPLES.oneCell);
  assertEquals(table.columns.some(({ name }) => name === "role"), false);
});

Deno.test("makeCellTable() has test scores of the cells alone that were scored", () => {
  const table = tableOf(SAMPLES.l1VsL2);
  const roles = columnOf(table, "role").fields;
  columnOf(table, "test_accuracy").fields.forEach((score, row) =>
    assertEquals(score !== null, roles[row] !== null, String(roles[row]))
  );
});

Deno.test("makeCellTable() knows words from numbers, and which way is better", () => {
  const table = tableOf(SAMPLES.threeWays);
  assertEquals(isText(columnOf(table, "activation")), true);
  assertEquals(isText(columnOf(table, "learning_rate")), false);
  assertEquals(table.order, { column: "mean", isDescending: true });
  assertEquals(tableOf(SAMPLES.loss).order, { column: "mean", isDescending: false });
});

Deno.test("makeCellTable() works where no run has a result, and of a single cell", () => {
  const table = tableOf(SAMPLES.allDiverged);
  assertEquals(table.columns.some(({ name }) => name === "mean"), false);
  assertEquals(columnOf(table, "diverged").fields, [4, 4, 4]);
  const single = tableOf(SAMPLES.oneCell);
  assertEquals(single.rows, 1);
});

Deno.test("makeCellTable() gives a hyperparameter its key, whatever results are called", () => {
  const input = sampleInput(SAMPLES.undecided);
  const renamed = (key: string) => key === "dropout" ? "verdict" : key;
  const values = (given: object) =>
    Object.fromEntries(Object.entries(given).map(([key, value]) => [renamed(key), value]));
  const { experiment } = input.manifest;
  const table = tableOfInput({
    ...input,
    cells: input.cells.map((cell) => ({ ...cell, values: values(cell.values) })),
    manifest: {
      ...input.manifest,
      experiment: {
        ...experiment,
        swept: experiment.swept.map((about) => ({ ...about, key: renamed(about.key) })),
        cells: experiment.cells.map((cell) => ({ ...cell, values: values(cell.values) })),
      },
    },
  });
  assert(typeof columnOf(table, "verdict").fields[0] === "number");
  assert(columnOf(table, "result_verdict").fields.includes("undecided"));
  const names = table.columns.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("makeCellTable() heads measures of any size with their power of ten", () => {
  const headings = tableOf(SAMPLES.prices).columns.map(({ heading }) => heading);
  assertEquals(headings.filter((heading) => /MSE/.test(heading) && !/^Test/.test(heading)), [
    "Best validation RMSE",
    "Validation MSE (10⁹)",
    "Best validation MSE (10⁹)",
    "Training RMSE",
    "Training MSE (10⁹)",
  ]);
});

Deno.test("withCells() gives back what pageTable() left out", () => {
  const input = sampleInput(SAMPLES.threeWays);
  const table = tableOfInput(input);
  const small = pageTable(table);
  assert(JSON.stringify(small).length < 0.8 * JSON.stringify(table).length);
  const values = new Map(input.manifest.experiment.cells.map((cell) => [cell.name, cell.values]));
  const [names, csvNames] = table.columns.map(({ fields }) => fields.map(String));
  const cells = names.map((name, row) => {
    const csvName = csvNames[row];
    return { name, csvName, values: values.get(csvName) ?? {} };
  });
  const whole = withCells(JSON.parse(JSON.stringify(small)), cells);
  for (const [index, { name, fields }] of whole.columns.entries()) {
    fields.forEach((field, row) => {
      const given = table.columns[index].fields[row];
      if (typeof field !== "number") assertEquals(field, given, name);
      else assertAlmostEquals(field, Number(given), Math.abs(1e-6 * Number(given)), name);
    });
  }
});

Deno.test("makeCellTable() says by what cells are ranked: differences where seeds differ", () => {
  assertEquals(tableOf(SAMPLES.l1VsL2).order, { column: "mean", isDescending: true });
  assertEquals(tableOf(SAMPLES.loss).order, { column: "mean", isDescending: false });
  const table = tableOf(SAMPLES.looks);
  assertEquals(table.order, { column: "mean_difference", isDescending: true });
  const differences = columnOf(table, "mean_difference").fields.map((field) => Number(field ?? 0));
  assertEquals(differences, differences.toSorted((a, b) => b - a));
});
