import type { Analysis } from "../../statistics/analyze.ts";
import { describeMean } from "../../statistics/describe_difference.ts";
import { testSentence } from "../../statistics/sentences.ts";
import { TEST_ROLES } from "../../statistics/test_row.ts";
import { summarizeTestScores, type TestSummary } from "../../statistics/summarize_test_scores.ts";
import { formatFixed, formatSigned } from "../../format_number.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportInput } from "../report_input.ts";

const HEADINGS = [
  "Cell",
  "Why it is scored",
  "Seeds",
  "Test accuracy",
  "Test loss",
  "Accuracy against the baseline (points)",
];

/** How the selected cells and the baseline do on the test rows; nothing where none was scored. */
export function testScores(
  { test = [] }: Pick<ReportInput, "test">,
  { question }: Analysis,
): Markup {
  const summaries = summarizeTestScores(test, question);
  if (summaries.length === 0) return markup``;
  const best = summaries.find(({ roles }) => roles.includes("best")) ?? summaries[0];
  return markup`<section>
<h2 id="test-rows">On the test rows</h2>
<p class="caption">${testSentence(best, question)}</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="test-rows">
<table>
<thead><tr>
${HEADINGS.map((heading) => markup`<th scope="col">${heading}</th>`)}
</tr></thead>
<tbody>
${summaries.toSorted(byRole).map(rowOf)}
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
  const { mean, ciLow, ciHigh } = accuracy;
  const fields = [
    roles.join(", "),
    String(n),
    mean === undefined ? "–" : describeMean({ mean, ciLow, ciHigh }, "validation_accuracy"),
    loss.mean === undefined ? "–" : formatFixed(loss.mean, 4),
    difference?.accuracy.mean === undefined ? "–" : formatSigned(100 * difference.accuracy.mean, 2),
  ];
  return markup`<tr><th scope="row"><bdi>${cell}</bdi></th>
${fields.map((field) => markup`<td>${field}</td>`)}</tr>`;
}
