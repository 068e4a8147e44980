import { type Markup, markup } from "../markup.ts";
import { type CellTable, classOf, type TableColumn } from "../table/cell_table.ts";
import { fieldTexts, intervalTextOf } from "../table/field_text.ts";

/** The heading of a table's column. */
function headingMarkup(column: TableColumn, { order }: CellTable): Markup {
  const { name, heading, interval } = column;
  const sorted = name === order.column
    ? markup` aria-sort="${order.isDescending ? "descending" : "ascending"}"`
    : markup``;
  const hasInterval = interval?.low.some((end) => end !== null);
  const note = hasInterval ? markup` <small>${interval?.heading}</small>` : markup``;
  return markup`<th scope="col"${classAttribute(column)}${sorted}>${heading}${note}</th>`;
}

/** Writes a column's field of a row. */
export function fieldMarkup(column: TableColumn): (row: number) => Markup {
  const textOf = fieldTexts(column);
  const { notes } = column;
  return (row) => {
    const text = textOf(row);
    if (text === "") return markup`<td${classAttribute(column)}>–</td>`;
    const note = intervalTextOf(column, row) || notes?.[row];
    const small = note ? markup` <small>${note}</small>` : markup``;
    return markup`<td${classAttribute(column)}>${text}${small}</td>`;
  };
}

/** A table of cells, as wide as the window where it needs that. */
export function cellsArea(
  table: CellTable,
  { columns, rows, label, className, above, foot, below }: {
    readonly columns: readonly TableColumn[];
    readonly rows: readonly Markup[];
    /** The attribute that names it. */
    readonly label: Markup;
    /** Of the table, beside its own. */
    readonly className?: string;
    /** Lines above the table, in it behind its rows, and below it. */
    readonly above?: Markup;
    readonly foot?: Markup;
    readonly below?: Markup;
  },
): Markup {
  return markup`<div class="cells-wide"><div class="cells-area">
${above}<div class="scroll cells-scroll" tabindex="0" role="region" ${label}>
<table class="${className === undefined ? "cells" : `cells ${className}`}">
<thead><tr>
${columns.map((column) => headingMarkup(column, table))}
</tr></thead>
<tbody>
${rows}
</tbody>
${foot}</table>
</div>
${below}</div></div>`;
}

/** The class of a column's cells in HTML. */
export function classAttribute(column: TableColumn): Markup {
  const names = classOf(column);
  return names === "" ? markup`` : markup` class="${names}"`;
}
