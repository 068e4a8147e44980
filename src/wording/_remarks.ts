import { countOf, formatCount, formatFixed } from "../format_number.ts";
import { listWords } from "../list_words.ts";
import { partsOf } from "../measures/metrics.ts";
import { type Comparison, SIGNIFICANCE, VERDICTS } from "../results/comparison.ts";
import { correctedTests } from "../statistics/corrected_tests.ts";
import { SIZE_OF_WEIGHTS } from "../statistics/tie_order.ts";
import { bestMeanClause } from "./_finding.ts";
import { areAllTheBaseline, type Story, tiedForBest } from "./_story.ts";
import { constantSentence } from "./commonest_class.ts";
import { designOf, isWeak } from "./describe_design.ts";
import { describeDifference, describeMean, describeSize } from "./describe_difference.ts";
import { describeInterval } from "./describe_pair.ts";
import { looksSentences } from "./describe_looks.ts";
import { designSentences, lostRunsSentence, outlookSentence } from "./sentences.ts";
import { STANDINGS } from "./standings.ts";

/** From so many means on, the best of them is much better than it will be again. */
export const MANY = 4;
/** Decimals that tell any two norms apart of which one makes a cell simpler. */
const MOST_NORM_DIGITS = 6;

/** What to know before relying on the finding; sentences that start in lower case. */
export function headlineRemarks(story: Story): string[] {
  const { selection } = story.analysis;
  const remarks = !selection ? [] : areAllTheBaseline(story.analysis) ? [means, constant] : [
    means,
    constant,
    outlook,
    sureness,
    size,
    bestMean,
    choice,
    verdicts,
    looks,
    doubtfulBaseline,
    weakness,
    simplest,
    passedOver,
  ];
  return remarks.flatMap((remark) => remark(story));
}

function means({ analysis, scale, subject, name }: Story): string[] {
  const { cells, question: { baseline, folds } } = analysis;
  if (!subject) return [];
  const isSame = analysis.repeats.get(subject.cell) === baseline;
  const shown = [...isSame ? [] : [subject.cell], baseline].flatMap((cell) => {
    const { n = 0, mean, ciLow, ciHigh } = cells.find((summary) => summary.cell === cell) ?? {};
    return mean === undefined ? [] : [{ cell, n, mean, ciLow, ciHigh }];
  });
  const { noun, direction, decimals, factor } = scale;
  // Two means that differ must not look the same.
  const areApart = (digits: number) =>
    new Set(shown.map(({ mean }) => mean)).size ===
      new Set(shown.map(({ mean }) => formatFixed(mean * factor, digits))).size;
  let digits = 0;
  while (digits <= decimals && !areApart(digits)) digits++;
  const areEven = !analysis.question.looks || new Set(shown.map(({ n }) => n)).size < 2;
  const values = shown.map((estimate) => describeMean(estimate, scale, digits));
  const texts = areEven && values.length === 2 && values[0] === values[1]
    ? [`${values[0]} for both`]
    : shown.map(({ cell, n }, index) => {
      const seeds = areEven ? "" : ` on ${countOf(n, folds === undefined ? "seed" : "run")}`;
      return `${values[index]} for ${name(cell)}${seeds}`;
    });
  return [`mean ${noun}${direction}: ${texts.join(", ")}.`];
}

/** What an accuracy is worth beside that of a model that learned nothing. */
function constant({ analysis: { question }, commonest }: Story): string[] {
  const { isShareOfRows } = partsOf(question.metric).measure;
  return isShareOfRows && commonest ? [constantSentence(commonest)] : [];
}

/** What would settle the finding if it is undecided. */
export function outlook({ analysis: { outlooks, question }, scale, subject }: Story): string[] {
  const outlook = subject && outlooks.get(subject.cell);
  const { equivalence = 0 } = question;
  return outlook ? [outlookSentence(outlook, { scale, hasBand: equivalence > 0 })] : [];
}

