import { MEAN_PREFIX, TAKEN_BY_MEASURES } from "../../measures/fixed_columns.ts";
import type { Measure } from "../../measures/measure.ts";
import {
  columnOf,
  isLargerBetter,
  measureOf,
  type Metric,
  metricColumn,
  METRICS,
  partsOf,
} from "../../measures/metrics.ts";
import { VERDICTS } from "../../results/comparison.ts";
import type { HeldOutRow } from "../../results/held_out_row.ts";
import type { Manifest } from "../../results/manifest.ts";
import { trainersOf } from "../../results/trainers_of.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { ROW_SHARE, summarizeTestScores } from "../../statistics/summarize_test_scores.ts";
import { shownMeasuresOf } from "../../trainers/own_measures.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { commonestClass, constantLabel, constantShare } from "../../wording/commonest_class.ts";
import { inBrackets, metricScale, scaleOf, valueFormat } from "../../wording/metric_scale.ts";
import { replicatesHeading } from "../../wording/replicate_word.ts";
import { outlookLabel } from "../../wording/sentences.ts";
import { intervalName, verdictInterval } from "../../wording/verdict_interval.ts";
import { barAxis } from "../charts/bar_axis.ts";
import type { Estimate } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { CellTable, Field, TableColumn } from "./cell_table.ts";

/** What the table of cells is made from beside the cells. */
export interface CellTableSource {
  readonly analysis: Analysis;
  readonly manifest:
    & Pick<Manifest, "trainers" | "own" | "measures" | "dataset">
    & { readonly experiment: Pick<Manifest["experiment"], "swept"> };
  readonly test?: readonly HeldOutRow[];
}

const MEAN_COLUMN = "mean";
const DIFFERENCE_COLUMN = "mean_difference";

/**
 * The table of cells, with the columns in which some cell has a field.
 *
 * @param cells Best first, with the names that readers see.
 */
export function makeCellTable(cells: readonly ReportCell[], source: CellTableSource): CellTable {
  const { metric } = source.analysis.question;
  const swept = sweptColumns(cells, source);
  // A hyperparameter has its key; a result of the same name makes way.
  const taken = new Set(swept.map(({ name }) => name));
  const commonest = commonestClass(source.manifest.dataset);
  const makeWay = (column: TableColumn) =>
    taken.has(column.name) ? { ...column, name: `result_${column.name}` } : column;
  const results = [
    ...resultColumns(cells, source),
    ...testColumns(cells, source),
    ...detailColumns(cells, source),
  ];
  return {
    columns: [
      ...nameColumns(cells).map(makeWay),
      ...swept,
      ...results.map(makeWay).filter(({ fields }) => fields.some((field) => field !== null)),
    ],
    rows: cells.length,
    ...commonest && { constantLabel: capitalized(constantLabel(commonest)) },
    order: {
      // Cells with different seeds come by their differences.
      column: areByMean(cells, metric) ? MEAN_COLUMN : DIFFERENCE_COLUMN,
      isDescending: isLargerBetter(metric),
    },
  };
}

/** True if no cell has a better mean than one before it. */
function areByMean(cells: readonly ReportCell[], metric: Metric): boolean {
  const sign = isLargerBetter(metric) ? 1 : -1;
  const means = cells.flatMap(({ summary: { mean } }) => mean === undefined ? [] : [sign * mean]);
  return means.every((mean, place) => place === 0 || mean <= means[place - 1]);
}

function nameColumns(cells: readonly ReportCell[]): TableColumn[] {
  const format = { kind: "text" } as const;
  const ranks = cells.map(({ index }) => index);
  return [
    {
      name: "name",
      heading: "Cell",
      format,
      fields: cells.map(({ name }) => name),
      ranks,
      group: "name",
    },
    {
      name: "cell",
      heading: "In the CSV files",
      format,
      fields: cells.map(({ csvName }) => csvName),
      group: "name",
    },
  ];
}

function sweptColumns(
  cells: readonly ReportCell[],
  { manifest }: CellTableSource,
): TableColumn[] {
  const { swept } = manifest.experiment;
  const trainers = trainersOf(manifest);
  return swept.map(({ key, label, unit = "" }): TableColumn => {
    const row = trainers.row(key);
    const isAlone = swept.filter((other) => other.label === label).length === 1;
    return {
      name: key,
      heading: isAlone ? label + inBrackets(unit) : key,
      format: { kind: "value" },
      // A key that means nothing to the cell's trainer has an empty value.
      fields: cells.map(({ summary: { values } }) => values[key] === "" ? null : values[key]),
      group: "swept",
      ...(row?.shape === "per_layer" || row?.shape === "list") && { shape: row.shape },
      ...row?.type === "boolean" && { isBoolean: true },
    };
  });
}

