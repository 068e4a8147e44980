import { type Filtered, filterRows } from "../../table/filter_rows.ts";
import { data, table } from "./page_data.ts";

/** What a filter's text selects of the page's cells. */
export function filtered(text: string): Filtered {
  return filterRows(text, table);
}

/** Names of the cells that a filter's text selects; null for all, and if the text is no filter. */
export function namesFiltered(text: string): ReadonlySet<string> | null {
  if (text.trim() === "") return null;
  const { rows } = filtered(text);
  return rows ? new Set(rows.map((row) => data.cells[row].name)) : null;
}
