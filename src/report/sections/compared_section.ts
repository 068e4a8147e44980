import { markup } from "../markup.ts";
import type { ReportCell } from "../report_cell.ts";
import type { Section } from "./section.ts";

/** Where the page's script compares any two cells; none for a single cell with results. */
export function comparedSection(cells: readonly ReportCell[]): Section[] {
  if (cells.filter(({ metric }) => metric).length < 2) return [];
  const body = markup`<div class="compared"></div>
<noscript><p class="caption">Comparing any two cells needs scripts.</p></noscript>`;
  return [{ id: "compare", heading: "Compare two cells", body }];
}
