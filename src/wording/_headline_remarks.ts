import { countOf, formatCount, formatFixed } from "../format_number.ts";
import { metricScale } from "./metric_scale.ts";
import type { Story } from "./_story.ts";
import { SIGNIFICANCE } from "../statistics/verdict_of.ts";
import { type Comparison, VERDICTS } from "../results/comparison.ts";
import { describeDifference, describeMean, describeSize } from "./describe_difference.ts";
import { lostRunsSentence, outlookSentence } from "./sentences.ts";

/** What to know before building on the finding; begins with small letters. */
export function headlineRemarks(story: Story): string[] {
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

/** What would decide the finding, where it is not. */
function outlook({ analysis: { outlooks, question }, subject }: Story): string[] {
  const outlook = subject && outlooks.get(subject.cell);
  return outlook ? [outlookSentence(outlook, question.metric)] : [];
}

function sureness({ analysis: { comparisons }, subject }: Story): string[] {
  if (subject?.pValue === undefined || subject.pHolm === undefined) return [];
  const { pValue, pHolm, pSignFlip = NaN, verdict } = subject;
  const tests = comparisons.filter(({ pValue }) => pValue !== undefined).length;
  const isLost = verdict === "undecided" && pValue < SIGNIFICANCE;
  const corrected = tests > 1
    ? `, ${pText(pHolm)} after Holm’s correction for ${tests} comparisons`
    : "";
  return [
    ...(isLost
      ? [`by itself the difference would count; among ${tests}, one as large comes by chance.`]
      : []),
    `two-sided ${pText(pValue)} by the t-test${corrected}; ${pText(pSignFlip)} by flipping the ` +
    "signs of the differences.",
  ];
}

function size({ analysis: { question }, subject }: Story): string[] {
  const { meanDifference = NaN, verdict } = subject ?? {};
  const { equivalence, metric } = question;
  const band = `±${describeSize(equivalence, metric)}`;
  if (verdict === "equivalent") {
    return [`equivalent means that the 90% interval lies within ${band}.`];
  }
  return Math.abs(meanDifference) < equivalence && verdict !== "undecided"
    ? [
      `the difference is within ${band}, which this experiment counts as of no practical interest.`,
    ]
    : [];
}

/** Where the finding is about another cell than that with the best mean. */
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
    `${name(selection.best)}: its weights have a norm of ${small}, against ${large}.`,
  ];
}

function passedOver({ analysis: { selection }, extreme, name }: Story): string[] {
  const { passedOver = [] } = selection ?? {};
  if (passedOver.length === 0) return [];
  const others = passedOver.length > 1 ? ` and ${countOf(passedOver.length - 1, "other")}` : "";
  return [
    `${name(passedOver[0])}${others} would have the ${extreme} mean, but over fewer runs than ` +
    "other cells.",
  ];
}

/** `p = 0.0021`, `p < 0.0001`. */
function pText(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${Number(p.toPrecision(2))}`;
}
