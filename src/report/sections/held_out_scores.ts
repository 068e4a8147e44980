import { formatFixed, formatSigned } from "../../format_number.ts";
import { columnOf, measureOf } from "../../measures/metrics.ts";
import { TEST_ROLES } from "../../results/held_out_row.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import {
  ROW_SHARE,
  summarizeTestScores,
  type TestSummary,
} from "../../statistics/summarize_test_scores.ts";
import { isCutOff, metricScale, possiblePart } from "../../wording/metric_scale.ts";
import { testSentence } from "../../wording/sentences.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportInput } from "../report_input.ts";

const SCALE = metricScale(columnOf("validation", { key: ROW_SHARE }));

/** How the selected cells and the baseline do on the test rows; empty if none was scored. */
export function heldOutScores(
  { test = [] }: Pick<ReportInput, "test">,
  { question }: Analysis,
): Markup {
  const summaries = summarizeTestScores(test, question).toSorted(byRole);
  if (summaries.length === 0) return markup``;
  const others = Object.keys(summaries[0].measures).filter((key) => key !== ROW_SHARE);
  return markup`<section>
<h2 id="test-rows">Scores on the test rows</h2>
<p class="caption">${testSentence(summaries[0], question)}</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="test-rows">
<table>
<thead><tr>
${headings(others).map((heading) => markup`<th scope="col">${heading}</th>`)}
</tr></thead>
<tbody>
${summaries.map((summary) => rowOf(summary, others))}
</tbody>
</table>
</div>
</section>`;
}

function headings(others: readonly string[]): string[] {
  const headingOf = (key: string) => {
    const { label, isPercent } = measureOf(key);
    return `Test ${label}${isPercent ? " (%)" : ""}`;
  };
  return [
    "Cell",
    headingOf(ROW_SHARE),
    "95% interval",
    "Difference (points)",
    "95% interval",
    ...others.map(headingOf),
    "Seeds",
  ];
}

/** The selected cell first, the baseline last. */
function byRole(a: TestSummary, b: TestSummary): number {
  return TEST_ROLES.indexOf(a.roles[0]) - TEST_ROLES.indexOf(b.roles[0]);
}

function rowOf(
  { cell, roles, n, measures, difference }: TestSummary,
  others: readonly string[],
): Markup {
  const fields = [
    ...estimateFields(measures[ROW_SHARE], formatFixed, true),
    ...estimateFields(difference?.measures[ROW_SHARE], formatSigned),
    ...others.map((key) => meanField(key, measures[key].mean)),
    String(n),
  ];
  return markup`<tr><th scope="row"><bdi>${cell}</bdi> <small>${roles.join(", ")}</small></th>
${fields.map((field) => markup`<td>${field}</td>`)}</tr>`;
}

function meanField(key: string, mean: number | undefined): string {
  const { factor, decimals } = metricScale(columnOf("validation", { key }));
  return mean === undefined ? "–" : formatFixed(mean * factor, decimals);
}

/** A mean in percent, or percentage points, and its interval. */
function estimateFields(
  measured: Partial<TestSummary["measures"][string]> = {},
  format: typeof formatFixed,
  isBounded = false,
): string[] {
  const { factor, decimals } = SCALE;
  const { mean, ciLow, ciHigh } = isBounded ? possiblePart(measured, SCALE) : measured;
  const cut = isBounded && isCutOff(measured, SCALE) ? " (cut off)" : "";
  // Equal scores on all seeds do not show how scores vary.
  const isInterval = ciLow !== undefined && ciHigh !== undefined && ciLow < ciHigh;
  const shown = (value: number) => formatFixed(value * factor, decimals);
  return [
    mean === undefined ? "–" : format(mean * factor, decimals),
    isInterval ? `${shown(ciLow)} to ${shown(ciHigh)}${cut}` : "–",
  ];
}
