import { assertEquals, assertMatch } from "@std/assert";
import { compareOverTables } from "../../src/statistics/over_tables/compare_over_tables.ts";
import {
  answerOverDatasets,
  friedmanSentence,
  pText,
} from "../../src/wording/answer_over_datasets.ts";

/** Two cells on some datasets: `a` gains what is given. */
function storyOf(gains: readonly number[], planned = gains.length) {
  const tables = gains.map((gain, index) => ({
    name: `t${index}`,
    scores: new Map([["base", { mean: 0.5 }], ["a", { mean: 0.5 + gain }]]),
  }));
  const over = compareOverTables(["base", "a"], tables, { baseline: "base", largerIsBetter: true });
  return { complete: gains.length, planned, over, words: (cell: string) => `the ${cell}` };
}

Deno.test("answerOverDatasets() advises a cell that is shown to be better", () => {
  const { advice, finding, limit } = answerOverDatasets(
    storyOf([1, 2, 3, 4, 5, 6].map((i) => i / 100)),
  );
  assertEquals(advice, "Use the a");
  assertEquals(
    finding,
    "The a has the best mean rank: 1.00 of 2, against 2.00 of the base; it wins on 6 datasets and " +
      "loses on 0 (Wilcoxon’s signed-rank test, p = 0.031 after Holm’s correction).",
  );
  assertMatch(
    limit,
    /^Friedman’s test shows that cells differ over datasets: χ²\(1\) = 6\.00, p = 0\.014\.$/,
  );
});

Deno.test("answerOverDatasets() keeps the baseline, and says how many datasets a decision takes", () => {
  const { advice, limit } = answerOverDatasets(storyOf([0.1, 0.2, 0.3]));
  assertEquals(advice, "Keep the base: nothing is shown to be better over 3 datasets");
  assertMatch(limit, /^With 3 datasets, .* the comparison, whatever .* at least 6\. Friedman/);
  const worse = answerOverDatasets(storyOf([-0.1, -0.2, -0.3]));
  assertEquals(worse.advice, "Keep the base: it has the best mean rank");
});

Deno.test("answerOverDatasets() says first that datasets are missing", () => {
  const { advice, limit } = answerOverDatasets(storyOf([0.1, 0.2], 4));
  assertEquals(advice, "So far, keep the base: nothing is shown to be better over 2 datasets");
  assertEquals(limit, "2 of 4 datasets are complete; the answer can change with the others.");
  const words = (cell: string) => cell;
  const none = answerOverDatasets({ complete: 1, planned: 4, words });
  assertEquals(none.advice, "Nothing to compare over datasets");
});

Deno.test("pText() and friedmanSentence() write numbers for people", () => {
  assertEquals([0.05, 0.00012, 0].map(pText), [
    "p = 0.050",
    "p = 1.2\u00a0×\u00a010⁻⁴",
    "p < 10⁻¹⁵",
  ]);
  assertMatch(friedmanSentence(undefined), /same ranks/);
});
