import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  comparisonsCsv,
  holmComparisonsCsv,
  isOfHolm,
  readComparisons,
} from "../../src/results/comparisons_csv.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { UserError } from "../../src/user_error.ts";
import { arbitraryRuns } from "../statistics/_arbitrary_runs.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";

const TEXT =
  `cell,baseline,n,mean_difference,ci_low,ci_high,p_value,p_holm,p_sign_flip,probability_better,verdict,ci_low_simultaneous,ci_high_simultaneous,p_adjusted
dropout=0.5,"hidden=[8, 8]",3,-0.25,-0.5,-1e-7,0.001,0.002,0.25,0,worse,-0.75,-1e-8,0.0015
dropout=0.9,"hidden=[8, 8]",1,0.125,,,,,,1,undecided,,,
dropout=0.1,"hidden=[8, 8]",0,,,,,,,,undecided,,,
`;
/** As earlier versions wrote it. */
const HOLM_TEXT =
  `cell,baseline,n,mean_difference,ci_low,ci_high,p_value,p_holm,p_sign_flip,probability_better,verdict
dropout=0.5,"hidden=[8, 8]",3,-0.25,-0.5,-1e-7,0.001,0.002,0.25,0,worse
dropout=0.9,"hidden=[8, 8]",1,0.125,,,,,,1,undecided
dropout=0.1,"hidden=[8, 8]",0,,,,,,,,undecided
`;

Deno.test("comparisonsCsv() writes a line per comparison, and readComparisons() reads it", () => {
  const comparisons = readComparisons(TEXT);
  assertEquals(comparisons[0], {
    cell: "dropout=0.5",
    baseline: "hidden=[8, 8]",
    n: 3,
    meanDifference: -0.25,
    ciLow: -0.5,
    ciHigh: -1e-7,
    pValue: 0.001,
    pHolm: 0.002,
    pSignFlip: 0.25,
    probabilityBetter: 0,
    verdict: "worse",
    ciLowSimultaneous: -0.75,
    ciHighSimultaneous: -1e-8,
    pAdjusted: 0.0015,
  });
  assertEquals([comparisons[1].ciLow, comparisons[1].pValue], [undefined, undefined]);
  assertEquals(comparisonsCsv(comparisons), TEXT);
});

Deno.test("readComparisons() reads what earlier versions wrote, and holmComparisonsCsv() writes it", () => {
  assertEquals([TEXT, HOLM_TEXT].map(isOfHolm), [false, true]);
  const comparisons = readComparisons(HOLM_TEXT);
  assertEquals(Object.keys(comparisons[0]).includes("pAdjusted"), false);
  assertEquals(holmComparisonsCsv(comparisons), HOLM_TEXT);
  assertEquals(holmComparisonsCsv(readComparisons(TEXT)), HOLM_TEXT);
});

Deno.test("readComparisons() gives back every figure of comparisons", () => {
  fc.assert(fc.property(arbitraryRuns, (runs) => {
    const comparisons = compareWithBaseline(runs, sampleQuestion({ overlap: 1 / 3 }));
    const text = comparisonsCsv(comparisons);
    assertEquals(comparisonsCsv(readComparisons(text)), text);
    comparisons.forEach((comparison, index) => {
      for (const [key, value] of Object.entries(comparison)) {
        // An absent figure is there as undefined; and -0 is written as 0.
        const read: Readonly<Record<string, unknown>> = { ...readComparisons(text)[index] };
        assertEquals(read[key], value === 0 ? 0 : value);
      }
    });
  }));
});

Deno.test("readComparisons() says where a file is wrong", () => {
  const error = assertThrows(() => readComparisons(TEXT.replace(",3,", ",,")), UserError, "as n");
  assertEquals(error.problems[0].place, { file: "comparisons.csv", line: 2 });
  assertThrows(
    () => readComparisons(TEXT.replace("worse", "worst")),
    UserError,
    'Cannot use "worst" as verdict: it must be one of better, worse, equivalent, undecided',
  );
});
