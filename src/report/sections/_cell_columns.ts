import { formatFixed, formatSigned } from "../../format_number.ts";
import type { Measure } from "../../measures/measure.ts";
import { isLargerBetter, metricColumn, METRICS, partsOf } from "../../measures/metrics.ts";
import { TAKEN_BY_MEASURES } from "../../measures/fixed_columns.ts";
import { VERDICTS } from "../../results/comparison.ts";
import type { Manifest } from "../../results/manifest.ts";
import { trainersOf } from "../../results/trainers_of.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { shownMeasuresOf } from "../../trainers/own_measures.ts";
import { capitalized } from "../../wording/capitalized.ts";
import {
  inBrackets,
  isCutOff,
  type MetricScale,
  scaleOf,
  valueFormat,
} from "../../wording/metric_scale.ts";
import { replicatesHeading } from "../../wording/replicate_word.ts";
import { outlookLabel } from "../../wording/sentences.ts";
import { intervalName } from "../../wording/verdict_interval.ts";
import { type Estimate, intervalText } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";

/** A column that can be sorted: its heading, what it sorts by and how that is written. */
export interface CellColumn {
  readonly heading: string;
  /** What the smaller text beside its values is, if they have any. */
  readonly noteHeading?: string;
  /** True where values are words, which start at the left. */
  readonly isText?: boolean;
  /** Which way rows are sorted by it from the start, if they are. */
  readonly order?: "ascending" | "descending";
  /** True if it is left out on paper, which has no room for it. */
  readonly isDetail?: boolean;
  /** True: a share of rows, which always predicting one class has too. */
  readonly isShareOfRows?: boolean;
  value(cell: ReportCell): number | undefined;
  write(value: number, cell: ReportCell): string;
  note?(cell: ReportCell): string | undefined;
}

/** What a column of cells.csv other than the metric's is headed with, and how it is written. */
interface Detail
  extends Pick<Measure, "isPercent" | "decimals" | "hasAnySize" | "unit" | "isShareOfRows"> {
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

/** Of values around 1, of which nothing is known but their name. */
const DECIMALS = 4;

/** What the table of cells is made from beside the cells. */
export interface CellTableSource {
  readonly analysis: Analysis;
  readonly manifest: Pick<Manifest, "trainers" | "own" | "measures" | "dataset">;
}

/** The columns in which some cell has a value, without the first one, which has their names. */
export function cellColumns(
  cells: readonly ReportCell[],
  { analysis, manifest }: CellTableSource,
): CellColumn[] {
  const { question, outlooks } = analysis;
  const { metric } = question;
  const replicates = replicatesHeading(question);
  const scale = scaleOf(analysis);
  const own = manifest.measures ?? shownMeasuresOf(trainersOf(manifest).all);
  const details: readonly Detail[] = [
    ...COMMON_DETAILS,
    ...own.map(({ key, ...shown }) => ({ ...shown, column: key })),
    ...givenDetails(cells, manifest),
  ];
  const preference = isLargerBetter(metric) ? [] : ["lower is better"];
  const all: CellColumn[] = [
    {
      heading: `Mean${inBrackets(scale.heading, ...preference)}`,
      noteHeading: noteHeading(cells, ({ metric }) => metric, "95% interval"),
      order: isLargerBetter(metric) ? "descending" : "ascending",
      isShareOfRows: partsOf(metric).measure.isShareOfRows,
      value: ({ metric }) => metric?.mean,
      write: (mean) => formatFixed(mean, scale.decimals),
      note: ({ metric, summary }) => {
        const text = noteOf(metric, scale);
        return text && isCutOff(summary, scale) ? `${text} (cut off)` : text;
      },
    },
    {
      heading: `Difference${inBrackets(scale.differenceHeading, ...preference)}`,
      noteHeading: noteHeading(cells, ({ difference }) => difference, intervalName(analysis)),
      value: ({ difference }) => difference?.mean,
      write: (mean) => formatSigned(mean, scale.decimals),
      note: ({ difference: estimate }) => {
        const [least, most] = scale.differenceBounds;
        const { low = NaN, high = NaN } = estimate ?? {};
        if (estimate && (low < least || high > most)) {
          const possible = { low: Math.max(low, least), high: Math.min(high, most) };
          return `${noteOf({ ...estimate, ...possible }, scale)} (cut off)`;
        }
        return noteOf(estimate, scale);
      },
    },
    {
      heading: "Verdict",
      isText: true,
      value: ({ comparison }) =>
        comparison && VERDICTS.length - VERDICTS.indexOf(comparison.verdict),
      write: (_, { comparison }) => comparison?.verdict ?? "",
      note: ({ name }) => {
        const outlook = outlooks.get(name);
        return outlook && outlookLabel(outlook);
      },
    },
    {
      heading: "p (adjusted)",
      value: ({ comparison }) => comparison?.pAdjusted,
      write: (p) => p < 0.0001 ? "<\u00a00.0001" : formatFixed(p, 4),
    },
    {
      heading: `${replicates} better (%)`,
      value: ({ comparison }) => scaled(comparison?.probabilityBetter, 100),
      write: (share) => formatFixed(share, 0),
    },
    { heading: replicates, value: ({ summary }) => summary.n, write: String },
    ...details.filter(({ column }) => column !== metricColumn(metric)).map((
      { column, heading, ...measure },
    ) => {
      const means = cells.map(({ summary }) => summary.means[column]);
      const { factor, decimals, heading: unit } = valueFormat(measure, means);
      return {
        heading: heading + inBrackets(unit),
        isDetail: true,
        isShareOfRows: measure.isShareOfRows,
        value: ({ summary }: ReportCell) => scaled(summary.means[column], factor),
        write: (value: number) => formatFixed(value, decimals),
      };
    }),
    // Shown only if some cell has any.
    { heading: "Diverged", value: ({ summary }) => summary.diverged || undefined, write: String },
    { heading: "Failed", value: ({ summary }) => summary.failed || undefined, write: String },
    ...cells.some(({ name, csvName }) => name !== csvName)
      ? [{
        heading: "In the CSV files",
        isDetail: true,
        isText: true,
        value: ({ index }: ReportCell) => index,
        write: (_: number, { csvName }: ReportCell) => csvName,
      }]
      : [],
  ];
  return all.filter(({ value }) => cells.some((cell) => value(cell) !== undefined));
}

/** What users' own trainers measure beside the table's measures, of which only the names are known. */
function givenDetails(
  cells: readonly ReportCell[],
  manifest: CellTableSource["manifest"],
): Detail[] {
  if (!manifest.own) return [];
  const known = new Set([
    ...TAKEN_BY_MEASURES,
    ...COMMON_DETAILS.map(({ column }) => column),
    ...trainersOf(manifest).all.flatMap(({ measures }) => measures.map(({ key }) => key)),
  ]);
  const columns = new Set(cells.flatMap(({ summary }) => Object.keys(summary.means)));
  return [...columns.difference(known)].map((column) => ({
    column,
    heading: capitalized(column.replaceAll("_", " ")),
    isPercent: false,
    decimals: DECIMALS,
    hasAnySize: true,
  }));
}

/** `−0.26 to 0.42`; undefined without an interval. */
function noteOf(estimate: Estimate | undefined, scale: MetricScale): string | undefined {
  return estimate?.low === undefined ? undefined : intervalText(estimate, scale);
}

/** What the intervals are called, if there are any. */
function noteHeading(
  cells: readonly ReportCell[],
  of: (cell: ReportCell) => Estimate | undefined,
  name: string,
): string | undefined {
  return cells.some((cell) => of(cell)?.low !== undefined) ? name : undefined;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
