import { countOf, formatCount, formatFixed } from "../format_number.ts";
import { isLargerBetter, partsOf } from "../measures/metrics.ts";
import { type Comparison, SIGNIFICANCE, type Verdict, VERDICTS } from "../results/comparison.ts";
import type { ConfusionRow } from "../results/run_row.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { correctedTests } from "../statistics/corrected_tests.ts";
import { SIZE_OF_WEIGHTS } from "../statistics/tie_order.ts";
import { capitalized } from "./capitalized.ts";
import {
  type ClassSource,
  type CommonestClass,
  commonestClass,
  constantSentence,
} from "./commonest_class.ts";
import {
  cellNames,
  type CellSource,
  isRegularizedFirstCell,
  NO_REGULARIZATION,
} from "./describe_cell.ts";
import { designOf, isWeak } from "./describe_design.ts";
import {
  describeDifference,
  describeInterval,
  describeMean,
  describeSize,
} from "./describe_difference.ts";
import { looksSentences } from "./describe_looks.ts";
import { type MetricScale, scaleOf } from "./metric_scale.ts";
import { neverPredictedSentence } from "./never_predicted.ts";
import { designSentences, lostRunsSentence, outlookSentence } from "./sentences.ts";
import { unfinishedSentence, type UnfinishedSource } from "./unfinished_sentence.ts";

/** What a sweep found, in words. */
export interface Headline {
  /** That runs are missing, how many, and why; absent if the sweep is complete. */
  readonly unfinished?: string;
  /** One sentence: which cell is best, by how much and how certain that is; or that it is unclear. */
  readonly finding: string;
  /** What to know before relying on it. */
  readonly remarks: readonly string[];
  /** Which runs and cells count for less than they seem to; the report lists them. */
  readonly notes: readonly string[];
}

/** What the finding and the remarks are written from. */
interface Story {
  readonly analysis: Analysis;
  readonly scale: MetricScale;
  /** Absent for quantities, and if the classes were not counted. */
  readonly commonest?: CommonestClass;
  /** The comparison that the finding is about; absent if there is none. */
  readonly subject?: Comparison;
  /** How the best mean compares with the others. */
  readonly extreme: "highest" | "lowest";
  /** True if the baseline is only the first cell, and regularized itself. */
  readonly hasDoubtfulBaseline: boolean;
  /** A cell in words. */
  readonly name: (cell: string) => string;
}

/** The parts of a manifest that a headline is written from. */
export interface HeadlineSource extends CellSource, UnfinishedSource {
  readonly experiment: CellSource["experiment"] & UnfinishedSource["experiment"];
  readonly dataset?: ClassSource;
}

/**
 * Says what a sweep found.
 *
 * @param confusion Of the selected cell's runs, if they were scored on test rows.
 */
export function headline(
  analysis: Analysis,
  manifest: HeadlineSource,
  confusion: readonly ConfusionRow[] = [],
): Headline {
  const { metric, baseline } = analysis.question;
  const nameOf = cellNames(manifest);
  const story: Story = {
    analysis,
    scale: scaleOf(analysis),
    commonest: commonestClass(manifest.dataset),
    subject: subjectOf(analysis),
    extreme: isLargerBetter(metric) ? "highest" : "lowest",
    hasDoubtfulBaseline: isRegularizedFirstCell(manifest, baseline),
    name: (cell: string) => {
      const words = nameOf(cell);
      return cell !== baseline || words === NO_REGULARIZATION ? words : `the baseline (${words})`;
    },
  };
  const unfinished = unfinishedSentence(manifest);
  const found = unfinished === undefined ? finding(story) : `so far, ${finding(story)}`;
  return {
    ...unfinished !== undefined && { unfinished },
    finding: [found, ...neverPredicted(story, confusion)].map(capitalized).join(" "),
    remarks: headlineRemarks({
      ...story,
      // The finding says which it is.
      name: (cell) => {
        const words = nameOf(cell);
        return cell === baseline && words !== NO_REGULARIZATION ? "the baseline" : words;
      },
    }).map(capitalized),
    notes: [...sameRuns(story), ...lostRuns(story)].map(capitalized),
  };
}

/**
 * The cell that the finding is about: the best mean if it is shown to be better than the baseline,
 * otherwise the best of those that are; if there is none, the best mean, or the next best where the
 * baseline itself is best.
 */
function subjectOf({ comparisons, selection, question }: Analysis): Comparison | undefined {
  const sign = isLargerBetter(question.metric) ? 1 : -1;
  const gain = ({ meanDifference = 0 }: Comparison) => sign * meanDifference;
  const compared = comparisons.filter(({ n }) => n > 0).sort((a, b) => gain(b) - gain(a));
  const best = compared.find(({ cell }) => cell === selection?.best);
  if (best?.verdict === "better") return best;
  return compared.find(({ verdict }) => verdict === "better") ?? best ?? compared[0];
}

/** Decimals that tell any two norms apart of which one makes a cell simpler. */
const MOST_NORM_DIGITS = 6;

const STANDINGS: Readonly<Record<Verdict, string>> = {
  better: "is better than",
  worse: "is worse than",
  equivalent: "is equivalent to",
  undecided: "is not clearly different from",
};

