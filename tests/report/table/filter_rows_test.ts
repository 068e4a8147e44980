import { assertEquals } from "@std/assert";
import { filterRows } from "../../../src/report/table/filter_rows.ts";
import type { CellTable } from "../../../src/report/table/cell_table.ts";
import { SAMPLES } from "../_samples.ts";
import { columnOf, plainTableOf, tableOf } from "./_table_of.ts";

const table = tableOf(SAMPLES.threeWays);

/** The names of the cells that a text keeps. */
function kept(text: string, of: CellTable = table) {
  const names = columnOf(of, "cell").fields;
  return filterRows(text, of).rows?.map((row) => String(names[row])).sort();
}

Deno.test("filterRows() keeps the cells that meet all conditions", () => {
  assertEquals(kept("learning_rate>0.05 activation=relu l2_penalty<=0.0001"), [
    "learning_rate=0.1 l2_penalty=0 activation=relu",
    "learning_rate=0.1 l2_penalty=0.0001 activation=relu",
    "learning_rate=0.3 l2_penalty=0 activation=relu",
    "learning_rate=0.3 l2_penalty=0.0001 activation=relu",
  ]);
  assertEquals(kept("activation != relu")?.length, 12);
  assertEquals(kept("  ")?.length, 24);
});

Deno.test("filterRows() keeps the cells that have any of several values, or none of them", () => {
  assertEquals(kept("activation=relu|tanh")?.length, 24);
  assertEquals(kept("learning_rate=0.03|0.3 l2_penalty=0 activation=tanh"), [
    "learning_rate=0.03 l2_penalty=0 activation=tanh",
    "learning_rate=0.3 l2_penalty=0 activation=tanh",
  ]);
  assertEquals(kept("learning_rate!=0.03|0.3")?.length, 8);
  assertEquals(filterRows("learning_rate>0.03|0.1", table).problem, {
    reason: "> compares with one number, not with one of several",
    hint: "learning_rate is 0.03, 0.1 or 0.3",
  });
});

Deno.test("filterRows() finds a cell by its name, in words or in the CSV files", () => {
  const [name] = columnOf(table, "name").fields;
  assertEquals(filterRows(String(name), table), { rows: [0] });
  const cell = "learning_rate=0.1 l2_penalty=0 activation=relu";
  assertEquals(kept(cell), [cell]);
});

Deno.test("filterRows() compares results, too, and shares in percent", () => {
  const { fields } = columnOf(table, "mean");
  const good = fields.filter((mean) => Number(mean) > 0.96).length;
  assertEquals(filterRows("mean>0.96", table).rows?.length, good);
  assertEquals(filterRows("mean>96%", table).rows?.length, good);
  const worse = columnOf(table, "verdict").fields.filter((verdict) => verdict === "worse").length;
  assertEquals(filterRows("verdict=worse", table).rows?.length ?? 0, worse);
});

Deno.test("filterRows() reads lists, true and false, and one value for all layers", () => {
  const { columns, ...rest } = plainTableOf(["a", "b", "c"], [[32, 32], [64], true]);
  const [names, csv, rate] = columns;
  const lists = { ...rest, columns: [names, csv, { ...rate, shape: "list" as const }] };
  assertEquals(filterRows("rate=[32,32]", lists).rows, [0]);
  assertEquals(filterRows("rate=32", lists).rows, []);
  const layers = { ...rest, columns: [names, csv, { ...rate, shape: "per_layer" as const }] };
  assertEquals(filterRows("rate=32", layers).rows, [0]);
  const booleans = { ...rest, columns: [names, csv, { ...rate, isBoolean: true as const }] };
  assertEquals(filterRows("rate=true", booleans).rows, [2]);
});

Deno.test("filterRows() says what is wrong, or why no cell is left", () => {
  const problem = (text: string) => filterRows(text, table).problem;
  const pattern = "it is neither a cell's name nor a pattern, such as dropout>0.5 init=he";
  for (const text of ["dropout", "learning rate>0.1", "learning_rate>", "learning_rate==0.1"]) {
    assertEquals(problem(text), { reason: pattern }, text);
  }
  assertEquals(problem("learning_rate>0.1, activation=relu")?.hint, "leave out the comma");
  assertEquals(problem("learning_rat>0.1"), {
    reason: 'there is no column "learning_rat"',
    hint: 'did you mean "learning_rate"?',
  });
  assertEquals(problem("activation>relu"), {
    reason: "> compares numbers, not words",
    hint: "activation is relu or tanh",
  });
  assertEquals(problem("l2_penalty>0.5"), {
    reason: "no cell matches",
    hint: "l2_penalty is 0, 0.0001, 0.001 or 0.01",
  });
  assertEquals(filterRows("l2_penalty>0.5", table).rows, []);
  assertEquals(filterRows("activation>relu", table).rows, undefined);
});

Deno.test("filterRows() never keeps a cell that has no such value", () => {
  const some = plainTableOf(["a", "b"], [1, null]);
  assertEquals(filterRows("rate!=2", some).rows, [0]);
});
