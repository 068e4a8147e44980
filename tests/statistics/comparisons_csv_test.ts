import { assertEquals, assertThrows } from "@std/assert";
import { comparisonsCsv, readComparisons } from "../../src/statistics/comparisons_csv.ts";
import { UserError } from "../../src/user_error.ts";

const TEXT = `cell,baseline,n,mean_difference,ci_low,ci_high
dropout=0.5,"hidden=[8, 8]",3,-0.25,-0.5,1e-7
dropout=0.9,"hidden=[8, 8]",1,0.125,,
dropout=0.1,"hidden=[8, 8]",0,,,
`;

Deno.test("comparisonsCsv() writes a line per comparison, and readComparisons() reads it", () => {
  const comparisons = readComparisons(TEXT);
  assertEquals(comparisons.slice(0, 2), [
    {
      cell: "dropout=0.5",
      baseline: "hidden=[8, 8]",
      n: 3,
      meanDifference: -0.25,
      ciLow: -0.5,
      ciHigh: 1e-7,
    },
    {
      cell: "dropout=0.9",
      baseline: "hidden=[8, 8]",
      n: 1,
      meanDifference: 0.125,
      ciLow: undefined,
      ciHigh: undefined,
    },
  ]);
  assertEquals(comparisonsCsv(comparisons), TEXT);
});

Deno.test("readComparisons() says where a file is wrong", () => {
  const error = assertThrows(() => readComparisons(TEXT.replace(",3,", ",,")), UserError, "as n");
  assertEquals(error.problems[0].place, { file: "comparisons.csv", line: 2 });
});
