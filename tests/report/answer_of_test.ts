import { assertEquals } from "@std/assert";
import { answerOf } from "../../src/report/answer_of.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

Deno.test("answerOf() gives the same for folders of earlier versions, which lack intervals", () => {
  const input = sampleInput(SAMPLES.fourTechniques);
  const comparisons = input.comparisons.map((comparison) => ({
    ...comparison,
    ciLowSimultaneous: undefined,
    ciHighSimultaneous: undefined,
    pAdjusted: undefined,
  }));
  assertEquals(answerOf({ ...input, comparisons }), answerOf(input));
});

Deno.test("answerOf() has the test score of the cell to use, beside its mean", () => {
  const { use, test } = answerOf(sampleInput(SAMPLES.fourTechniques));
  assertEquals([use?.noun, test?.noun], ["validation accuracy", "test accuracy"]);
  assertEquals(use?.n, test?.n);
});
