import { describeSize } from "../../wording/describe_difference.ts";
import { toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import { DIFFERENCE_STEPS, PALE_DIFFERENCES } from "../theme.ts";
import { focusDomain } from "./_focus_domain.ts";
import { ROOM } from "./_layout.ts";
import type { ChartContext } from "./chart.ts";

/** Steps of colour on each side of the middle one. */
const SIDE = (DIFFERENCE_STEPS - 1) / 2;

/** A cell's difference from the baseline, which is 0 for the baseline itself. */
export function differenceOf({ isBaseline, difference }: ReportCell): number | undefined {
  return isBaseline ? 0 : difference?.mean;
}

/** What cells are compared with where colours show differences. */
export interface Contrast {
  /** As in `better than the baseline`. */
  readonly reference: string;
  /** Absent for a cell that is not compared. */
  differenceOf(cell: ReportCell): number | undefined;
}

export const FROM_BASELINE: Contrast = { reference: "the baseline", differenceOf };

/** The differences of means from their median, where no cell is a baseline of its own right. */
export function fromMedian(cells: readonly ReportCell[]): Contrast {
  const means = cells.flatMap(({ metric }) => metric?.mean ?? []).sort((a, b) => a - b);
  const median = means[means.length >> 1];
  return {
    reference: "the median cell",
    differenceOf: ({ metric }) => metric && toShown(metric.mean - median),
  };
}

/**
 * Colours of differences. The middle one covers the equivalence band, those at the ends are open:
 * nothing lies beyond them.
 *
 * @param range Which of the theme's ranges: `diverging` for tiles, `heatmap` for lines.
 * @returns Undefined if no cell has a difference.
 */
export function differenceColors(
  cells: readonly ReportCell[],
  { scale, largerIsBetter, analysis }: ChartContext,
  range: "diverging" | "heatmap",
  { reference, differenceOf }: Contrast = FROM_BASELINE,
) {
  const differences = cells.flatMap((cell) =>
    cell.isBaseline && reference === FROM_BASELINE.reference ? [] : differenceOf(cell) ?? []
  );
  if (differences.length === 0) return undefined;
  const { factor, differenceHeading: unit, format } = scale;
  const { equivalence = 0 } = analysis.question;
  const thresholds = thresholdsOf(differences, equivalence * factor);
  const edge = (DIFFERENCE_STEPS - PALE_DIFFERENCES) / 2;
  return {
    thresholds,
    /** True if text on a difference's colour needs the paper's colour to be readable. */
    isDeep: (difference: number) => {
      const step = thresholds.filter((threshold) => threshold <= difference).length;
      return step < edge || step >= DIFFERENCE_STEPS - edge;
    },
    color: {
      field: "difference",
      type: "quantitative",
      title: `Difference from ${reference}${unit && ` (${unit})`}`,
      scale: { type: "threshold", domain: thresholds, range, reverse: !largerIsBetter },
      legend: {
        type: "gradient",
        direction: "horizontal",
        format: `+${format}`,
        // Without a band, the middle step is a line at 0.
        ...(equivalence > 0
          ? {}
          : { labelExpr: `abs(datum.value) <= ${thresholds[SIDE]} ? "0" : datum.label` }),
        gradientLength: { expr: `min(360, ${ROOM} - 90)` },
        gradientThickness: 12,
        labelOverlap: "greedy",
        labelSeparation: 8,
        titleLimit: { expr: ROOM },
      },
    },
  } as const;
}

/** What a caption says of the colours. */
export function colorsSentence(
  { scale, analysis }: ChartContext,
  { reference }: Contrast = FROM_BASELINE,
): string {
  const { equivalence = 0 } = analysis.question;
  const neutral = equivalence > 0
    ? `, grey within ±${describeSize(equivalence, scale)}, which counts as negligible`
    : "";
  return `Blue is better than ${reference}, orange worse${neutral}.`;
}

/** Bounds between the steps: the equivalence band, then steps of equal width on both sides. */
function thresholdsOf(differences: readonly number[], band: number): number[] {
  const ends = focusDomain(differences.map((difference) => [difference]));
  const most = Math.max(...ends.map(Math.abs));
  const step = Number(Math.max((most - band) / SIDE, band).toPrecision(2));
  // Without a band, only what is practically equal is neutral.
  const inner = band || step / 1000;
  const upper = Array.from({ length: SIDE }, (_, index) => toShown(inner + index * step));
  return [...upper.map((threshold) => -threshold).reverse(), ...upper];
}
