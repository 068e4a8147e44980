import { isLargerBetter } from "../measures/metrics.ts";
import { metricScale } from "./metric_scale.ts";
import { capitalized } from "./_capitalized.ts";
import { headlineRemarks } from "./_headline_remarks.ts";
import type { Story } from "./_story.ts";
import type { Analysis } from "../statistics/analyze.ts";
import type { Comparison } from "../results/comparison.ts";
import { type CellSource, describeCell } from "./describe_cell.ts";
import { describeDifference, describeMean } from "./describe_difference.ts";

/** What a sweep found, in words. */
export interface Headline {
  /** One sentence: which cell is best, by how much and how sure; or that nothing can be told. */
  readonly finding: string;
  /** What to know before building on it. */
  readonly remarks: readonly string[];
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
