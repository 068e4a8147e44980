import type { PageData } from "../../page_data.ts";
import type { CellTable } from "../../table/cell_table.ts";
import { withCells } from "../../table/page_table.ts";
import { decompressText } from "../compress_text.ts";

/** What the report is drawn from: the page's block of data. */
export const data: PageData = JSON.parse(
  decompressText(document.getElementById("report")?.textContent ?? ""),
);

/** The table of cells, whose rows are the cells of the data. */
export const table: CellTable = withCells(data.table, data.cells);
