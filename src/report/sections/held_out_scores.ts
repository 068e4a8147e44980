import { formatFixed, formatSigned } from "../../format_number.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { metricScale, possiblePart } from "../../wording/metric_scale.ts";
import { testSentence } from "../../wording/sentences.ts";
import { summarizeTestScores, type TestSummary } from "../../statistics/summarize_test_scores.ts";
import { TEST_ROLES } from "../../results/held_out_row.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportInput } from "../report_input.ts";

const HEADINGS = [
  "Cell",
  "Test accuracy (%)",
  "95% interval",
  "Difference (points)",
  "95% interval",
  "Test loss",
  "Seeds",
];
const SCALE = metricScale("validation_accuracy");

/** How the selected cells and the baseline do on the test rows; nothing where none was scored. */
export function heldOutScores(
  { test = [] }: Pick<ReportInput, "test">,
  { question }: Analysis,
): Markup {
  const summaries = summarizeTestScores(test, question).toSorted(byRole);
  if (summaries.length === 0) return markup``;
  return markup`<section>
<h2 id="test-rows">On the test rows</h2>
<p class="caption">${testSentence(summaries[0], question)}</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="test-rows">
<table>
<thead><tr>
${HEADINGS.map((heading) => markup`<th scope="col">${heading}</th>`)}
</tr></thead>
<tbody>
${summaries.map(rowOf)}
</tbody>
</table>
</div>
</section>`;
}

/** The selected cell first, the baseline last. */
function byRole(a: TestSummary, b: TestSummary): number {
  return TEST_ROLES.indexOf(a.roles[0]) - TEST_ROLES.indexOf(b.roles[0]);
}

function rowOf({ cell, roles, n, accuracy, loss, difference }: TestSummary): Markup {
  const fields = [
    ...estimateFields(possiblePart(accuracy, SCALE), formatFixed),
    ...estimateFields(difference?.accuracy, formatSigned),
    loss.mean === undefined ? "–" : formatFixed(loss.mean, metricScale("validation_loss").decimals),
    String(n),
  ];
  return markup`<tr><th scope="row"><bdi>${cell}</bdi> <small>${roles.join(", ")}</small></th>
${fields.map((field) => markup`<td>${field}</td>`)}</tr>`;
}

/** A mean in percent, or percentage points, and its interval. */
function estimateFields(
  { mean, ciLow, ciHigh }: Partial<TestSummary["accuracy"]> = {},
  format: typeof formatFixed,
): string[] {
  const { factor, decimals } = SCALE;
  // Where all seeds have the same, they do not tell how they vary.
  const isInterval = ciLow !== undefined && ciHigh !== undefined && ciLow < ciHigh;
  const shown = (value: number) => formatFixed(value * factor, decimals);
  return [
    mean === undefined ? "–" : format(mean * factor, decimals),
    isInterval ? `${shown(ciLow)} to ${shown(ciHigh)}` : "–",
  ];
}