function sureness({ analysis, scale, subject }: Story): string[] {
  if (subject?.pValue === undefined || subject.pAdjusted === undefined) return [];
  if (analysis.repeats.get(subject.cell) === analysis.question.baseline) return [];
  const { pValue, pAdjusted, pSignFlip = NaN, verdict, ciLow, ciHigh } = subject;
  const tests = correctedTests(analysis.comparisons, analysis.repeats).length;
  const isDecided = verdict === "better" || verdict === "worse";
  const hasInterval = ciLow !== undefined && ciHigh !== undefined;
  // Where all pairs differ by the same, there is no t-test.
  const test = `two-sided ${hasInterval ? "t-test" : "sign test"} ${pText(pValue)}`;
  if (pValue < SIGNIFICANCE && !isDecided) {
    const interval = hasInterval
      ? `, ${describeInterval({ ...subject, low: ciLow, high: ciHigh }, scale)}`
      : "";
    return [
      `significant alone (${test}${interval}), but not after correcting for ${tests} comparisons ` +
      `(${pText(pAdjusted)}); sign-flip test ${pText(pSignFlip)}, uncorrected.`,
    ];
  }
  return [
    tests > 1
      ? `${test}, or ${pText(pAdjusted)} for all ${tests} comparisons together; sign-flip test ` +
        `${pText(pSignFlip)}, uncorrected.`
      : `${test}; sign-flip test ${pText(pSignFlip)}.`,
  ];
}

/** How the difference compares with what is negligible. */
export function size({ analysis: { question }, scale, subject }: Story): string[] {
  const { meanDifference = NaN, verdict, ciLow } = subject ?? {};
  const { equivalence = 0 } = question;
  const band = `±${describeSize(equivalence, scale)}`;
  if (verdict === "equivalent") {
    // Equal differences have no interval.
    const what = ciLow === undefined ? "difference" : "interval";
    return [`equivalent means that the ${what} lies within ${band}.`];
  }
  return Math.abs(meanDifference) < equivalence && verdict !== "undecided"
    ? [`the difference is within ${band}, which counts as negligible.`]
    : [];
}

/** The best mean, where the finding is about another cell. */
export function bestMean(story: Story): string[] {
  const { analysis, subject, name } = story;
  const { comparisons, selection, question } = analysis;
  const best = comparisons.find(({ cell }) => cell === selection?.best);
  if (!best || best.n === 0 || best.cell === subject?.cell) return [];
  const tie = tiedForBest(analysis).length > 1 ? `${name(best.cell)} ` : "";
  return [
    `${bestMeanClause(story)}, but ${tie}${STANDINGS[best.verdict]} ${name(question.baseline)}: ` +
    `${describeDifference(best, analysis)}.`,
  ];
}

/** What the best mean owes to its having been chosen. */
function choice(story: Story): string[] {
  const { analysis: { selection, question }, extreme, name } = story;
  const means = countMeans(story);
  const text = choiceText(story);
  if (text === undefined || means < MANY || selection?.best === question.baseline) return [];
  return [
    `${name(selection?.best ?? "")} has the ${extreme} of ${
      formatCount(means)
    } means, which flatters ` +
    `it: ${text}.`,
  ];
}

/**
 * What cells reach on seeds that took no part in choosing them; undefined if it is not known, or cells
 * were chosen on all seeds before.
 */
export function choiceText(
  { analysis: { nested }, areChosenBefore, scale }: Story,
): string | undefined {
  const { mean, ciLow, ciHigh, chosen } = nested ?? {};
  if (areChosenBefore || mean === undefined) return undefined;
  if (chosen === 1) return "only a little, since it is also the best without any one of the seeds";
  const reached = describeMean({ mean, ciLow, ciHigh }, scale);
  return `cells that are chosen on all seeds but one reach a mean ${scale.noun} of ${reached} on that one`;
}

/** How many means there are to choose from. */
export function countMeans({ analysis: { cells, repeats } }: Story): number {
  return cells.filter(({ cell, n }) => n > 0 && !repeats.has(cell)).length;
}

