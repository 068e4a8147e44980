import { type Markup, markup } from "../markup.ts";
import { cellsArea, fieldMarkup } from "../sections/table_fields.ts";
import { type CellTable, columnsOf } from "../table/cell_table.ts";

/** How a table is shown. */
export interface TableLook {
  readonly label: string;
  /** Of the table, for the page's style. */
  readonly className?: string;
  /** What stands in the first column, by its field. */
  link?(name: string): Markup;
  /** What stands below. */
  readonly more?: Markup;
}

/** A table as people read it: as wide as the window where it needs that. */
export function wideTable(
  table: CellTable,
  { label, className, link = (name) => markup`<bdi>${name}</bdi>`, more }: TableLook,
): Markup {
  const columns = columnsOf(table, "name", "result");
  const [first, ...others] = columns;
  const fields = others.map(fieldMarkup);
  const rows = Array.from(
    { length: table.rows },
    (_, row) =>
      markup`<tr><th scope="row">${link(String(first.fields[row]))}</th>
${fields.map((of) => of(row))}</tr>`,
  );
  const name = markup`aria-label="${label}"`;
  return cellsArea(table, { columns, rows, label: name, className, below: more });
}
