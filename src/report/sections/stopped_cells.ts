import { countOf, formatCount } from "../../format_number.ts";
import type { HalvingRow } from "../../results/run_row.ts";
import { describeMean } from "../../wording/describe_difference.ts";
import { type MetricScale, metricScale } from "../../wording/metric_scale.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportInput } from "../report_input.ts";

/** Nobody reads more rows. */
const MOST_ROWS = 200;

/** Which cells were stopped early, when, and how they did by then; empty if none was. */
export function stoppedCells({ manifest, halving = [] }: ReportInput): Markup {
  const { divergedEarly = 0 } = manifest.runs;
  const { metric } = manifest.experiment.halving ?? manifest.experiment;
  const stopped = halving.filter(({ isKept }) => !isKept);
  if (stopped.length === 0) return markup``;
  const rungs = [...Map.groupBy(halving, ({ step }) => step)].map(([step, rows]) => {
    const kept = rows.filter(({ isKept }) => isKept).length;
    return `after ${formatCount(step)} steps, ${kept} of ${countOf(rows.length, "cell")} continued`;
  });
  const choices = rungs.join("; ");
  const scale = metricScale(metric, halving);
  const { noun } = scale;
  const rest = stopped.length - MOST_ROWS;
  return markup`<section>
<h2 id="stopped">Stopped early</h2>
<p class="caption">Chosen by mean ${noun}: ${choices}. The baseline always continues.${
    divergedEarly > 0 ? ` ${countOf(divergedEarly, "run")} of stopped cells diverged.` : ""
  } Stopped cells
are in no chart and no comparison, since they trained for fewer steps than the others. The others
were chosen on the same rows and seeds that they are compared on; their p-values do not account for
that choice.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="stopped">
<table>
<thead><tr>
${["Cell", "Stopped after", "Seeds", `Mean ${noun} by then`].map(headingOf)}
</tr></thead>
<tbody>
${stopped.slice(0, MOST_ROWS).map((row) => rowOf(row, scale))}
</tbody>
</table>
</div>
${rest > 0 ? markup`<p class="caption">halving.csv lists ${rest} more.</p>` : markup``}
</section>`;
}

/** How many cells the rest of the report leaves out; empty if none. */
export function stoppedNote({ halving = [] }: Pick<ReportInput, "halving">): Markup {
  const stopped = halving.filter(({ isKept }) => !isKept).length;
  if (stopped === 0) return markup``;
  return markup`; ${countOf(stopped, "cell")} stopped early`;
}

function headingOf(heading: string): Markup {
  return markup`<th scope="col">${heading}</th>`;
}

function rowOf({ cell, step, n, mean }: HalvingRow, scale: MetricScale): Markup {
  const text = n > 0 && mean !== undefined ? describeMean({ mean }, scale) : "–";
  return markup`<tr><th scope="row"><bdi>${cell}</bdi></th>
<td>${formatCount(step)} steps</td><td>${String(n)}</td><td>${text}</td></tr>`;
}
