import { countOf, formatCount, formatFixed } from "../format_number.ts";
import type { Task } from "../measures/measure.ts";
import { meaningOf, partsOf } from "../measures/metrics.ts";
import type { CellSummary } from "../results/cell_summary.ts";
import { correctedTests } from "../statistics/corrected_tests.ts";
import type { Question } from "../statistics/question.ts";
import { spreadOfComparisons } from "../statistics/spread_of_differences.ts";
import type { Outlook } from "../statistics/seeds_to_decide.ts";
import type { TestSummary } from "../statistics/summarize_test_scores.ts";
import { importedSeedsSentence, importedVarianceSentence } from "./_imported_sentences.ts";
import { capitalized } from "./capitalized.ts";
import { describeDesign, designOf } from "./describe_design.ts";
import { describeSize } from "./describe_difference.ts";
import { type MetricScale, metricScale, scaleOf } from "./metric_scale.ts";
import { replicateWord } from "./replicate_word.ts";
import { intervalName, type Verdicts } from "./verdict_interval.ts";

/**
 * What differs from seed to seed, and what pairs the cells. Of users' own trainers, it is known which
 * rows and which seed they get, but not what they draw from it.
 */
export function seedsSentence(
  { rows, folds, isOwn, cells, ...question }:
    & Pick<Question, "rows" | "overlap" | "folds" | "isOwn" | "isImported" | "scope">
    & { readonly cells?: number },
): string {
  if (question.isImported) return importedSeedsSentence(cells);
  const isDrawn = haveRowsDrawn(question);
  if (!rows) {
    return "Each cell has one run per seed, and what a seed changes is up to the trainer." +
      (cells === 1
        ? ""
        : " The seeds are the same in every cell, so cells are compared seed by seed.");
  }
  const sizes = `${formatCount(rows.train)} training and ${formatCount(rows.validation)} ` +
    "validation rows";
  const others = isOwn ? "" : `, ${DRAWN}`;
  const varied = folds !== undefined
    ? foldsSentence(folds, sizes + others, isDrawn)
    : isDrawn
    ? `Each seed draws its own ${sizes}${others}`
    : isOwn
    ? `All seeds share the same ${sizes}`
    : `Each seed draws its own ${DRAWN}; all seeds share the same ${sizes}`;
  const rest = isDrawn ? "what else a seed changes" : "what a seed changes";
  const unknown = isOwn ? `; ${rest} is up to the trainer` : "";
  const test = rows.test > 0
    ? ` The ${countOf(rows.test, "test row")} are the same for all runs` +
      (cells === 1 ? "." : ", and are not used to choose cells.")
    : "";
  // A single cell is compared with none.
  const pairing = cells === 1 ? "" : ` ${pairingSentence({ isDrawn, folds, isOwn })}`;
  return `${varied}${unknown}.${pairing}${test}`;
}

function pairingSentence(
  { isDrawn, folds, isOwn }: Pick<Question, "folds" | "isOwn"> & { readonly isDrawn: boolean },
): string {
  if (folds !== undefined) {
    const what = isOwn ? "has the same seed and rows" : "is the same";
    return `A fold of a seed ${what} in every cell, so cells are compared fold by fold.`;
  }
  const what = !isOwn
    ? "A seed draws the same in every cell"
    : isDrawn
    ? "The seeds and their rows are the same in every cell"
    : "The seeds are the same in every cell";
  return `${what}, so cells are compared seed by seed.`;
}

/** Whether each seed has rows of its own. */
function haveRowsDrawn({ overlap, scope }: Pick<Question, "overlap" | "scope">): boolean {
  return overlap > 0 || scope !== undefined;
}

/** What runs of the built-in trainers draw besides rows. */
const DRAWN = "initial weights, batches and dropout";

function foldsSentence(folds: number, drawn: string, isDealt: boolean): string {
  return isDealt
    ? `Each seed deals the rows to ${folds} folds, and each of its ${folds} runs validates on one of ` +
      `them: about ${drawn}`
    : `Each seed has ${folds} runs, which validate on one part of the rows each, later than what they ` +
      `train on, the same for all seeds: about ${drawn}`;
}

