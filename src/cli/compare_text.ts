import { replicateOf, runName } from "../experiment/replicates.ts";
import { countOf, formatCount, formatSigned } from "../format_number.ts";
import { type Metric, metricColumn } from "../measures/metrics.ts";
import { joinLines } from "../one_line.ts";
import type { ColumnDifference, RunDifference } from "../results/run_difference.ts";
import type { RunRow } from "../results/run_row.ts";
import type { CellMean, CellMeanDifference } from "../statistics/cell_mean_differences.ts";
import type { SweepComparison } from "../verify/compare_sweeps.ts";
import { describeMean } from "../wording/describe_difference.ts";
import { type MetricScale, metricScale } from "../wording/metric_scale.ts";

/** A comparison, for its reader. */
export interface NamedComparison extends SweepComparison {
  /** A and B, as the user named them. */
  readonly names: readonly [string, string];
}

/** Runs of one kind that are listed; the others are counted. */
const LISTED = 20;

/** How two sweeps compare, for a terminal. */
export function comparisonText(comparison: NamedComparison): string {
  const { names, matched, metric, planned, cells, haveCurves } = comparison;
  const { identical, different, onlyInA, onlyInB } = matched;
  const noCurves = haveCurves || different.length === 0 ? "" : ", by runs.csv without curves.csv";
  return joinLines([
    `A  ${names[0]}: ${runsText(identical.length + different.length + onlyInA.length, planned[0])}`,
    `B  ${names[1]}: ${runsText(identical.length + different.length + onlyInB.length, planned[1])}`,
    "",
    `${formatCount(identical.length)} identical`,
    `${formatCount(different.length)} different${noCurves}`,
    ...listed(
      different,
      ({ row, difference }) => [runName(row.cell, row), ...differenceLines(difference)],
    ),
    `${formatCount(onlyInA.length)} only in A`,
    ...listed(onlyInA, (row) => [runName(row.cell, row)]),
    `${formatCount(onlyInB.length)} only in B`,
    ...listed(onlyInB, (row) => [runName(row.cell, row)]),
    ...cellLines(cells, metric),
  ]);
}

/** @param planned How many there are to be, if not all have ended. */
function runsText(count: number, planned: number | undefined): string {
  if (planned === undefined) return countOf(count, "run");
  return `${formatCount(count)} of ${countOf(planned, "run")} (unfinished)`;
}

function listed<T>(items: readonly T[], linesOf: (item: T) => string[]): string[] {
  const lines = items.slice(0, LISTED).flatMap(linesOf);
  if (items.length > LISTED) lines.push(`… and ${formatCount(items.length - LISTED)} more`);
  return lines.map((line) => `  ${line}`);
}

function differenceLines({ columns, curve }: RunDifference): string[] {
  const lines = columns.flatMap((column) => columnLines(column));
  if (!curve) return lines;
  const [first] = curve.columns;
  const where = `${first.column} at step ${curve.step}, the first that differs`;
  return [...columnLines(first, where), ...lines];
}

function columnLines({ column, fields: [a, b] }: ColumnDifference, where = column): string[] {
  return [`  ${where}`, `    A ${a || "nothing"}`, `    B ${b || "nothing"}`];
}

function cellLines(cells: readonly CellMeanDifference[], metric: Metric): string[] {
  if (cells.length === 0) return [];
  const scale = metricScale(metric, cells.flatMap(({ a, b }) => [a, b]));
  const { noun, direction, factor, decimals, differenceUnit } = scale;
  const rows = [
    ["cell", "A (runs)", "B (runs)", `B − A${differenceUnit.replace("\u00a0", " in ")}`],
    ...cells.map(({ cell, a, b, difference }) => [
      cell,
      meanText(a, scale),
      meanText(b, scale),
      difference === undefined ? "" : formatSigned(difference * factor, decimals),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return [
    "",
    `Mean ${noun}${direction} of cells that both have, with other seeds or settings`,
    ...rows.map((row) =>
      row.map((text, column) =>
        column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column])
      ).join("  ").trimEnd()
    ),
  ];
}

function meanText({ n, mean }: CellMean, scale: MetricScale): string {
  return mean === undefined ? `none (${n})` : `${describeMean({ mean }, scale)} (${n})`;
}

/** How two sweeps compare, for programs: columns by their names in the CSV files. */
export function comparisonJson(
  { names, matched, metric, planned, cells }: NamedComparison,
): string {
  const document = {
    a: names[0],
    b: names[1],
    unfinished: { a: planned[0] !== undefined, b: planned[1] !== undefined },
    identical: matched.identical.map(runJson),
    different: matched.different.map(({ row, difference: { columns, curve } }) => ({
      ...runJson(row),
      "first_step": curve?.step ?? null,
      curve: columnsJson(curve?.columns ?? []),
      columns: columnsJson(columns),
    })),
    "only_in_a": matched.onlyInA.map(runJson),
    "only_in_b": matched.onlyInB.map(runJson),
    metric: metricColumn(metric),
    cells: cells.map(({ cell, a, b, difference }) => ({
      cell,
      a: { n: a.n, mean: a.mean ?? null },
      b: { n: b.n, mean: b.mean ?? null },
      difference: difference ?? null,
    })),
  };
  return JSON.stringify(document, null, 2);
}

function runJson({ run, cell, ...replicate }: RunRow) {
  return { run, cell, ...replicateOf(replicate) };
}

function columnsJson(columns: RunDifference["columns"]) {
  return Object.fromEntries(
    columns.map(({ column, fields: [a, b] }) => [column, { a, b }]),
  );
}