/** What answers the question: the metric, the comparison with the baseline, and how many runs. */
function resultColumns(
  cells: readonly ReportCell[],
  { analysis, manifest }: CellTableSource,
): TableColumn[] {
  const { question, outlooks } = analysis;
  const { metric, equivalence = 0 } = question;
  const { measure } = partsOf(metric);
  const scale = scaleOf(analysis);
  const preference = isLargerBetter(metric) ? [] : ["lower is better"];
  const replicates = replicatesHeading(question);
  const format = { kind: "number", factor: scale.factor, decimals: scale.decimals } as const;
  const count = { kind: "number", factor: 1, decimals: 0 } as const;
  const intervals = cells.map(({ comparison }) => comparison && verdictInterval(comparison));
  const bounds = (ends: readonly [number, number]) =>
    ends.map((end) => fieldOf(end / scale.factor)) as [number | null, number | null];
  const baseline = cells.find(({ isBaseline }) => isBaseline)?.summary.mean;
  const axisOf = (estimates: readonly (Estimate | undefined)[], seen: readonly number[]) =>
    barAxis(estimates, seen.map((value) => value * scale.factor))
      .map((end) => end / scale.factor) as [number, number];
  return [
    {
      name: "role",
      heading: "Role",
      format: { kind: "text" },
      fields: cells.map((cell) => rolesOf(cell, analysis).join(", ") || null),
      group: "role",
    },
    {
      name: MEAN_COLUMN,
      heading: `Mean${inBrackets(scale.heading, ...preference)}`,
      format,
      fields: cells.map(({ summary }) => fieldOf(summary.mean)),
      interval: {
        heading: "95% interval",
        names: ["ci_low", "ci_high"],
        low: cells.map(({ summary }) => fieldOf(summary.ciLow)),
        high: cells.map(({ summary }) => fieldOf(summary.ciHigh)),
        bounds: bounds(scale.bounds),
        bar: {
          axis: axisOf(cells.map(({ metric }) => metric), baseline === undefined ? [] : [baseline]),
          reference: fieldOf(baseline),
        },
      },
      constant: measure.isShareOfRows ? constantOf(manifest) : undefined,
      group: "result",
    },
    {
      name: DIFFERENCE_COLUMN,
      heading: `Difference${inBrackets(scale.differenceHeading, ...preference)}`,
      format: { ...format, isSigned: true },
      fields: cells.map(({ comparison }) => fieldOf(comparison?.meanDifference)),
      interval: {
        heading: intervalName(analysis),
        names: ["ci_low_simultaneous", "ci_high_simultaneous"],
        low: intervals.map((interval) => fieldOf(interval?.low)),
        high: intervals.map((interval) => fieldOf(interval?.high)),
        bounds: bounds(scale.differenceBounds),
        bar: {
          axis: axisOf(cells.map(({ difference }) => difference), [0, -equivalence, equivalence]),
          reference: 0,
          ...equivalence > 0 && { equivalence },
        },
      },
      group: "result",
    },
    {
      name: "verdict",
      heading: "Verdict",
      format: { kind: "text" },
      fields: cells.map(({ comparison }) => comparison?.verdict ?? null),
      notes: cells.map(({ name }) => {
        const outlook = outlooks.get(name);
        return outlook ? outlookLabel(outlook) : null;
      }),
      ranks: cells.map(({ comparison }) =>
        comparison ? VERDICTS.length - VERDICTS.indexOf(comparison.verdict) : null
      ),
      group: "result",
    },
    {
      name: "p_adjusted",
      heading: "p (adjusted)",
      format: { kind: "p" },
      fields: cells.map(({ comparison }) => fieldOf(comparison?.pAdjusted)),
      group: "result",
    },
    {
      name: "n",
      heading: replicates,
      format: count,
      fields: cells.map(({ summary }) => summary.n),
      group: "result",
    },
    // Shown only if some cell has any.
    ...(["diverged", "failed"] as const).map((name): TableColumn => ({
      name,
      heading: capitalized(name),
      format: count,
      fields: cells.every(({ summary }) => summary[name] === 0)
        ? cells.map(() => null)
        : cells.map(({ summary }) => summary[name]),
      group: "result",
    })),
    {
      name: "sd",
      heading: `Standard deviation${inBrackets(scale.differenceHeading)}`,
      format,
      fields: cells.map(({ summary }) => fieldOf(summary.sd)),
      group: "detail",
    },
    {
      name: "probability_better",
      heading: `${replicates} better (%)`,
      format: { kind: "number", factor: 100, decimals: 0 },
      fields: cells.map(({ comparison }) => fieldOf(comparison?.probabilityBetter)),
      group: "detail",
    },
  ];
}