/** Which variance the intervals and tests assume, and what that means. */
export function varianceSentence(
  { metric, rows, overlap, folds, isOwn, isImported, scope }: Pick<
    Question,
    "metric" | "rows" | "overlap" | "folds" | "isOwn" | "isImported" | "scope"
  >,
): string {
  if (isImported) return importedVarianceSentence(overlap);
  const runs = folds === undefined ? "seeds" : "runs";
  if (!rows) {
    return "Intervals and tests use s²/n as the variance of a mean over n seeds, where s² is the " +
      "variance between seeds. They cover what differs from seed to seed, and nothing else.";
  }
  if (scope !== undefined) {
    return `Intervals and tests use s²/n as the variance of a mean over n ${runs}, where s² is the ` +
      `variance between ${runs}, as the experiment’s scope, this_data, asks: they say what works ` +
      "best on exactly these rows. The scope new_data would claim it for another sample from the " +
      "same source, with wider intervals.";
  }
  if (overlap === 0) {
    return `Intervals and tests use s²/n as the variance of a mean over n ${runs}, where s² is the ` +
      `variance between ${runs}. They cover ${
        isOwn ? "what differs from seed to seed" : DRAWN
      }, and hold ` +
      `for this split only: on validation rows other than its ${
        folds === undefined ? formatCount(rows.validation) : `${folds} parts`
      }, cells may rank differently.`;
  }
  const ratio = folds === undefined
    ? `${formatCount(rows.validation)}/${formatCount(rows.train)}`
    : `1/${folds - 1}`;
  const caveat = partsOf(metric).part === "train"
    ? " This correction is for held-out rows; training rows overlap more, so these intervals are " +
      "too narrow."
    : "";
  const source = folds === undefined
    ? "Nadeau and Bengio 2003"
    : "Nadeau and Bengio 2003; Bouckaert and Frank 2004";
  return `Intervals and tests use s²·(1/n + ${ratio}) as the variance of a mean over n ${runs}, ` +
    `where s² is the variance between ${runs}, instead of s²/n (${source}): the ${runs} ` +
    "draw their rows from one dataset, so these rows overlap, and more seeds do not remove the " +
    "uncertainty of a small dataset. Intervals hold for another sample from the same source; with " +
    "the scope this_data, they would hold for exactly these rows." + caveat;
}

/**
 * What the metric's values mean.
 *
 * @param dataset Its task, which is classification if absent, and the name of its target.
 */
export function metricSentence(
  { metric, rows, isImported }: Pick<Question, "metric" | "rows" | "isImported">,
  { task = "classification", target }: { readonly task?: Task; readonly target?: string } = {},
): string {
  const { factor } = metricScale(metric);
  const { measure, part, isBest, noun } = partsOf(metric);
  const { isPercent, isShareOfRows, better } = measure;
  const meaning = isImported
    ? "a number that the imported table has of each run"
    : meaningOf(measure, task).replaceAll("'", "’");
  const subject = capitalized(noun);
  const [extreme, preferred] = better === "larger" ? ["highest", "higher"] : ["lowest", "lower"];
  const highest = isBest
    ? ` It is the ${extreme} of a run’s evaluations, which flatters every cell.`
    : "";
  if (!isShareOfRows || !rows) {
    const unit = isPercent ? " It is in percent, and differences are in percentage points." : "";
    const quantity = measure.hasTargetUnits && target !== undefined
      ? ` The target is ${target}.`
      : "";
    return `${subject} is ${meaning}; ${preferred} is better.${unit}${quantity}${highest}`;
  }
  const [rowsName, count] = part === "train"
    ? ["training", rows.train]
    : ["validation", rows.validation];
  const size = Number((factor / count).toPrecision(2));
  return `${subject} is in percent, and differences are in percentage points: one of the ` +
    `${formatCount(count)} ${rowsName} rows is ${size} ${size === 1 ? "point" : "points"}.` +
    highest;
}

/**
 * What the verdicts mean, in terms of their intervals.
 *
 * @param options.hasChart True if a chart of the intervals is beside it.
 */
export function verdictSentence(
  verdicts: Verdicts,
  { hasChart = true }: { readonly hasChart?: boolean } = {},
): string {
  const { question: { equivalence = 0 }, comparisons, repeats } = verdicts;
  const tests = correctedTests(comparisons, repeats).length;
  if (tests === 0) {
    return comparisons.some(({ pValue }) => pValue !== undefined)
      ? "All of these cells are the same run as the baseline."
      : "With a single pair of runs, chance cannot be ruled out.";
  }
  const band = `±${describeSize(equivalence, scaleOf(verdicts))}`;
  return `Better or worse: the ${intervalName(verdicts)} leaves out 0. ` +
    (equivalence > 0
      ? `Equivalent: it lies within ${
        hasChart ? "the grey band, " : ""
      }${band}, which counts as negligible. `
      : "") +
    "Undecided: neither." +
    (tests > 1
      ? ` With a probability of 95%, ${
        tests === 2 ? "both" : `all ${tests}`
      } intervals together cover the true differences, so ` +
        "no verdict is wrong."
      : "");
}

