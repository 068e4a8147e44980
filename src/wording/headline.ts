import { countOf, formatCount, formatFixed } from "../format_number.ts";
import { isLargerBetter } from "../measures/metrics.ts";
import { type Comparison, SIGNIFICANCE, VERDICTS } from "../results/comparison.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { capitalized } from "./_capitalized.ts";
import { type CellSource, describeCell } from "./describe_cell.ts";
import { describeDifference, describeMean, describeSize } from "./describe_difference.ts";
import { metricScale } from "./metric_scale.ts";
import { lostRunsSentence, outlookSentence } from "./sentences.ts";

/** What a sweep found, in words. */
export interface Headline {
  /** One sentence: which cell is best, by how much and how certain that is; or that it is unclear. */
  readonly finding: string;
  /** What to know before relying on it. */
  readonly remarks: readonly string[];
}

/** What the finding and the remarks are written from. */
interface Story {
  readonly analysis: Analysis;
  /** The comparison that the finding is about; absent if there is none. */
  readonly subject?: Comparison;
  /** How the best mean compares with the others. */
  readonly extreme: "highest" | "lowest";
  /** A cell in words. */
  readonly name: (cell: string) => string;
}

/** Says what a sweep found, from its analysis alone. */
export function headline(analysis: Analysis, manifest: CellSource): Headline {
  const { metric, baseline } = analysis.question;
  const story = {
    analysis,
    subject: subjectOf(analysis),
    extreme: isLargerBetter(metric) ? "highest" as const : "lowest" as const,
    name: (cell: string) => {
      const words = describeCell(cell, manifest);
      return cell !== baseline || words === "no regularization" ? words : `the baseline (${words})`;
    },
  };
  return {
    finding: capitalized(finding(story)),
    remarks: headlineRemarks(story).map(capitalized),
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

function finding({ analysis, subject, extreme, name }: Story): string {
  const { cells, question: { metric, baseline }, selection } = analysis;
  if (!selection) return "no run completed, so there is nothing to compare.";
  const best = name(selection.best);
  if (cells.length === 1) {
    const [{ mean = NaN, ciLow, ciHigh }] = cells;
    const text = describeMean({ mean, ciLow, ciHigh }, metric);
    return `the only cell reaches a mean ${metricScale(metric).noun} of ${text}.`;
  }
  if (!subject) {
    return selection.best === baseline
      ? `${best} has the ${extreme} mean; no other cell has a completed run on the same seeds.`
      : `${best} has the ${extreme} mean; it cannot be compared with ${name(baseline)}, ` +
        "which has no completed run on the same seeds.";
  }
  const cell = name(subject.cell);
  const gap = describeDifference(subject, metric);
  if (subject.verdict === "better") return `${cell} is better than ${name(baseline)}: ${gap}.`;
  const standing = {
    worse: "is worse than",
    equivalent: "is equivalent to",
    undecided: "is not clearly different from",
  }[subject.verdict];
  return selection.best === baseline
    ? `${best} has the ${extreme} mean; the next best, ${cell}, ${standing} it: ${gap}.`
    : `${cell} has the ${extreme} mean, but ${standing} ${name(baseline)}: ${gap}.`;
}

/** What to know before relying on the finding; sentences that start in lower case. */
function headlineRemarks(story: Story): string[] {
  const remarks = story.analysis.selection
    ? [means, outlook, sureness, size, bestMean, verdicts, simplest, passedOver]
    : [];
  const lost = lostRunsSentence(story.analysis.cells);
  return [...remarks.flatMap((remark) => remark(story)), ...(lost ? [lost] : [])];
}

function means({ analysis, subject, name }: Story): string[] {
  const { cells, question: { metric, baseline } } = analysis;
  if (!subject) return [];
  const texts = [subject.cell, baseline].flatMap((cell) => {
    const { mean, ciLow, ciHigh } = cells.find((summary) => summary.cell === cell) ?? {};
    return mean === undefined
      ? []
      : [`${describeMean({ mean, ciLow, ciHigh }, metric)} for ${name(cell)}`];
  });
  return [`mean ${metricScale(metric).noun}: ${texts.join(", ")}.`];
}

/** What would settle the finding if it is undecided. */
function outlook({ analysis: { outlooks, question }, subject }: Story): string[] {
  const outlook = subject && outlooks.get(subject.cell);
  return outlook ? [outlookSentence(outlook, question.metric)] : [];
}

function sureness({ analysis: { comparisons }, subject }: Story): string[] {
  if (subject?.pValue === undefined || subject.pHolm === undefined) return [];
  const { pValue, pHolm, pSignFlip = NaN, verdict } = subject;
  const tests = comparisons.filter(({ pValue }) => pValue !== undefined).length;
  const isLost = verdict === "undecided" && pValue < SIGNIFICANCE;
  const correction = `Holm’s correction for ${tests} comparisons`;
  const tTest = isLost
    ? `significant alone (two-sided t-test ${pText(pValue)}), but not after ${correction} ` +
      `(${pText(pHolm)})`
    : `two-sided t-test ${pText(pValue)}` +
      (tests > 1 ? `, ${pText(pHolm)} after ${correction}` : "");
  return [`${tTest}; sign-flip test ${pText(pSignFlip)}.`];
}

function size({ analysis: { question }, subject }: Story): string[] {
  const { meanDifference = NaN, verdict } = subject ?? {};
  const { equivalence, metric } = question;
  const band = `±${describeSize(equivalence, metric)}`;
  if (verdict === "equivalent") {
    return [`equivalent means that the 90% interval lies within ${band}.`];
  }
  return Math.abs(meanDifference) < equivalence && verdict !== "undecided"
    ? [`the difference is within ${band}, which this experiment treats as negligible.`]
    : [];
}

/** The best mean, where the finding is about another cell. */
function bestMean({ analysis, subject, extreme, name }: Story): string[] {
  const { comparisons, selection, question } = analysis;
  const best = comparisons.find(({ cell }) => cell === selection?.best);
  if (!best || best.n === 0 || best.cell === subject?.cell) return [];
  const gap = describeDifference(best, question.metric);
  return [
    `${name(best.cell)} has the ${extreme} mean, but is not shown to be better than ` +
    `${name(question.baseline)}: ${gap}.`,
  ];
}

function verdicts({ analysis: { comparisons, question }, name }: Story): string[] {
  if (comparisons.length < 2) return [];
  const counts = Map.groupBy(comparisons, ({ verdict }: Comparison) => verdict);
  const texts = VERDICTS.map((verdict) => [counts.get(verdict)?.length ?? 0, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${formatCount(count)} ${verdict}`);
  return [
    `of ${formatCount(comparisons.length)} cells compared with ${name(question.baseline)}: ` +
    `${texts.join(", ")}.`,
  ];
}

function simplest({ analysis: { cells, selection }, name }: Story): string[] {
  if (!selection || selection.simplest === selection.best) return [];
  const [small, large] = [selection.simplest, selection.best].map((cell) => {
    const { means = {} } = cells.find((summary) => summary.cell === cell) ?? {};
    return formatFixed(means["weight_l2"] ?? NaN, 1);
  });
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
