import { formatFixed, formatSigned } from "../../format_number.ts";
import type { NumberFormat } from "../../measures/measure.ts";
import { METRICS, partsOf } from "../../measures/metrics.ts";
import { VERDICTS } from "../../results/comparison.ts";
import type { Manifest } from "../../results/manifest.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { shownMeasuresOf } from "../../trainers/own_measures.ts";
import { isCutOff, type MetricScale, metricScale } from "../../wording/metric_scale.ts";
import { outlookLabel } from "../../wording/sentences.ts";
import { correctedInterval } from "../../wording/verdict_interval.ts";
import { intervalText } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";

/** A column that can be sorted: its heading, what it sorts by and how that is written. */
export interface CellColumn {
  readonly heading: string;
  /** True if it is left out on paper, which has no room for it. */
  readonly isDetail?: boolean;
  value(cell: ReportCell): number | undefined;
  write(value: number, cell: ReportCell): string;
}

/** What a column of cells.csv other than the metric's is headed with, and how it is written. */
interface Detail extends Pick<NumberFormat, "isPercent" | "decimals"> {
  readonly column: string;
  readonly heading: string;
}

/** Common measures of the final model, the best ones, and the best step. */
const COMMON_DETAILS: readonly Detail[] = [
  ...METRICS.map((column) => {
    const { measure, part, isBest } = partsOf(column);
    const name = part === "train" ? "Training" : isBest ? "Best validation" : "Validation";
    return { ...measure, column, heading: `${name} ${measure.label}` };
  }),
  { column: "best_step", heading: "Best step", isPercent: false, decimals: 0 },
];

/** What the table of cells is made from beside the cells. */
export interface CellTableSource {
  readonly analysis: Analysis;
  readonly manifest: Pick<Manifest, "trainers" | "measures">;
}

/** The columns in which some cell has a value, without the first one, which has their names. */
export function cellColumns(
  cells: readonly ReportCell[],
  { analysis, manifest }: CellTableSource,
): CellColumn[] {
  const { question: { metric }, outlooks } = analysis;
  const scale = metricScale(metric);
  const own = manifest.measures ?? shownMeasuresOf(Object.keys(manifest.trainers));
  const details: readonly Detail[] = [
    ...COMMON_DETAILS,
    ...own.map(({ key, ...shown }) => ({ ...shown, column: key })),
  ];
  const { unit, differenceUnit, direction } = scale;
  const all: CellColumn[] = [
    { heading: "Seeds", value: ({ summary }) => summary.n, write: String },
    {
      heading: `Mean${unit && ` (${unit})`}${direction}`,
      value: ({ metric }) => metric?.mean,
      write: (mean) => formatFixed(mean, scale.decimals),
    },
    {
      heading: "95% interval",
      value: ({ metric }) => metric?.low,
      write: (_, { metric, summary }) => {
        const text = intervalText(metric ?? { n: 0, mean: NaN }, scale);
        return isCutOff(summary, scale) ? `${text} (cut off)` : text;
      },
    },
    {
      heading: `Difference${differenceUnit && ` (${differenceUnit.trim()})`}${direction}`,
      value: ({ difference }) => difference?.mean,
      write: (mean) => formatSigned(mean, scale.decimals),
    },
    {
      heading: verdictHeading(analysis),
      value: (cell) => verdictEstimate(cell)?.low,
      write: (_, cell) => verdictIntervalText(cell, scale),
    },
    {
      heading: "Verdict",
      value: ({ comparison }) =>
        comparison && VERDICTS.length - VERDICTS.indexOf(comparison.verdict),
      write: (_, { name, comparison }) => {
        const outlook = outlooks.get(name);
        const verdict = comparison?.verdict ?? "";
        return outlook ? `${verdict}: ${outlookLabel(outlook)}` : verdict;
      },
    },
    {
      heading: "p (Holm)",
      value: ({ comparison }) => comparison?.pHolm,
      write: (p) => p < 0.0001 ? "< 0.0001" : formatFixed(p, 4),
    },
    {
      heading: "Seeds better (%)",
      value: ({ comparison }) => scaled(comparison?.probabilityBetter, 100),
      write: (share) => formatFixed(share, 0),
    },
    ...details.filter(({ column }) => column !== metric).map((
      { column, heading, isPercent, decimals },
    ): CellColumn => ({
      heading: isPercent ? `${heading} (%)` : heading,
      isDetail: true,
      value: ({ summary }) => scaled(summary.means[column], isPercent ? 100 : 1),
      write: (value) => formatFixed(value, decimals),
    })),
    // Shown only if some cell has any.
    { heading: "Diverged", value: ({ summary }) => summary.diverged || undefined, write: String },
    { heading: "Failed", value: ({ summary }) => summary.failed || undefined, write: String },
    ...cells.some(({ name, csvName }) => name !== csvName)
      ? [{
        heading: "In the CSV files",
        isDetail: true,
        value: ({ index }: ReportCell) => index,
        write: (_: number, { csvName }: ReportCell) => csvName,
      }]
      : [],
  ];
  return all.filter(({ value }) => cells.some((cell) => value(cell) !== undefined));
}

/** The difference with the interval that the verdict rests on. */
function verdictEstimate({ comparison, difference, equivalence }: ReportCell) {
  return comparison?.verdict === "equivalent" ? equivalence : difference;
}

/** `−0.26 to 0.42`; of an equivalent cell `−0.19 to 0.35 (90%)`. */
function verdictIntervalText(cell: ReportCell, scale: MetricScale): string {
  const text = intervalText(verdictEstimate(cell) ?? { n: 0, mean: NaN }, scale);
  return cell.comparison?.verdict === "equivalent" ? `${text} (90%)` : text;
}

/** `Corrected 95% interval`. */
function verdictHeading(analysis: Analysis): string {
  const name = correctedInterval(analysis);
  return name[0].toUpperCase() + name.slice(1);
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
