import { replicateOf, runName } from "../experiment/replicates.ts";
import { countOf, formatCount, formatFixed, formatSigned } from "../format_number.ts";
import { metricColumn } from "../measures/metrics.ts";
import { joinLines } from "../one_line.ts";
import type { ColumnDifference, RunDifference } from "../results/run_difference.ts";
import type { RunRow } from "../results/run_row.ts";
import type { CellMean, CellMeanDifference } from "../statistics/cell_mean_differences.ts";
import type { SweepComparison } from "../verify/compare_sweeps.ts";
import { describeMean } from "../wording/describe_difference.ts";
import { differenceDecimals } from "../wording/difference_decimals.ts";
import { type MetricScale, metricScale } from "../wording/metric_scale.ts";
import { documentText } from "./json/document_text.ts";

/** A comparison, for its reader. */
export interface NamedComparison extends SweepComparison {
  /** A and B, as the user named them. */
  readonly names: readonly [string, string];
}

/** Runs that differ, and cells of which runs are missing, that are listed; the others are counted. */
const LISTED = 20;
const LISTED_CELLS = 5;
/** Seeds of a cell that are listed. */
const LISTED_SEEDS = 8;

/** How two sweeps compare, for a terminal: in short, then what their cells come to, then their runs. */
export function comparisonText(comparison: NamedComparison): string {
  const { names, matched, metric, planned, cells, haveCurves, areImported } = comparison;
  const { identical, different, onlyInA, onlyInB } = matched;
  const isByRunsAlone = !haveCurves && !areImported && different.length > 0;
  const noCurves = isByRunsAlone ? " (by runs.csv, without curves.csv)" : "";
  const counts = [
    `${formatCount(identical.length)} identical`,
    `${formatCount(different.length)} different${noCurves}`,
    `${formatCount(onlyInA.length)} only in A`,
    `${formatCount(onlyInB.length)} only in B`,
  ];
  const imported = areImported ? " (imported)" : "";
  return joinLines([
    `A  ${names[0]}: ${
      runsText(identical.length + different.length + onlyInA.length, planned[0])
    }${imported}`,
    `B  ${names[1]}: ${
      runsText(identical.length + different.length + onlyInB.length, planned[1])
    }${imported}`,
    `runs: ${counts.join(", ")}`,
    ...areImported ? ["Runs of the same cell and seed are matched: they have no keys"] : [],
    ...cellLines(cells, { metric, areImported }),
    ...section(
      "different",
      listed(different, LISTED, "", ({ row, difference }) => [
        runName(row.cell, row),
        ...differenceLines(difference),
      ]),
    ),
    ...section("only in A", runLines(onlyInA)),
    ...section("only in B", runLines(onlyInB)),
  ]);
}

/** Lines under a heading, if there are any. */
function section(heading: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ["", heading, ...lines] : [];
}

/** A line for each cell, with the seeds of its runs. */
function runLines(rows: readonly RunRow[]): string[] {
  const cells = [...Map.groupBy(rows, ({ cell }) => cell)];
  return listed(cells, LISTED_CELLS, " cells", ([cell, runs]) => {
    const names = runs.slice(0, LISTED_SEEDS).map(({ seed, fold }) =>
      fold === undefined ? `${seed}` : `${seed}/${fold}`
    );
    const rest = runs.length - names.length;
    const noun = runs[0].fold === undefined ? "seed" : "seed/fold";
    const more = rest > 0 ? ` … ${formatCount(rest)} more` : "";
    return [`${cell}, ${noun}${runs.length > 1 ? "s" : ""} ${names.join(", ")}${more}`];
  });
}

/** @param planned How many there are to be, if not all have ended. */
function runsText(count: number, planned: number | undefined): string {
  if (planned === undefined) return countOf(count, "run");
  return `${formatCount(count)} of ${countOf(planned, "run")} (unfinished)`;
}

function listed<T>(
  items: readonly T[],
  most: number,
  noun: string,
  linesOf: (item: T) => string[],
): string[] {
  const lines = items.slice(0, most).flatMap(linesOf);
  if (items.length > most) lines.push(`… and ${formatCount(items.length - most)} more${noun}`);
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

function cellLines(
  cells: readonly CellMeanDifference[],
  { metric, areImported }: Pick<SweepComparison, "metric" | "areImported">,
): string[] {
  if (cells.length === 0) return [];
  const scale = metricScale(metric, cells.flatMap(({ a, b }) => [a, b]));
  const { noun, direction, factor, differenceUnit } = scale;
  const heading = `B − A${differenceUnit.replace("\u00a0", " in ")}`;
  const haveIntervals = cells.some(({ interval }) => interval);
  const rows = [
    ["cell", "A (runs)", "B (runs)", heading, ...haveIntervals ? ["95% interval"] : []],
    ...cells.map(({ cell, a, b, difference: mean = NaN, interval }) => {
      const digits = differenceDecimals({ mean, ...interval }, scale);
      const write = (value: number) => formatFixed(value * factor, digits);
      return [
        cell,
        meanText(a, scale),
        meanText(b, scale),
        Number.isNaN(mean) ? "" : formatSigned(mean * factor, digits),
        ...haveIntervals
          ? [interval ? `${write(interval.low)} to ${write(interval.high)}` : ""]
          : [],
      ];
    }),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return [
    "",
    `Mean ${noun}${direction} of cells that both have, with other ${
      areImported ? "seeds or results" : "seeds or settings"
    }`,
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
  { names, matched, metric, planned, cells, areImported }: NamedComparison,
): string {
  return documentText("compare", {
    a: names[0],
    b: names[1],
    unfinished: { a: planned[0] !== undefined, b: planned[1] !== undefined },
    imported: areImported,
    identical: matched.identical.map(runJson),
    different: matched.different.map(({ row, difference: { columns, curve } }) => ({
      ...runJson(row),
      firstStep: curve?.step ?? null,
      curve: columnsJson(curve?.columns ?? []),
      columns: columnsJson(columns),
    })),
    onlyInA: matched.onlyInA.map(runJson),
    onlyInB: matched.onlyInB.map(runJson),
    metric: metricColumn(metric),
    cells: cells.map(({ cell, a, b, difference, interval }) => ({
      cell,
      a: { n: a.n, mean: a.mean ?? null },
      b: { n: b.n, mean: b.mean ?? null },
      difference: difference ?? null,
      ciLow: interval?.low ?? null,
      ciHigh: interval?.high ?? null,
    })),
  });
}

function runJson({ run, cell, ...replicate }: RunRow) {
  return { run, cell, ...replicateOf(replicate) };
}

function columnsJson(columns: RunDifference["columns"]) {
  return Object.fromEntries(
    columns.map(({ column, fields: [a, b] }) => [column, { a, b }]),
  );
}
