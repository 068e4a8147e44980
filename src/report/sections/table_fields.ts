import { type Markup, markup } from "../markup.ts";
import { type CellTable, classOf, type TableColumn } from "../table/cell_table.ts";
import { fieldTexts, intervalTextOf } from "../table/field_text.ts";

/** The heading of a table's column. */
export function headingMarkup(column: TableColumn, { order }: CellTable): Markup {
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

/** The class of a column's cells in HTML. */
export function classAttribute(column: TableColumn): Markup {
  const names = classOf(column);
  return names === "" ? markup`` : markup` class="${names}"`;
}