function finding(story: Story): string {
  const { analysis, scale, subject, name } = story;
  const { cells, question: { baseline }, selection } = analysis;
  if (!selection) return "no run completed, so there is nothing to compare.";
  if (cells.length === 1) {
    const [{ mean = NaN, ciLow, ciHigh }] = cells;
    const text = describeMean({ mean, ciLow, ciHigh }, scale);
    return `the only cell reaches a mean ${scale.noun} of ${text}.`;
  }
  if (areAllTheBaseline(analysis)) {
    const all = cells.length === 2 ? "both cells" : `all ${countOf(cells.length, "cell")}`;
    return `${all} are the same run: the settings in which they differ have no effect.`;
  }
  const top = bestMeanClause(story);
  const tied = tiedForBest(analysis);
  if (!subject) {
    return selection.best === baseline
      ? `${top}; no other cell has a completed run on the same seeds.`
      : `${top}; ${tied.length > 1 ? "they" : "it"} cannot be compared with ${name(baseline)}, ` +
        "which has no completed run on the same seeds.";
  }
  const cell = name(subject.cell);
  const gap = describeDifference(subject, analysis);
  const standing = STANDINGS[subject.verdict];
  if (tied.length > 1 && tied.includes(subject.cell)) {
    const isBoth = tied.length === 2 && tied.includes(baseline);
    if (isBoth && subject.verdict === "undecided") return `${top}: ${gap}.`;
    if (isBoth && subject.verdict === "equivalent") return `${top} and are equivalent: ${gap}.`;
    return `${top}; ${cell} ${standing} ${name(baseline)}: ${gap}.`;
  }
  if (subject.verdict === "better") return `${cell} ${standing} ${name(baseline)}: ${gap}.`;
  return selection.best === baseline
    ? `${top}; the next best, ${cell}, ${standing} it: ${gap}.`
    : `${top}, but ${standing} ${name(baseline)}: ${gap}.`;
}

function areAllTheBaseline({ cells, repeats, question: { baseline } }: Analysis): boolean {
  return cells.every(({ cell }) => cell === baseline || repeats.get(cell) === baseline);
}

/** `dropout 0.5 has the highest mean`, or `a and b tie for the highest mean`. */
function bestMeanClause({ analysis, subject, extreme, name }: Story): string {
  const { selection, question: { baseline } } = analysis;
  const tied = tiedForBest(analysis);
  if (tied.length === 1) {
    // Means over different seeds cannot be compared as they are.
    const isRelative = analysis.question.looks && selection?.best !== baseline;
    const relative = isRelative ? " relative to the baseline" : "";
    return `${name(selection?.best ?? "")} has the ${extreme} mean${relative}`;
  }
  const isFirst = (cell: string) => Number(cell === baseline) * 2 + Number(cell === subject?.cell);
  const names = tied.toSorted((a, b) => isFirst(b) - isFirst(a)).map(name);
  return `${listOf(names, "cell")} tie for the ${extreme} mean`;
}

/** The cells whose mean is exactly the best one's, over as many runs. */
function tiedForBest({ cells, selection }: Analysis): string[] {
  const best = cells.find(({ cell }) => cell === selection?.best);
  return cells.filter(({ n, mean }) => n === best?.n && mean === best.mean).map(({ cell }) => cell);
}

/** `a and b`, `a, b and c`, `a, b and 7 other cells`. */
function listOf(names: readonly string[], noun: string): string {
  const shown = names.length > 3 ? names.slice(0, 2) : names.slice(0, -1);
  const rest = names.length - shown.length;
  const last = rest > 1 ? countOf(rest, `other ${noun}`) : names[names.length - 1];
  return `${shown.join(", ")} and ${last}`;
}

/** What to know before relying on the finding; sentences that start in lower case. */
function headlineRemarks(story: Story): string[] {
  const { selection } = story.analysis;
  const remarks = !selection ? [] : areAllTheBaseline(story.analysis) ? [means, constant] : [
    means,
    constant,
    outlook,
    sureness,
    size,
    bestMean,
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

/** The classes that the selected cell never predicts, which its accuracy does not show. */
function neverPredicted(
  { analysis: { selection }, name }: Story,
  confusion: readonly ConfusionRow[],
): string[] {
  const sentence = selection && neverPredictedSentence(name(selection.best), confusion);
  return sentence === undefined ? [] : [sentence];
}

/** What would settle the finding if it is undecided. */
function outlook({ analysis: { outlooks, question }, scale, subject }: Story): string[] {
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

function size({ analysis: { question }, scale, subject }: Story): string[] {
  const { meanDifference = NaN, verdict, ciLow } = subject ?? {};
  const { equivalence = 0 } = question;
  const band = `±${describeSize(equivalence, scale)}`;
  if (verdict === "equivalent") {
    // Equal differences have no interval.
    const what = ciLow === undefined ? "difference" : "interval";
    return [`equivalent means that the ${what} lies within ${band}.`];
  }
  return Math.abs(meanDifference) < equivalence && verdict !== "undecided"
    ? [`the difference is within ${band}, which this experiment treats as negligible.`]
    : [];
}

/** The best mean, where the finding is about another cell. */
function bestMean(story: Story): string[] {
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
  return [`of ${formatCount(total)} ${compared}, ${listed(texts)}.`];
}

/** How many seeds cells took, where these depend on the results. */
function looks({ analysis, name }: Story): string[] {
  return looksSentences(analysis, name);
}

function doubtfulBaseline({ hasDoubtfulBaseline }: Story): string[] {
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

/** `a`, `a and b`, `a, b and c`. */
function listed(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join();
  return `${texts.slice(0, -1).join(", ")} and ${texts[texts.length - 1]}`;
}

/** `p = 0.0021`, `p < 0.0001`. */
function pText(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${Number(p.toPrecision(2))}`;
}
