import type { Metric } from "../../experiment/experiment.ts";
import type { RunFigure } from "../../results/figures.ts";
import { type Estimate, intervalText } from "../estimate.ts";
import { countOf, formatFixed, formatSigned } from "../format_number.ts";
import { type Markup, markup } from "../markup.ts";
import { metricScale } from "../metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";

/** More rows than these nobody reads, and the page would grow with the sweep. */
const MOST_ROWS = 200;

/** A column of numbers: its heading, its value and how that is written. */
interface Column {
  readonly heading: string;
  value(cell: ReportCell): number | undefined;
  write(value: number, cell: ReportCell): string;
}

/** Figures beside the metric that tell how a cell came by it; factor and decimals as shown. */
const FIGURES: readonly (readonly [RunFigure, string, number, number])[] = [
  ["validation_accuracy", "Validation accuracy (%)", 100, 2],
  ["best_validation_accuracy", "Best validation accuracy (%)", 100, 2],
  ["validation_loss", "Validation loss", 1, 4],
  ["train_accuracy", "Training accuracy (%)", 100, 2],
  ["train_loss", "Training loss", 1, 4],
  ["best_step", "Best step", 1, 0],
  ["sparsity", "Weights at 0 (%)", 100, 1],
  ["weight_l2", "Weights’ L2 norm", 1, 2],
];

/**
 * The cells as a table that the page's script can sort; `data-value` holds what it sorts by.
 *
 * @param cells Best first.
 */
export function cellsTable(cells: readonly ReportCell[], metric: Metric): Markup {
  const columns = columnsFor(cells, metric);
  const rows = cells.slice(0, MOST_ROWS).map((cell) => rowOf(cell, columns));
  const extent = `${MOST_ROWS} of ${countOf(cells.length, "cell")}`;
  const omission = cells.length > MOST_ROWS
    ? markup`<p class="caption">The best ${extent} are listed; cells.csv has all.</p>`
    : markup``;
  return markup`<div class="scroll" tabindex="0" role="region" aria-labelledby="cells">
<table class="cells">
<thead><tr>
${["Cell", ...columns.map(({ heading }) => heading)].map(headingOf)}
</tr></thead>
<tbody>
${rows}
</tbody>
</table>
</div>
${omission}`;
}

function columnsFor(cells: readonly ReportCell[], metric: Metric): Column[] {
  const scale = metricScale(metric);
  const { decimals } = scale;
  const estimateColumns = (
    heading: string,
    of: (cell: ReportCell) => Estimate | undefined,
    write: (value: number, decimals: number) => string,
  ): Column[] => [
    {
      heading,
      value: (cell) => of(cell)?.mean,
      write: (mean) => write(mean, decimals),
    },
    {
      heading: "95% interval",
      value: (cell) => of(cell)?.low,
      write: (low, cell) => intervalText(of(cell) ?? { n: 0, mean: low }, scale),
    },
  ];
  const counts: Column[] = (["diverged", "failed"] as const).map((what) => ({
    heading: what === "diverged" ? "Diverged" : "Failed",
    value: ({ summary }) => summary[what],
    write: String,
  }));
  return [
    { heading: "Seeds", value: ({ summary }) => summary.n, write: String },
    ...estimateColumns(
      `Mean${scale.unit && ` (${scale.unit})`}`,
      ({ metric }) => metric,
      formatFixed,
    ),
    ...(cells.some(({ difference }) => difference)
      ? estimateColumns(
        `Difference${scale.differenceUnit && ` (${scale.differenceUnit.trim()})`}`,
        ({ difference }) => difference,
        formatSigned,
      )
      : []),
    ...FIGURES.filter(([figure]) => figure !== metric).map((
      [figure, heading, factor, digits],
    ): Column => ({
      heading,
      value: ({ summary }) => scaled(summary.means[figure], factor),
      write: (value) => formatFixed(value, digits),
    })).filter(({ value }) => cells.some((cell) => value(cell) !== undefined)),
    ...counts.filter(({ value }) => cells.some((cell) => value(cell))),
  ];
}

function headingOf(heading: string): Markup {
  return markup`<th scope="col"><button type="button">${heading}</button></th>`;
}

function rowOf(cell: ReportCell, columns: readonly Column[]): Markup {
  const fields = columns.map((column) => {
    const value = column.value(cell);
    return value === undefined
      ? markup`<td data-value="">–</td>`
      : markup`<td data-value="${value}">${column.write(value, cell)}</td>`;
  });
  const tag = cell.isBaseline ? markup` <small>baseline</small>` : markup``;
  return markup`<tr><th scope="row" data-value="${cell.index}"><bdi>${cell.name}</bdi>${tag}</th>
${fields}</tr>`;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
