import { countOf } from "../../format_number.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { capitalized } from "../../wording/capitalized.ts";
import {
  type ClassSource,
  commonestClass,
  constantLabel,
  constantShare,
} from "../../wording/commonest_class.ts";
import { describeDifference, describeMean } from "../../wording/describe_difference.ts";
import { scaleOf } from "../../wording/metric_scale.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportCell } from "../report_cell.ts";
import { type CellColumn, cellColumns, type CellTableSource } from "./_cell_columns.ts";

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
  const columns = cellColumns(cells, source);
  const rows = cells.slice(0, MOST_ROWS).map((cell) => rowOf(cell, columns, analysis));
  const extent = `${MOST_ROWS} of ${countOf(cells.length, "cell")}`;
  const omission = cells.length > MOST_ROWS
    ? markup`<p class="caption">Showing the best ${extent}; cells.csv lists all.</p>`
    : markup``;
  return markup`<div class="scroll cells-scroll" tabindex="0" role="region" aria-labelledby="cells">
<table class="cells">
<thead><tr>
${[{ heading: "Cell", isText: true }, ...columns].map(headingOf)}
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
function footOf(columns: readonly CellColumn[], dataset: ClassSource | undefined): Markup {
  const commonest = commonestClass(dataset);
  if (!commonest || !columns.some(({ isShareOfRows }) => isShareOfRows)) return markup``;
  const share = constantShare(commonest);
  // A printed table has no details: where these alone have a share, only dashes would be left.
  const isDetail = columns.every((column) => column.isDetail || !column.isShareOfRows);
  return markup`<tfoot><tr${isDetail ? markup` class="detail"` : markup``}>
<th scope="row">${capitalized(constantLabel(commonest))} <small>for comparison</small></th>
${columns.map((column) => markup`<td${classOf(column)}>${column.isShareOfRows ? share : "–"}</td>`)}
</tr></tfoot>`;
}

type Heading = Pick<CellColumn, "heading" | "noteHeading" | "isDetail" | "isText" | "order">;

function headingOf(column: Heading): Markup {
  const { heading, noteHeading, order } = column;
  const sorted = order ? markup` aria-sort="${order}"` : markup``;
  const note = noteHeading ? markup` <small>${noteHeading}</small>` : markup``;
  const button = markup`<button type="button">${heading}</button>`;
  return markup`<th scope="col"${classOf(column)}${sorted}>${button}${note}</th>`;
}

function rowOf(cell: ReportCell, columns: readonly CellColumn[], analysis: Analysis): Markup {
  const fields = columns.map((column) => {
    const value = column.value(cell);
    if (value === undefined) return markup`<td data-value=""${classOf(column)}>–</td>`;
    const note = column.note?.(cell);
    const small = note === undefined ? markup`` : markup` <small>${note}</small>`;
    return markup`<td data-value="${value}"${classOf(column)}>${
      column.write(value, cell)
    }${small}</td>`;
  });
  const button =
    markup`<button type="button" aria-pressed="false"><bdi>${cell.name}</bdi></button>`;
  const tags = tagsOf(cell, analysis).map((tag) => markup` <small>${tag}</small>`);
  return markup`<tr data-summary="${summaryOf(cell, analysis)}">
<th scope="row" data-value="${cell.index}">${button}${tags}</th>
${fields}</tr>`;
}

function classOf({ isDetail, isText }: Heading | CellColumn): Markup {
  const names = [...(isText ? ["text"] : []), ...(isDetail ? ["detail"] : [])].join(" ");
  return names ? markup` class="${names}"` : markup``;
}

function tagsOf({ name, isBaseline }: ReportCell, { selection }: Analysis): string[] {
  return [
    ...(name === selection?.best ? ["best"] : []),
    ...(name === selection?.simplest && name !== selection.best ? ["simplest"] : []),
    ...(isBaseline ? ["baseline"] : []),
  ];
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
