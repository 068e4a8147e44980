import type { CellSummary } from "../results/cell_summary.ts";
import type { Comparison } from "../results/comparison.ts";
import type { ManifestCell } from "../results/manifest.ts";
import { areMeansComparable } from "../statistics/are_means_comparable.ts";
import { ascending, SIZE_OF_WEIGHTS, tieOrder } from "../statistics/tie_order.ts";
import { metricScale, possiblePart } from "../wording/metric_scale.ts";
import { verdictInterval } from "../wording/verdict_interval.ts";
import { type Estimate, toEstimate } from "./estimate.ts";
import type { RowlessInput } from "./report_input.ts";
import { scaleText } from "./scale_text.ts";

/** A cell with all that the report shows of it. */
export interface ReportCell {
  /** Its place in the experiment's order, from 0. */
  readonly index: number;
  /** What readers see, after `withDisplayNames()`. */
  readonly name: string;
  /** Its name in the CSV files and in `only:`. */
  readonly csvName: string;
  readonly technique: string;
  /** By swept key. */
  readonly values: ManifestCell["values"];
  /** What decides its colour: `baseline`, or the labels of its technique. */
  readonly group: string;
  readonly isBaseline: boolean;
  /** Of the metric; absent where no run completed. */
  readonly metric?: Estimate;
  /** With the baseline; absent for the baseline itself. */
  readonly comparison?: Comparison;
  /**
   * The difference from the baseline, in the units shown, with the interval that the verdict rests
   * on. Absent without pairs.
   */
  readonly difference?: Estimate;
  readonly summary: CellSummary;
}

export const BASELINE_GROUP = "baseline";
const OTHER_GROUP = "other techniques";
/** As many as the palette has hues. */
const MOST_TECHNIQUES = 6;

/**
 * The cells of a report, best first, as `recommendCells()` has it: by their means or, where cells have
 * different seeds, by their differences from the baseline. `tieOrder()` decides between equals. Cells
 * without a result come last, in the order of the experiment.
 */
export function rankCells(input: RowlessInput): ReportCell[] {
  const { experiment } = input.manifest;
  const scale = metricScale(experiment.metric, input.cells);
  const sign = experiment.largerIsBetter ? 1 : -1;
  const summaries = new Map(input.cells.map((summary) => [summary.cell, summary]));
  const comparisons = new Map(input.comparisons.map((comparison) => [comparison.cell, comparison]));
  const groupOf = techniqueGroups(input);

  const cells = experiment.cells.flatMap((cell, index): ReportCell[] => {
    const summary = summaries.get(cell.name);
    if (!summary) return [];
    const isBaseline = cell.name === experiment.baseline;
    const possible = possiblePart(summary, scale);
    const comparison = isBaseline ? undefined : comparisons.get(cell.name);
    const difference = comparison && toEstimate(scale.factor, {
      ...verdictInterval(comparison),
      n: comparison.n,
      mean: comparison.meanDifference,
    });
    return [{
      index,
      name: cell.name,
      csvName: cell.name,
      technique: cell.technique,
      values: cell.values,
      group: isBaseline ? BASELINE_GROUP : groupOf(cell.technique),
      isBaseline,
      metric: toEstimate(scale.factor, { ...summary, low: possible.ciLow, high: possible.ciHigh }),
      comparison,
      difference,
      summary,
    }];
  });
  const areMeans = areMeansComparable(input.runs, experiment);
  const badness = ({ summary: { mean }, comparison, isBaseline }: ReportCell) => {
    const score = areMeans ? mean : isBaseline ? 0 : comparison?.meanDifference;
    return mean === undefined || score === undefined ? Infinity : -sign * score;
  };
  const byTie = tieOrder(experiment.baseline);
  const tied = ({ name, summary }: ReportCell) => ({
    cell: name,
    weightNorm: summary.means[SIZE_OF_WEIGHTS],
  });
  return cells.sort((a, b) =>
    ascending(badness(a), badness(b)) || Number(!a.metric) - Number(!b.metric) ||
    (a.metric && b.metric ? byTie(tied(a), tied(b)) : a.index - b.index)
  );
}

/** The groups that occur, as in the palette: the baseline, then techniques in their order. */
export function groupsOf(cells: readonly ReportCell[]): string[] {
  const written = cells.toSorted((a, b) => a.index - b.index).map((cell) => cell.group);
  const techniques = new Set(written.filter((group) => group !== BASELINE_GROUP));
  const others = techniques.delete(OTHER_GROUP) ? [OTHER_GROUP] : [];
  return [BASELINE_GROUP, ...techniques, ...others];
}

/** Names techniques by their keys' labels; once the hues run out, the rest share one group. */
function techniqueGroups({ manifest }: RowlessInput): (technique: string) => string {
  const { swept, cells, baseline } = manifest.experiment;
  const labels = new Map(swept.map(({ key, label }) => [key, label]));
  const techniques = [
    ...new Set(cells.filter(({ name }) => name !== baseline).map(({ technique }) => technique)),
  ];
  const named = techniques.length > MOST_TECHNIQUES
    ? techniques.slice(0, MOST_TECHNIQUES - 1)
    : techniques;
  return (technique) =>
    named.includes(technique)
      ? scaleText(technique.split(" × ").map((key) => labels.get(key) ?? key).join(" × "))
      : OTHER_GROUP;
}
