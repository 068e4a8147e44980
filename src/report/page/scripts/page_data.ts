import type { PageData } from "../../page_data.ts";
import type { CellTable } from "../../table/cell_table.ts";
import { withCells } from "../../table/page_table.ts";

/** What the report is drawn from: the page's block of data. */
export const data: PageData = JSON.parse(document.getElementById("report")?.textContent ?? "");

/** The table of cells, whose rows are the cells of the data. */
export const table: CellTable = withCells(data.table, data.cells);
