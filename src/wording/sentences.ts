import { type Metric, partsOf } from "../measures/metrics.ts";
import { countOf, formatCount, formatFixed } from "../format_number.ts";
import { metricScale } from "./metric_scale.ts";
import { capitalized } from "./_capitalized.ts";
import type { CellSummary } from "../results/cell_summary.ts";
import { describeSize } from "./describe_difference.ts";
import type { NoImportance } from "../statistics/importance.ts";
import type { Question } from "../statistics/question.ts";
import type { Outlook } from "../statistics/seeds_to_decide.ts";
import type { TestSummary } from "../statistics/summarize_test_scores.ts";

/** What differs from seed to seed, and what pairs the cells. */
export function seedsSentence({ rows, overlap }: Pick<Question, "rows" | "overlap">): string {
  const training = `${formatCount(rows.train)} training and ${formatCount(rows.validation)} ` +
    "validation rows";
  const drawn = "initial weights, batches and dropout";
  const varied = overlap > 0
    ? `Each seed draws its own ${training}, ${drawn}`
    : `Each seed draws its own ${drawn}, on the same ${training}`;
  const test = rows.test > 0
    ? ` The ${countOf(rows.test, "test row")} are the same for all, and no cell is chosen by them.`
    : "";
  return `${varied}. A seed draws the same in every cell, which is why cells are compared seed by ` +
    `seed.${test}`;
}

/** Which variance the intervals and tests assume, and what that means. */
export function varianceSentence(
  { metric, rows, overlap }: Pick<Question, "metric" | "rows" | "overlap">,
): string {
  if (overlap === 0) {
    return "Intervals and tests take the variance of a mean over n seeds for 1/n of a seed’s. They " +
      `speak of this one split: with other than its ${
        countOf(rows.validation, "validation row")
      }, ` +
      "cells may rank differently.";
  }
  const ratio = `${formatCount(rows.validation)}/${formatCount(rows.train)}`;
  const caveat = partsOf(metric).part === "train"
    ? " The correction is made for held-out rows; training rows overlap more, and these intervals " +
      "are too narrow."
    : "";
  return `Intervals and tests take the variance of a mean over n seeds for 1/n + ${ratio} of a ` +
    "seed’s, not 1/n (Nadeau and Bengio 2003), since the rows that seeds draw from one dataset " +
    "overlap: more seeds do not remove the uncertainty of a small dataset." + caveat;
}

/** What the metric's values mean. */
export function metricSentence({ metric, rows }: Pick<Question, "metric" | "rows">): string {
  const { noun, factor } = metricScale(metric);
  const { measure, part, isBest } = partsOf(metric);
  const { meaning, isPercent, isShareOfRows, better } = measure;
  const subject = capitalized(noun);
  const extreme = better === "larger" ? "highest" : "lowest";
  const highest = isBest
    ? ` It is the ${extreme} of a run’s evaluations, which flatters every cell.`
    : "";
  if (!isShareOfRows) {
    const unit = isPercent ? ", in percent, and differences are in percentage points" : "";
    return `${subject} is ${meaning}${unit}; ${better} is better.${highest}`;
  }
  const [rowsName, count] = part === "train"
    ? ["training", rows.train]
    : ["validation", rows.validation];
  return `${subject} is in percent, and differences are in percentage points: one of the ` +
    `${formatCount(count)} ${rowsName} rows makes ${
      Number((factor / count).toPrecision(2))
    } points.` +
    highest;
}

/** What the verdicts mean. */
export function verdictSentence(
  { metric, equivalence }: Pick<Question, "metric" | "equivalence">,
): string {
  return "Better and worse: p below 0.05 by the paired t-test, after Holm’s correction for all cells " +
    `compared. Equivalent: the 90% interval lies within ±${describeSize(equivalence, metric)}, ` +
    "judged cell by cell. Undecided: neither is shown.";
}

