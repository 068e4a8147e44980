import { assertEquals } from "@std/assert";
import { compareOverTables } from "../../src/statistics/over_tables/compare_over_tables.ts";
import { answerOverSearches } from "../../src/wording/answer_over_searches.ts";

/** The selected cells gain what is given on the test rows of some datasets. */
function answerOf(gains: readonly number[], { planned = gains.length, common = 9 } = {}) {
  const tables = gains.map((gain, index) => ({
    name: `t${index}`,
    scores: new Map([["base", { mean: 0.5 }], ["selected", { mean: 0.5 + gain }]]),
  }));
  const over = compareOverTables(["selected", "base"], tables, {
    baseline: "base",
    largerIsBetter: true,
  });
  return answerOverSearches({
    complete: gains.length,
    planned,
    scored: gains.length,
    common,
    baseline: "no regularization",
    measure: "accuracy",
    compared: over.cells.find(({ compared }) => compared)?.compared,
  });
}

Deno.test("answerOverSearches() advises to search if the selected cells are better on test rows", () => {
  const { advice, finding, limit } = answerOf([1, 2, 3, 4, 5, 6].map((i) => i / 100));
  assertEquals(advice, "Search each dataset, and use the cell that is selected there");
  assertEquals(
    finding,
    "By accuracy on the test rows, which selected nothing, the cell selected on each dataset wins on " +
      "6 datasets and loses on 0 against no regularization (Wilcoxon’s signed-rank test, p = 0.031).",
  );
  assertEquals(
    limit,
    "Cells are compared by their ranks only if all datasets have them: 9 cells.",
  );
  const worse = answerOf([1, 2, 3, 4, 5, 6].map((i) => -i / 100), { common: 0 });
  assertEquals(
    worse.advice,
    "Keep no regularization: the cells that searches selected are worse",
  );
  assertEquals(worse.limit, "The datasets have no other cells in common.");
});

Deno.test("answerOverSearches() keeps the baseline, and says how many datasets a decision takes", () => {
  const { advice, finding, limit } = answerOf([0.1, 0, 0.3]);
  assertEquals(
    advice,
    "Keep no regularization: the cells that searches selected are not shown to be better over " +
      "3 datasets",
  );
  assertEquals(finding.includes("wins on 2 datasets, ties on 1 and loses on 0"), true, finding);
  assertEquals(
    limit,
    "With 3 datasets, Wilcoxon’s test cannot decide on the comparison, whatever the results are: " +
      "that takes at least 6.",
  );
  const same = answerOf([0, 0]);
  assertEquals(same.finding.endsWith("(no difference to test)."), true, same.finding);
  const some = answerOf([0.1, 0.2], { planned: 4 });
  assertEquals(
    [some.advice, some.limit],
    [
      "So far, keep no regularization: the cells that searches selected are not shown to be better " +
      "over 2 datasets",
      "2 of 4 datasets are complete; the answer can change with the others.",
    ],
  );
});

Deno.test("answerOverSearches() says that nothing but test rows compares selected cells", () => {
  const story = { planned: 3, common: 3, baseline: "no regularization", measure: "" };
  const none = answerOverSearches({ ...story, complete: 3, scored: 0 });
  assertEquals(none.advice, "Nothing to compare over datasets");
  assertEquals(
    none.finding,
    "The best of many cells is flattered by the rows that selected it: only test rows compare it " +
      "with no regularization, and no dataset has scores on them.",
  );
  const first = answerOverSearches({ ...story, complete: 1, scored: 1 });
  assertEquals(first.finding, "Selected cells are compared over two datasets or more.");
});
