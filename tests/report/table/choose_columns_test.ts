import { assertEquals, assertThrows } from "@std/assert";
import { chooseColumns, defaultColumns } from "../../../src/report/table/choose_columns.ts";
import { formatProblems, UserError } from "../../../src/user_error.ts";
import { SAMPLES } from "../_samples.ts";
import { tableOf } from "./_table_of.ts";

const table = tableOf(SAMPLES.l1VsL2);

Deno.test("defaultColumns() has names for terminals, hyperparameters for papers, all for programs", () => {
  const names = (format: Parameters<typeof defaultColumns>[1], of = table) =>
    defaultColumns(of, format).map(({ name }) => name);
  const results = [
    ...["role", "mean", "mean_difference", "verdict", "p_adjusted", "n"],
    "test_accuracy",
  ];
  assertEquals(names("text"), ["name", ...results]);
  for (const format of ["markdown", "latex"] as const) {
    assertEquals(names(format), ["l1_penalty", "l2_penalty", ...results]);
  }
  for (const format of ["csv", "json"] as const) {
    assertEquals(names(format), table.columns.map(({ name }) => name));
  }
});

Deno.test("chooseColumns() keeps the order that was asked for", () => {
  const chosen = chooseColumns(table, "mean, verdict,name").map(({ name }) => name);
  assertEquals(chosen, ["mean", "verdict", "name"]);
});

Deno.test("chooseColumns() refuses unknown columns, with the nearest and all that there are", () => {
  const error = assertThrows(() => chooseColumns(table, "mean,verdikt,x"), UserError);
  const [first, second, last] = formatProblems(error.problems).split("\n");
  assertEquals(first, 'Unknown column "verdikt" (did you mean "verdict"?)');
  assertEquals(second.startsWith('Unknown column "x" (there are name, cell, l1_penalty'), true);
  assertEquals(last.startsWith("The columns are name, cell, l1_penalty, l2_penalty, role"), true);
});
