import { countOf } from "../format_number.ts";
import type { Answer } from "../results/answer.ts";
import type { BaselineOverTables } from "../statistics/over_tables/compare_over_tables.ts";
import {
  adviceSoFar,
  type Extent,
  missingText,
  nothingCompared,
  pText,
  undecidableText,
  winsText,
} from "./answer_over_datasets.ts";

/** What is known of several datasets, each of which was searched by itself. */
export interface SearchesStory extends Extent {
  /** How many have test scores. */
  readonly scored: number;
  /** How many cells all of them have. */
  readonly common: number;
  /** What the baseline is called. */
  readonly baseline: string;
  /** What the test scores are, such as `accuracy`. */
  readonly measure: string;
  /** The selected cells against the baseline on the test rows; absent if fewer than two have scores. */
  readonly compared?: BaselineOverTables;
}

/**
 * What searches on several datasets answer, over them: whether the cell that is selected on each is
 * better than the baseline. Only test rows can say: the best of many cells is flattered by the rows that
 * selected it.
 */
export function answerOverSearches(
  story: SearchesStory,
): Pick<Answer, "advice" | "finding" | "limit"> {
  const { complete, scored, baseline, measure, compared, common } = story;
  if (!compared) {
    return nothingCompared(
      story,
      complete > 1
        ? "The best of many cells is flattered by the rows that selected it: only test rows compare " +
          `it with ${baseline}, and ${
            scored === 1 ? "one dataset has" : "no dataset has"
          } scores on ` +
          "them."
        : "Selected cells are compared over two datasets or more.",
    );
  }
  const datasets = countOf(scored, "dataset");
  const advice = {
    better: "search each dataset, and use the cell that is selected there",
    worse: `keep ${baseline}: the cells that searches selected are worse`,
    undecided:
      `keep ${baseline}: the cells that searches selected are not shown to be better over ` +
      datasets,
  }[compared.verdict];
  const test = compared.pValue === undefined
    ? "no difference to test"
    : `Wilcoxon’s signed-rank test, ${pText(compared.pValue)}`;
  const others = common > 1
    ? `Cells are compared by their ranks only if all datasets have them: ${
      countOf(common, "cell")
    }.`
    : "The datasets have no other cells in common.";
  return {
    advice: adviceSoFar(story, advice),
    finding: `By ${measure} on the test rows, which selected nothing, the cell selected on each ` +
      `dataset ${winsText(compared)} against ${baseline} (${test}).`,
    limit: missingText(story) ?? undecidableText({ complete: scored, tests: 1 }) ?? others,
  };
}
