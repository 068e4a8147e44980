import { countOf } from "../../format_number.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { type ClassSource, commonestClass, constantLabel } from "../../wording/commonest_class.ts";
import { describeDifference, describeMean } from "../../wording/describe_difference.ts";
import { scaleOf } from "../../wording/metric_scale.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportCell } from "../report_cell.ts";
import { type CellTable, isText, type TableColumn } from "../table/cell_table.ts";
import { fieldTexts, intervalTextOf } from "../table/field_text.ts";
import { type CellTableSource, makeCellTable, rolesOf } from "../table/make_cell_table.ts";

/** Nobody reads more rows than this, and the page must not grow with the sweep. */
const MOST_ROWS = 200;

/**
 * The cells as a table that the page's script can sort: `data-value` holds what it sorts by, and
 * `data-summary` what it says about the marked cell.
 *
 * @param cells Best first.
 */
export function cellsTable(cells: readonly ReportCell[], source: CellTableSource): Markup {
  const { analysis, manifest } = source;
  const table = makeCellTable(cells, source);
  const [names, csvNames, ...others] = table.columns;
  const columns = [
    ...others.filter(({ name, group }) => name !== "role" && group !== "swept"),
    ...cells.some(({ name, csvName }) => name !== csvName) ? [csvNames] : [],
  ];
  const fields = columns.map(fieldOf);
  const rows = cells.slice(0, MOST_ROWS).map((cell, row) =>
    rowOf(cell, fields.map((of) => of(row)), analysis)
  );
  const extent = `${MOST_ROWS} of ${countOf(cells.length, "cell")}`;
  const omission = cells.length > MOST_ROWS
    ? markup`<p class="caption">Showing the best ${extent}; cells.csv lists all.</p>`
    : markup``;
  return markup`<div class="scroll cells-scroll" tabindex="0" role="region" aria-labelledby="cells-heading">
<table class="cells">
<thead><tr>
${[names, ...columns].map((column) => headingOf(column, table))}
</tr></thead>
<tbody>
${rows}
</tbody>
${footOf(columns, manifest.dataset)}
</table>
</div>
${omission}`;
}

/** What always predicting one class has of the columns; empty if the classes were not counted. */
function footOf(columns: readonly TableColumn[], dataset: ClassSource | undefined): Markup {
  const commonest = commonestClass(dataset);
  if (!commonest || !columns.some(({ constant }) => constant !== undefined)) return markup``;
  // A printed table has no details: where these alone have a share, only dashes would be left.
  const isDetail = columns.every(({ group, constant }) =>
    group === "detail" || constant === undefined
  );
  return markup`<tfoot><tr${isDetail ? markup` class="detail"` : markup``}>
<th scope="row">${capitalized(constantLabel(commonest))} <small>for comparison</small></th>
${columns.map((column) => markup`<td${classOf(column)}>${column.constant ?? "–"}</td>`)}
</tr></tfoot>`;
}

function headingOf(column: TableColumn, { order }: CellTable): Markup {
  const { name, heading, interval } = column;
  const sorted = name === order.column
    ? markup` aria-sort="${order.isDescending ? "descending" : "ascending"}"`
    : markup``;
  const hasInterval = interval?.low.some((end) => end !== null);
  const note = hasInterval ? markup` <small>${interval?.heading}</small>` : markup``;
  const button = markup`<button type="button">${heading}</button>`;
  return markup`<th scope="col"${classOf(column)}${sorted}>${button}${note}</th>`;
}

/** Writes a column's field of a row. */
function fieldOf(column: TableColumn): (row: number) => Markup {
  const textOf = fieldTexts(column);
  const { fields, ranks, notes } = column;
  return (row) => {
    const value = fields[row];
    if (value === null) return markup`<td data-value=""${classOf(column)}>–</td>`;
    const note = intervalTextOf(column, row) || notes?.[row];
    const small = note ? markup` <small>${note}</small>` : markup``;
    const key = String(ranks?.[row] ?? value);
    return markup`<td data-value="${key}"${classOf(column)}>${textOf(row)}${small}</td>`;
  };
}

function rowOf(cell: ReportCell, fields: readonly Markup[], analysis: Analysis): Markup {
  const button =
    markup`<button type="button" aria-pressed="false"><bdi>${cell.name}</bdi></button>`;
  const tags = rolesOf(cell, analysis).map((tag) => markup` <small>${tag}</small>`);
  return markup`<tr data-summary="${summaryOf(cell, analysis)}">
<th scope="row" data-value="${cell.index}">${button}${tags}</th>
${fields}</tr>`;
}

function classOf(column: TableColumn): Markup {
  const names = [...isText(column) ? ["text"] : [], ...column.group === "detail" ? ["detail"] : []];
  return names.length > 0 ? markup` class="${names.join(" ")}"` : markup``;
}

function summaryOf(
  { summary, comparison }: ReportCell,
  analysis: Analysis,
): string {
  const { mean, ciLow, ciHigh } = summary;
  return [
    mean === undefined ? "no result" : describeMean({ mean, ciLow, ciHigh }, scaleOf(analysis)),
    comparison
      ? `${comparison.verdict}: ${describeDifference(comparison, analysis)}`
      : "the baseline",
  ].join("; ");
}
