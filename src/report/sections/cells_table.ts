import { countOf } from "../../format_number.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { describeDifference, describeMean } from "../../wording/describe_difference.ts";
import { scaleOf } from "../../wording/metric_scale.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportCell } from "../report_cell.ts";
import type { CellTable, TableColumn } from "../table/cell_table.ts";
import { usualColumns } from "../table/choose_columns.ts";
import { rolesOf } from "../table/make_cell_table.ts";
import { cellsArea, classAttribute, fieldMarkup } from "./table_fields.ts";

/** As many as somebody reads; the page's script finds and shows the others. */
const MOST_ROWS = 50;

/**
 * The table of cells as it is read without scripts: the page's script draws it anew, with what can be
 * pressed.
 *
 * @param cells Best first, as the table's rows.
 */
export function cellsTable(
  cells: readonly ReportCell[],
  table: CellTable,
  analysis: Analysis,
): Markup {
  const columns = usualColumns(table);
  const [, ...others] = columns;
  const fields = others.map(fieldMarkup);
  const rows = cells.slice(0, MOST_ROWS).map((cell, row) =>
    rowOf(cell, fields.map((of) => of(row)), analysis)
  );
  const extent = `${MOST_ROWS} of ${countOf(cells.length, "cell")}`;
  const omission = cells.length > MOST_ROWS
    ? markup`<p class="caption">Showing the best ${extent}; cells.csv lists all.</p>`
    : markup``;
  return cellsArea(table, {
    columns,
    rows,
    label: markup`aria-labelledby="cells-heading"`,
    above: markup`<div class="table-tools"></div>\n`,
    foot: markup`${footOf(others, table)}\n`,
    below: markup`<div class="cells-more">${omission}</div>\n`,
  });
}

/** What always predicting one class has of the columns; empty if the classes were not counted. */
function footOf(columns: readonly TableColumn[], { constantLabel }: CellTable): Markup {
  const isKnown = columns.some(({ constant }) => constant !== undefined);
  if (constantLabel === undefined || !isKnown) return markup``;
  return markup`<tfoot><tr>
<th scope="row">${constantLabel} <small>for comparison</small></th>
${columns.map((column) => markup`<td${classAttribute(column)}>${column.constant ?? "–"}</td>`)}
</tr></tfoot>`;
}

function rowOf(cell: ReportCell, fields: readonly Markup[], analysis: Analysis): Markup {
  const roles = rolesOf(cell, analysis).join(", ");
  const tags = roles === "" ? markup`` : markup` <small>${roles}</small>`;
  return markup`<tr><th scope="row"><bdi>${cell.name}</bdi>${tags}</th>
${fields}</tr>`;
}

/** What is said of a cell that the reader has marked. */
export function summaryOf({ summary, comparison }: ReportCell, analysis: Analysis): string {
  const { mean, ciLow, ciHigh } = summary;
  return [
    mean === undefined ? "no result" : describeMean({ mean, ciLow, ciHigh }, scaleOf(analysis)),
    comparison
      ? `${comparison.verdict}: ${describeDifference(comparison, analysis)}`
      : "the baseline",
  ].join("; ");
}
