import type { Manifest } from "../results/manifest.ts";
import type { Estimate } from "./estimate.ts";
import { bandText, differenceText, digitsOf, meanText, sideOf } from "./interval_words.ts";
import { type MetricScale, metricScale } from "./metric_scale.ts";
import type { ReportCell } from "./report_cell.ts";

/** What the sweep found, in words. */
export interface Headline {
  /** One sentence: the best cell, by how much, how sure. */
  readonly finding: string;
  /** What to know before building on it. */
  readonly remarks: readonly string[];
}

type Compared = ReportCell & { readonly difference: Estimate };

/**
 * Says which cell is best, how far it is from the baseline, and whether that can be told from
 * chance.
 *
 * @param cells Best first.
 */
export function headline(cells: readonly ReportCell[], { experiment }: Manifest): Headline {
  const scale = metricScale(experiment.metric);
  const [best] = cells;
  if (!best?.metric) {
    return { finding: "No run completed, so there is nothing to compare.", remarks: [] };
  }
  const baseline = cells.find((cell) => cell.isBaseline);
  const compared = cells.filter((cell): cell is Compared => cell.difference !== undefined);
  // Whom the headline compares with the baseline: the best, or the next best if that is the baseline.
  const rival = compared.find((cell) => best.isBaseline || cell === best);

  if (cells.length === 1) {
    return {
      finding: `The only cell reaches a mean ${scale.noun} of ${
        meanText(best.metric, scale, digitsOf(best.metric, scale))
      }.`,
      remarks: ["There is no other cell to compare it with."],
    };
  }
  const meanRemark = meansRemark([best, best.isBaseline ? rival : baseline], scale);
  if (!rival) {
    return {
      finding: best.isBaseline
        ? `The baseline ${best.name} comes first; no other cell has a result to compare with it.`
        : `${best.name} comes first; the baseline ${experiment.baseline} has no result to compare it with.`,
      remarks: [meanRemark],
    };
  }
  return {
    finding: finding(rival, best, experiment, scale),
    remarks: [
      meanRemark,
      ...equivalenceRemark(rival.difference, experiment, scale),
      ...betterRemark(compared.filter((cell) => cell !== rival), rival, experiment, scale),
      ...(compared.length > 1 && rival.difference.low !== undefined
        ? [`The intervals are not corrected for picking the best of ${cells.length} cells.`]
        : []),
    ],
  };
}

function finding(
  rival: Compared,
  best: ReportCell,
  { baseline, largerIsBetter }: Manifest["experiment"],
  scale: MetricScale,
): string {
  const gap = differenceText(rival.difference, scale);
  const side = sideOf(rival.difference, largerIsBetter);
  if (best.isBaseline && side === "worse") {
    return `Nothing beats the baseline ${baseline}: the next best, ${rival.name}, is worse: ${gap}.`;
  }
  if (best.isBaseline && side === "undecided") {
    return `The baseline ${baseline} comes first, but ${rival.name} cannot be told from it: ${gap}.`;
  }
  if (!best.isBaseline && side === "better") {
    return `${best.name} is better than the baseline ${baseline}: ${gap}.`;
  }
  if (!best.isBaseline && side === "undecided") {
    return `${best.name} comes first, but cannot be told from the baseline ${baseline}: ${gap}.`;
  }
  // Some pairs give no interval; and where runs are missing, pairs and means may disagree.
  return `${best.name} comes first. Difference of ${rival.name} to the baseline ${baseline}: ${gap}.`;
}

function meansRemark(cells: readonly (ReportCell | undefined)[], scale: MetricScale): string {
  const named = cells.flatMap((cell) => cell?.metric ? [{ ...cell.metric, name: cell.name }] : []);
  const digits = Math.max(...named.map((mean) => digitsOf(mean, scale)));
  const means = named.map((mean) => `${meanText(mean, scale, digits)} for ${mean.name}`);
  return `Mean ${scale.noun}: ${means.join(", ")}.`;
}

/** Says so where a cell that is not the first is the one whose interval leaves 0 out. */
function betterRemark(
  others: readonly Compared[],
  rival: Compared,
  { largerIsBetter }: Manifest["experiment"],
  scale: MetricScale,
): string[] {
  if (sideOf(rival.difference, largerIsBetter) === "better") return [];
  const better = others.find(({ difference }) => sideOf(difference, largerIsBetter) === "better");
  if (!better) return [];
  return [
    `${better.name} is better than the baseline: ${differenceText(better.difference, scale)}.`,
  ];
}

function equivalenceRemark(
  difference: Estimate,
  { equivalence, largerIsBetter }: Manifest["experiment"],
  scale: MetricScale,
): string[] {
  const { mean, low = Infinity, high = Infinity } = difference;
  const band = equivalence * scale.factor;
  const isInside = (value: number) => Math.abs(value) <= band;
  const isWhole = isInside(low) && isInside(high);
  const isKnown = ["better", "worse"].includes(sideOf(difference, largerIsBetter));
  if (!isWhole && !(isKnown && isInside(mean))) return [];
  const what = isWhole ? "The whole interval" : "The mean difference";
  return [
    `${what} lies within ${bandText(equivalence, scale)}, which this experiment counts as no ` +
    "practical difference.",
  ];
}
