import { assertEquals } from "@std/assert";
import { sortRows } from "../../../src/report/table/sort_rows.ts";
import { SAMPLES } from "../_samples.ts";
import { columnOf, plainTableOf, tableOf } from "./_table_of.ts";

function sorted(values: Parameters<typeof plainTableOf>[1], isDescending: boolean) {
  const table = plainTableOf(values.map(String), values);
  const rows = sortRows(values.map((_, row) => row), columnOf(table, "rate"), { isDescending });
  return rows.map((row) => values[row]);
}

Deno.test("sortRows() sorts numbers by size and words by letter, with what is missing at the end", () => {
  assertEquals(sorted([10, null, 9, 1e-5], false), [1e-5, 9, 10, null]);
  assertEquals(sorted([10, null, 9, 1e-5], true), [10, 9, 1e-5, null]);
  assertEquals(sorted(["tanh", "relu", null], true), ["tanh", "relu", null]);
  assertEquals(sorted(["auto", 2, "all", 1], false), [1, 2, "all", "auto"]);
  assertEquals(sorted([[128], [32, 32]], false), [[32, 32], [128]]);
});

Deno.test("sortRows() keeps the order of equal rows", () => {
  const table = plainTableOf(["a", "b", "c"], [1, 1, 0]);
  const sorted = (isDescending: boolean) =>
    sortRows([0, 1, 2], columnOf(table, "rate"), { isDescending });
  assertEquals([sorted(false), sorted(true)], [[2, 0, 1], [0, 1, 2]]);
});

Deno.test("sortRows() sorts verdicts from worse to better, and names by the experiment's order", () => {
  const table = tableOf(SAMPLES.l1VsL2);
  const all = Array.from({ length: table.rows }, (_, row) => row);
  const by = (name: string) => {
    const column = columnOf(table, name);
    return sortRows(all, column, { isDescending: false }).map((row) => column.fields[row]);
  };
  assertEquals(by("name")[0], "no regularization");
  const verdicts = by("verdict").filter((verdict) => verdict !== null);
  const order = ["undecided", "equivalent", "worse", "better"];
  assertEquals(
    verdicts,
    verdicts.toSorted((a, b) => order.indexOf(String(a)) - order.indexOf(String(b))),
  );
});