/** Scores on the test rows, which only the selected cells and the baseline have. */
function testColumns(
  cells: readonly ReportCell[],
  { analysis: { question }, test = [] }: CellTableSource,
): TableColumn[] {
  const summaries = summarizeTestScores(test, question);
  if (summaries.length === 0) return [];
  const keys = Object.keys(summaries[0].measures);
  const { key: asked } = partsOf(question.metric).measure;
  const main = [asked, ROW_SHARE].find((key) => keys.includes(key)) ?? keys[0];
  const ofCell = new Map(summaries.map((summary) => [summary.cell, summary]));
  return [main, ...keys.filter((key) => key !== main)].map((key): TableColumn => {
    const { label } = measureOf(key);
    const means = summaries.flatMap(({ measures }) => measures[key] ?? []);
    const scale = metricScale(columnOf("validation", { key }), means);
    const own = cells.map(({ name }) => ofCell.get(name)?.measures[key]);
    const name = `test_${key}`;
    const bounds = scale.bounds.map((end) => fieldOf(end / scale.factor));
    return {
      name,
      heading: `Test ${label}${inBrackets(scale.heading)}`,
      format: { kind: "number", factor: scale.factor, decimals: scale.decimals },
      fields: own.map((measured) => fieldOf(measured?.mean)),
      interval: {
        heading: "95% interval",
        names: [`${name}_ci_low`, `${name}_ci_high`],
        low: own.map((measured) => fieldOf(measured?.ciLow)),
        high: own.map((measured) => fieldOf(measured?.ciHigh)),
        bounds: bounds as [number | null, number | null],
      },
      group: key === main ? "result" : "detail",
    };
  });
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

/** Means of all that runs measure. */
function detailColumns(
  cells: readonly ReportCell[],
  { analysis, manifest }: CellTableSource,
): TableColumn[] {
  const own = manifest.measures ?? shownMeasuresOf(trainersOf(manifest).all);
  const details: readonly Detail[] = [
    ...COMMON_DETAILS,
    ...own.map(({ key, ...shown }) => ({ ...shown, column: key })),
    ...givenDetails(cells, manifest),
  ];
  const metric = metricColumn(analysis.question.metric);
  return details.filter(({ column }) => column !== metric).map(
    ({ column, heading, ...measure }): TableColumn => {
      const means = cells.map(({ summary }) => summary.means[column]);
      const { factor, decimals, heading: unit } = valueFormat(measure, means);
      return {
        name: MEAN_PREFIX + column,
        heading: heading + inBrackets(unit),
        format: { kind: "number", factor, decimals },
        fields: means.map(fieldOf),
        constant: measure.isShareOfRows ? constantOf(manifest) : undefined,
        group: "detail",
      };
    },
  );
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

/** Why a cell is pointed out: it is the best one, the simplest of the best, or the baseline. */
export function rolesOf(
  { name, isBaseline }: ReportCell,
  { cells, selection }: Analysis,
): string[] {
  // The only cell is all of them.
  if (cells.length === 1) return [];
  return [
    ...(name === selection?.best ? ["best"] : []),
    ...(name === selection?.simplest && name !== selection.best ? ["simplest"] : []),
    ...(isBaseline ? ["baseline"] : []),
  ];
}

/** What always predicting the commonest class has of a share of rows, if the classes were counted. */
function constantOf({ dataset }: CellTableSource["manifest"]): string | undefined {
  const commonest = commonestClass(dataset);
  return commonest && constantShare(commonest);
}

/** A number that JSON can carry. */
function fieldOf(value: number | undefined): Extract<Field, number> | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