/** What would decide an undecided comparison. */
export function outlookSentence(outlook: Outlook, metric: Metric): string {
  switch (outlook.kind) {
    case "seeds":
      return `${capitalized(outlookLabel(outlook))} in all would probably decide it, if mean ` +
        "difference and spread stay as they are.";
    case "overlap":
      return "No number of seeds would decide it, with mean difference and spread as they are: the " +
        "rows that seeds draw from one dataset overlap, so that the 95% interval cannot get narrower " +
        `than ±${describeSize(outlook.margin, metric, 2)}. More data could decide it.`;
    case "tie":
      return "No number of seeds would decide it: the mean difference is too close to 0, or to where " +
        "equivalence ends.";
    case "pairs":
      return "Fewer than two seeds completed in both cells, so nothing can be said of chance.";
  }
}

/** What would decide an undecided comparison, for a table: `about 40 seeds`, `more data`. */
export function outlookLabel(outlook: Outlook): string {
  switch (outlook.kind) {
    case "seeds":
      return `about ${countOf(roundedUp(outlook.seeds), "seed")}`;
    case "overlap":
      return "more data";
    case "tie":
      return "too close";
    case "pairs":
      return "too few pairs";
  }
}

/** Which runs are in no mean; nothing if all completed. */
export function lostRunsSentence(cells: readonly CellSummary[]): string | undefined {
  const lost = cells.filter(({ diverged, failed }) => diverged + failed > 0);
  if (lost.length === 0) return undefined;
  const sum = (count: (cell: CellSummary) => number) =>
    cells.reduce((sum, cell) => sum + count(cell), 0);
  const diverged = sum((cell) => cell.diverged);
  const failed = sum((cell) => cell.failed);
  const total = diverged + failed + sum(({ n }) => n);
  const what = [
    ...(diverged > 0 ? [`${formatCount(diverged)} diverged`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
  ];
  const none = lost.filter(({ n }) => n === 0).length;
  return `Of ${countOf(total, "run")}, ${what.join(" and ")}, in ${countOf(lost.length, "cell")}` +
    `${none > 0 ? ` (${formatCount(none)} without any result)` : ""}; they are in no mean.`;
}

/** Why there are no importances. */
export function noImportanceSentence({ reason }: NoImportance): string {
  switch (reason) {
    case "unbalanced":
      return "The cells are no full product of the swept values, so that what each of them " +
        "contributes cannot be told apart.";
    case "lost runs":
      return "Runs without a result leave gaps in the product of the swept values, so that what " +
        "each of them contributes cannot be told apart.";
    case "constant":
      return "All runs have the same figure, so that there is nothing to account for.";
  }
}

/** How to read importances. */
export const IMPORTANCE_SENTENCE =
  "Shares of the sum of squares of all runs (η²), which add up to 100%: what each swept value does " +
  "by itself, what several do only together, what a seed does to all cells alike, and the rest, " +
  "which is chance. Shares of chance size are no findings.";

/** What the interval of a test score leaves out. */
export function testSentence(
  { rowsLow, rowsHigh }: Pick<TestSummary, "rowsLow" | "rowsHigh">,
  { rows }: Pick<Question, "rows">,
): string {
  if (rows.test === 0) {
    return "The notebook’s trainer draws test rows anew for each seed: other seeds’ runs were " +
      "trained on them, and the choice of cells was not blind to them. The intervals say how scores " +
      "vary with the seed and its rows.";
  }
  const count = countOf(rows.test, "test row");
  const range = rowsLow === undefined || rowsHigh === undefined
    ? ""
    : `: by their number alone, the accuracy on other rows may be anything from ${
      formatFixed(rowsLow * 100, 1)
    }% to ${formatFixed(rowsHigh * 100, 1)}% (95%)`;
  return `All runs are scored on the same ${count}, after the cells were chosen. The intervals ` +
    `say how scores vary with the seed, not with the rows${range}.`;
}

/** To two digits, so that an estimate does not look exact. */
function roundedUp(count: number): number {
  let unit = 1;
  while (count / unit > 100) unit *= 10;
  return Math.ceil(count / unit) * unit;
}
