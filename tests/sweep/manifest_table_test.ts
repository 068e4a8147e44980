import { assertEquals } from "@std/assert";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import type { ColumnFacts } from "../../src/dataset/table_facts.ts";
import { manifestTable } from "../../src/sweep/manifest_table.ts";

const { facts: FACTS } = await readDataset("data/digits.csv", { target: "digit" });

function column(name: string, more: Partial<ColumnFacts> = {}): ColumnFacts {
  return { name, type: "number", use: "feature", missing: 0, distinct: 9, ...more };
}

Deno.test("manifestTable() lists all columns, with what they are used as", () => {
  const { reading, columns = [], ...rest } = manifestTable(FACTS, {});
  assertEquals(reading?.separator, "comma");
  assertEquals(columns.length, 65);
  assertEquals(columns.at(-1), {
    name: "digit",
    type: columns[64].type,
    use: "target",
    missing: 0,
  });
  // Nothing is missing or left out.
  assertEquals(rest, {});
});

Deno.test("manifestTable() leaves plain numbers out where there are very many columns", () => {
  const many = Array.from({ length: 200 }, (_, index) => column(`x${index}`));
  const special = [
    column("id", { type: "identifier", use: "drop", why: "it counts in steps of 1" }),
    column("age", { missing: 3 }),
    column("y", { type: "category", use: "target" }),
  ];
  const facts = {
    ...FACTS,
    columns: [...many, ...special],
    droppedRows: { missingTarget: 2, gaps: 0, rareClass: 0 },
  };
  const testPath = "../data/thyroid-test.data";
  const { columns, droppedRows, test } = manifestTable(facts, { testPath });
  assertEquals(columns, [
    { name: "id", type: "identifier", use: "drop", why: "it counts in steps of 1", missing: 0 },
    { name: "age", type: "number", use: "feature", missing: 3 },
    { name: "y", type: "category", use: "target", missing: 0 },
  ]);
  assertEquals([droppedRows, test], [{ missingTarget: 2 }, "thyroid-test.data"]);
});