function verdicts({ analysis: { comparisons, question }, name }: Story): string[] {
  if (comparisons.length < 2 || comparisons.every(({ n }) => n === 0)) return [];
  const counts = Map.groupBy(comparisons, ({ verdict }: Comparison) => verdict);
  const found = VERDICTS.map((verdict) => [counts.get(verdict)?.length ?? 0, verdict] as const)
    .filter(([count]) => count > 0);
  const compared = `cells compared with ${name(question.baseline)}`;
  const total = comparisons.length;
  if (found.length === 1) {
    const all = total === 2 ? "both" : `all ${formatCount(total)}`;
    return [`${all} ${compared} are ${found[0][1]}.`];
  }
  const texts = found.map(([count, verdict]) =>
    `${formatCount(count)} ${count === 1 ? "is" : "are"} ${verdict}`
  );
  return [`of ${formatCount(total)} ${compared}, ${listWords(texts, "and")}.`];
}

/** How many seeds cells took, where these depend on the results. */
function looks({ analysis, name }: Story): string[] {
  return looksSentences(analysis, name);
}

/** That nobody chose the baseline. */
export function doubtfulBaseline({ hasDoubtfulBaseline }: Story): string[] {
  return hasDoubtfulBaseline
    ? [
      "the baseline is the first cell, and regularized itself: differences are not from a model " +
      "without regularization.",
    ]
    : [];
}

/** That undecided says little, where the design could show almost nothing. */
function weakness({ analysis }: Story): string[] {
  const design = designOf(analysis);
  // What has no pairs of runs would not be decided by a better design.
  const isUndecided = analysis.comparisons.some(({ n, verdict }) =>
    n > 0 && verdict === "undecided"
  );
  if (!isUndecided || design.seeds * (design.folds ?? 1) < 2 || !isWeak(design)) return [];
  return designSentences(analysis).filter((sentence) => !sentence.startsWith("Sign-flip"));
}

/** Which runs and cells count for less than they seem to; sentences that start in lower case. */
export function headlineNotes(story: Story): string[] {
  return [...sameRuns(story), ...lostRuns(story)];
}

/** Cells that are the same run, so that nobody takes them for as many findings. */
function sameRuns({ analysis }: Story): string[] {
  if (analysis.repeats.size === 0 || areAllTheBaseline(analysis)) return [];
  const { repeats, cells } = analysis;
  const distinct = cells.length - repeats.size;
  return [
    `the ${countOf(cells.length, "cell")} are only ${
      countOf(distinct, "different run")
    } per seed: ` +
    "some differ in settings without effect. Cells that are the same run count as one comparison.",
  ];
}

function lostRuns({ analysis }: Story): string[] {
  // Where no run completed, the finding says so.
  if (!analysis.selection) return [];
  const sentence = lostRunsSentence(analysis.cells);
  return sentence ? [sentence] : [];
}

function simplest({ analysis: { cells, selection }, name }: Story): string[] {
  if (!selection || selection.simplest === selection.best) return [];
  const norms = [selection.simplest, selection.best].map((cell) => {
    const { means = {} } = cells.find((summary) => summary.cell === cell) ?? {};
    return means[SIZE_OF_WEIGHTS] ?? NaN;
  });
  const textsOf = (digits: number) => norms.map((norm) => formatFixed(norm, digits));
  // The smaller one must look smaller.
  let digits = 1;
  while (digits < MOST_NORM_DIGITS && new Set(textsOf(digits)).size < 2) digits++;
  const [small, large] = textsOf(digits);
  if (small === large) {
    const [norm] = textsOf(1);
    return [
      `${name(selection.simplest)} is as simple as ${
        name(selection.best)
      }, and within one standard ` +
      `error of it: the weights of both have an L2 norm of ${norm}.`,
    ];
  }
  return [
    `${name(selection.simplest)} is the simplest cell within one standard error of ` +
    `${name(selection.best)}: its weights have an L2 norm of ${small}, against ${large}.`,
  ];
}

function passedOver({ analysis: { selection }, extreme, name }: Story): string[] {
  const { passedOver = [] } = selection ?? {};
  if (passedOver.length === 0) return [];
  const [others, verb] = passedOver.length > 1
    ? [` and ${countOf(passedOver.length - 1, "other")}`, "have"]
    : ["", "has"];
  const mean = extreme === "highest" ? "higher mean" : "lower mean";
  return [
    `${name(passedOver[0])}${others} ${verb} a ${mean}, but over fewer completed runs than other ` +
    "cells.",
  ];
}

/** `p = 0.0021`, `p < 0.0001`. */
function pText(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${Number(p.toPrecision(2))}`;
}
