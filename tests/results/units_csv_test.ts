import { assertEquals, assertThrows } from "@std/assert";
import { readUnits, unitsCsv } from "../../src/results/units_csv.ts";
import { UserError } from "../../src/user_error.ts";

const TEXT = `run,cell,seed,unit,weights
r1,l2_penalty=0,3,7,"[0.5, -1e-7, 0, 2]"
`;

Deno.test("readUnits() gives back what unitsCsv() wrote", () => {
  const rows = readUnits(TEXT);
  assertEquals(rows, [
    { run: "r1", cell: "l2_penalty=0", seed: 3, unit: 7, weights: [0.5, -1e-7, 0, 2] },
  ]);
  assertEquals(unitsCsv(rows), TEXT);
});

Deno.test("readUnits() tells the place of weights that are no numbers", () => {
  for (const weights of ["[]", "[0.5, x]", "0.5"]) {
    const text = TEXT.replace("[0.5, -1e-7, 0, 2]", weights);
    const error = assertThrows(() => readUnits(text), UserError, "must be a list of numbers");
    assertEquals(error.problems[0].place, { file: "units.csv", line: 2 });
  }
});
