import { countOf, formatCount } from "../../format_number.ts";
import type { HalvingRow } from "../../results/run_row.ts";
import { describeMean } from "../../wording/describe_difference.ts";
import type { MetricScale } from "../../wording/metric_scale.ts";
import { type Markup, markup } from "../markup.ts";

/** Nobody reads more rows. */
const MOST_ROWS = 200;

/** A table of the cells that were stopped at a rung, and how they did by then. */
export function stoppedTable(stopped: readonly HalvingRow[], scale: MetricScale): Markup {
  const rest = stopped.length - MOST_ROWS;
  return markup`<details class="more-numbers">
<summary>${countOf(stopped.length, "stopped cell")}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Stopped cells">
<table>
<thead><tr>
${["Cell", "Stopped after", "Seeds", `Mean ${scale.noun} by then`].map(headingOf)}
</tr></thead>
<tbody>
${stopped.slice(0, MOST_ROWS).map((row) => rowOf(row, scale))}
</tbody>
</table>
</div>
${rest > 0 ? markup`<p class="caption">halving.csv lists ${rest} more.</p>` : markup``}
</details>`;
}

function headingOf(heading: string): Markup {
  return markup`<th scope="col">${heading}</th>`;
}

function rowOf({ cell, step, n, mean }: HalvingRow, scale: MetricScale): Markup {
  const text = n > 0 && mean !== undefined ? describeMean({ mean }, scale) : "–";
  return markup`<tr><th scope="row"><bdi>${cell}</bdi></th>
<td>${formatCount(step)} steps</td><td>${String(n)}</td><td>${text}</td></tr>`;
}