/** What would settle an undecided comparison; `hasBand` if there is an equivalence band. */
export function outlookSentence(
  outlook: Outlook,
  { scale, hasBand }: { readonly scale: MetricScale; readonly hasBand: boolean },
): string {
  switch (outlook.kind) {
    case "seeds":
      return `${capitalized(outlookLabel(outlook))} in total should settle it, if the effect and ` +
        "spread hold.";
    case "overlap":
      return "More seeds will not settle this if the effect and spread hold; more data could. All " +
        `seeds draw from the same rows, so the interval cannot shrink below ±${
          describeSize(outlook.margin, scale, 2)
        }.`;
    case "tie":
      return "More seeds will not settle this if the effect and spread hold: the mean difference is " +
        `too close to 0${hasBand ? ", or to the edge of the equivalence band" : ""}.`;
    case "pairs":
      return "Fewer than two seeds completed in both cells, too few to tell an effect from chance.";
    case "same":
      return "It is the same run as the baseline on every seed: its settings had no effect.";
  }
}

/** What would settle an undecided comparison, for a table: `about 40 seeds`, `more data`. */
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
    case "same":
      return "the same run";
  }
}

/** How much the sweep could show at best; empty if it compares nothing. */
export function designSentences(analysis: Parameters<typeof designOf>[0]): string[] {
  const { comparisons, question } = analysis;
  const spread = spreadOfComparisons(comparisons, question);
  const known = spread && { spread, scale: scaleOf(analysis) };
  return describeDesign(designOf(analysis), known).map((line, index) =>
    index === 0
      ? `${question.isImported ? "These runs" : "This sweep"} can show ${line}.`
      : `${capitalized(line)}.`
  );
}

/** Which runs are excluded from means; undefined if all completed. */
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
    (none > 0 ? ` (${formatCount(none)} without any result)` : "") +
    "; they are excluded from means.";
}

/** How to read importances. */
export const IMPORTANCE_SENTENCE =
  "Shares of the sum of squares over all runs (η²): each swept value alone, what several (×) do " +
  "only together, what a seed does to all cells alike, and the rest, " +
  "which is chance. Ignore shares no larger than chance.";

/** How to read what a random forest says of the cells of a sample. */
export function forestSentences(
  { cells, total, shuffles, predicted, predictedOfBetter }: {
    /** Those that it was fitted to, and all. */
    readonly cells: number;
    readonly total: number;
    readonly shuffles: number;
    /** R² on cells that trees were not fitted to: of all, and with the worse half as the median. */
    readonly predicted: number;
    readonly predictedOfBetter: number;
  },
): string[] {
  const which = cells < total
    ? `${formatCount(cells)} of the ${countOf(total, "cell")}`
    : countOf(cells, "cell");
  const fitted = `A random forest was fitted to the means of ${which}`;
  const share = (r2: number) => `${Math.round(100 * r2)}%`;
  const isKnown = predicted > 0;
  if (!isKnown && predictedOfBetter <= 0) {
    return [
      `${fitted}. It predicts a cell that it has not seen no better than their mean does, so these ` +
      "cells do not show what matters: they are too few, or differ too little.",
    ];
  }
  return [
    `${fitted}. Bars are the shares of its variance that each swept value alone accounts for ` +
    `(fANOVA). The line across a bar is what chance can reach: the largest of ${shuffles} shares with ` +
    "the value shuffled among the cells. Ignore bars that end before it.",
    isKnown
      ? `Of the variance between cells that it has not seen, the forest predicts ${
        share(predicted)
      }.`
      : "",
    predictedOfBetter > 0
      ? "The better half shows what makes good cells better, not what ruins bad ones: worse cells " +
        `count as the median, and the forest predicts ${share(predictedOfBetter)}.`
      : "Within the better half of the cells, the forest predicts nothing.",
  ];
}

/**
 * What the interval of a test score covers, and what it does not.
 *
 * @param question.cells How many the sweep has: a single one was not chosen.
 */
export function testSentence(
  { n, rowsLow, rowsHigh }: Pick<TestSummary, "n" | "rowsLow" | "rowsHigh">,
  { rows, folds, cells }: Pick<Question, "rows" | "folds"> & { readonly cells?: number },
): string {
  const hasIntervals = n > 1;
  if (!rows || rows.test === 0) {
    return "The trainer draws test rows anew for each seed: other seeds’ runs were " +
      "trained on them, and the choice of cells was not blind to them." +
      (hasIntervals ? " The intervals say how scores vary with the seed and its rows." : "");
  }
  const count = countOf(rows.test, "test row");
  const range = rowsLow === undefined || rowsHigh === undefined
    ? ""
    : ` With ${count}, accuracy on new rows may be anywhere from ${
      formatFixed(rowsLow * 100, 1)
    }% to ${formatFixed(rowsHigh * 100, 1)}% (95% interval).`;
  const intervals = hasIntervals
    ? ` The intervals show how scores vary between ${replicateWord({ folds })}s, not between rows.`
    : "";
  const apart = cells === 1 ? "which they were not trained on" : "after the cells were chosen";
  return `All runs are scored on the same ${count}, ${apart}.${intervals}${range}`;
}

/** To two digits, so that an estimate does not look exact. */
function roundedUp(count: number): number {
  let unit = 1;
  while (count / unit > 100) unit *= 10;
  return Math.ceil(count / unit) * unit;
}
