import type { PageData } from "../../page_data.ts";

/** What the report is drawn from: the page's block of data. */
export const data: PageData = JSON.parse(document.getElementById("report")?.textContent ?? "");
