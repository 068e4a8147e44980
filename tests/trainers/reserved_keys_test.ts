import { assert, assertEquals } from "@std/assert";
import { SOBOL_DIMENSIONS } from "../../src/experiment/grid/sobol.ts";
import { BLOCK_WORDS } from "../../src/experiment/schema/grid_schema.ts";
import { PREPARATION_ROWS } from "../../src/experiment/schema/preparation_rows.ts";
import { FIXED_COLUMNS } from "../../src/measures/fixed_columns.ts";
import { readHyperparameters } from "../../src/trainers/own_hyperparameters.ts";
import { reservedReason } from "../../src/trainers/reserved_keys.ts";

/** The columns of a file of the sample; `steps` is one beside a hyperparameter of that name. */
async function columnsOf(file: string): Promise<string[]> {
  const [header] = (await Deno.readTextFile(`reports/sample/${file}`)).split("\n", 1);
  return header.split(",").filter((column) => column !== "steps");
}

Deno.test("no own hyperparameter is called like a column beside it", async () => {
  const manifest = JSON.parse(await Deno.readTextFile("reports/sample/manifest.json"));
  const own: string[] = manifest.experiment.swept.map(({ key }: { key: string }) => key);
  assert(own.length > 0);
  for (const file of ["runs.csv", "cells.csv"]) {
    const columns = (await columnsOf(file)).filter((column) => !own.includes(column));
    assertEquals(columns.filter((column) => reservedReason(column) === undefined), [], file);
  }
});

Deno.test("no own hyperparameter is called like a column that only some experiments have", () => {
  const { before, after } = FIXED_COLUMNS.halving;
  for (
    const column of [...before, ...after, "fold", "best_step", "validation_r2", "mean_sparsity"]
  ) {
    assert(reservedReason(column) !== undefined, column);
  }
});

Deno.test("no own hyperparameter is called like something else in the grid", () => {
  for (const key of [...BLOCK_WORDS, ...PREPARATION_ROWS.map(({ key }) => key), "trainer"]) {
    assert(reservedReason(key) !== undefined, key);
  }
});

Deno.test("each own hyperparameter has a dimension of Sobol's sequence", () => {
  const rowsOf = (count: number) =>
    readHyperparameters(
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, { type: "number" }])),
    );
  const { rows, problems } = rowsOf(50);
  assertEquals(problems, []);
  const dimensions = rows.map(({ sobolDimension }) => sobolDimension);
  assertEquals(dimensions[0], 1);
  assert(Math.max(...dimensions) <= SOBOL_DIMENSIONS);
  assertEquals(rowsOf(51).problems.map(({ path }) => path), [["a50"]]);
});
