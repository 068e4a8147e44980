import { isLargerBetter } from "../experiment/experiment.ts";
import { countOf, formatCount, formatFixed } from "../format_number.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { type Comparison, SIGNIFICANCE, VERDICTS } from "../statistics/comparison.ts";
import { capitalized } from "./_capitalized.ts";
import { type CellSource, describeCell } from "./describe_cell.ts";
import { describeDifference, describeMean, describeSize } from "./describe_difference.ts";
import { metricScale } from "./metric_scale.ts";
import { lostRunsSentence, outlookSentence } from "./sentences.ts";

/** What a sweep found, in words. */
export interface Headline {
  /** One sentence: which cell is best, by how much and how sure; or that nothing can be told. */
  readonly finding: string;
  /** What to know before building on it. */
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

/** Says what a sweep found, from its figures alone. */
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

/** The best cell if it is shown to be better, else the best that is; else the best, or the next. */
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
      ? `${best} has the ${extreme} mean; no other cell has a run to compare with it.`
      : `${best} has the ${extreme} mean; ${name(baseline)} has no run to compare it with.`;
  }
  const cell = name(subject.cell);
  const gap = describeDifference(subject, metric);
  if (subject.verdict === "better") return `${cell} is better than ${name(baseline)}: ${gap}.`;
  const standing = {
    worse: "is worse than",
    equivalent: "is equivalent to",
    undecided: "cannot be told from",
  }[subject.verdict];
  return selection.best === baseline
    ? `${best} has the ${extreme} mean; the next best, ${cell}, ${standing} it: ${gap}.`
    : `${cell} has the ${extreme} mean, but ${standing} ${name(baseline)}: ${gap}.`;
}

/** What to know before building on the finding; begins with small letters. */
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
