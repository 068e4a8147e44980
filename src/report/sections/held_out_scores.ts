import { formatFixed } from "../../format_number.ts";
import { columnOf, measureOf } from "../../measures/metrics.ts";
import { TEST_ROLES } from "../../results/held_out_row.ts";
import type { ManifestDataset } from "../../results/manifest.ts";
import type { ConfusionRow } from "../../results/run_row.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import {
  mainTestMeasure,
  ROW_SHARE,
  summarizeTestScores,
  type TestSummary,
} from "../../statistics/summarize_test_scores.ts";
import { SIZE_OF_WEIGHTS } from "../../statistics/tie_order.ts";
import { capitalized } from "../../wording/capitalized.ts";
import {
  type CommonestClass,
  commonestClass,
  constantLabel,
  constantShare,
} from "../../wording/commonest_class.ts";
import {
  inBrackets,
  isCutOff,
  type MetricScale,
  metricScale,
  possiblePart,
} from "../../wording/metric_scale.ts";
import { replicatesHeading } from "../../wording/replicate_word.ts";
import { testSentence } from "../../wording/sentences.ts";
import { differenceTexts, type Estimate, intervalText, toEstimate } from "../estimate.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportInput } from "../report_input.ts";
import { headingId, type Section } from "./section.ts";

const ID = "test-rows";

/** What scores on the test rows are shown from. */
type HeldOutInput = Pick<ReportInput, "test" | "confusion"> & {
  readonly manifest: { readonly dataset?: Pick<ManifestDataset, "classCounts" | "split"> };
};

/** A measure of the test rows, and how its values are shown. */
interface TestMeasure {
  readonly key: string;
  readonly scale: MetricScale;
}

/** How the selected cells and the baseline do on the test rows; none if no cell was scored. */
export function heldOutScores(
  { test = [], confusion = [], manifest }: HeldOutInput,
  { question, cells }: Analysis,
): Section[] {
  // Where weights have no size, nothing says what is simple.
  const sized = new Set(
    cells.filter(({ means }) => means[SIZE_OF_WEIGHTS] !== undefined).map(({ cell }) => cell),
  );
  const summaries = summarizeTestScores(test, question).toSorted(byRole).map((summary) => {
    const { cell, roles } = summary;
    if (!roles.includes("best") || sized.has(cell)) return summary;
    return { ...summary, roles: roles.filter((role) => role !== "simplest") };
  });
  if (summaries.length === 0) return [];
  const measureWith = (key: string): TestMeasure => {
    const means = summaries.flatMap(({ measures }) => measures[key] ?? []);
    return { key, scale: metricScale(columnOf("validation", { key }), means) };
  };
  // The main one has an interval.
  const main = mainTestMeasure(summaries[0], question);
  const others = Object.keys(summaries[0].measures).filter((key) => key !== main);
  const measures = [main, ...others].map(measureWith);
  const body = markup`<p class="caption">${
    testSentence(summaries[0], { ...question, cells: cells.length })
  }</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="${headingId(ID)}">
<table>
<thead><tr>
${headings(measures, question).map((heading) => markup`<th scope="col">${heading}</th>`)}
</tr></thead>
<tbody>
${summaries.map((summary) => rowOf(summary, measures))}
</tbody>
${footOf(measures, commonestOf(manifest.dataset, confusion))}
</table>
</div>`;
  return [{ id: ID, heading: "Scores on the test rows", body }];
}

function headings(
  [main, ...others]: readonly TestMeasure[],
  question: Analysis["question"],
): string[] {
  const headingOf = ({ key, scale }: TestMeasure) => {
    const { label, better } = measureOf(key);
    const preference = better === "smaller" && key === main.key ? ["lower is better"] : [];
    return `Test ${label}${inBrackets(scale.heading, ...preference)}`;
  };
  return [
    "Cell",
    headingOf(main),
    "95% interval",
    `Difference${inBrackets(main.scale.differenceHeading)}`,
    "95% interval",
    ...others.map(headingOf),
    replicatesHeading(question),
  ];
}

/** The selected cell first, the baseline last. */
function byRole(a: TestSummary, b: TestSummary): number {
  return TEST_ROLES.indexOf(a.roles[0]) - TEST_ROLES.indexOf(b.roles[0]);
}

function rowOf(
  { cell, roles, n, measures, difference }: TestSummary,
  [{ key, scale }, ...others]: readonly TestMeasure[],
): Markup {
  const fields = [
    ...meanFields(measures[key], scale),
    ...differenceFields(difference?.measures[key], scale),
    ...others.map(({ key, scale }) => meanField(measures[key]?.mean, scale)),
    String(n),
  ];
  return markup`<tr><th scope="row"><bdi>${cell}</bdi> <small>${roles.join(", ")}</small></th>
${fields.map((field) => markup`<td>${field}</td>`)}</tr>`;
}

/** What always predicting the commonest class would score; empty if the classes were not counted. */
function footOf(
  [main, ...others]: readonly TestMeasure[],
  commonest: CommonestClass | undefined,
): Markup {
  if (!commonest || ![main, ...others].some(({ key }) => key === ROW_SHARE)) return markup``;
  const share = ({ key }: TestMeasure) => key === ROW_SHARE ? constantShare(commonest) : "–";
  const fields = [share(main), "–", "–", "–", ...others.map(share), "–"];
  return markup`<tfoot><tr><th scope="row">${
    capitalized(constantLabel(commonest))
  } <small>for comparison</small></th>
${fields.map((field) => markup`<td>${field}</td>`)}</tr></tfoot>`;
}

/** The commonest class, with its share of the test rows themselves where they are known. */
function commonestOf(
  dataset: Pick<ManifestDataset, "classCounts" | "split"> | undefined,
  confusion: readonly ConfusionRow[],
): CommonestClass | undefined {
  const commonest = commonestClass(dataset);
  if (commonest?.name === undefined || confusion.length === 0) return commonest;
  const sum = (rows: readonly ConfusionRow[]) => rows.reduce((sum, { count }) => sum + count, 0);
  const own = confusion.filter(({ actual }) => actual === commonest.name);
  return { ...commonest, share: sum(own) / sum(confusion) };
}

function meanField(mean: number | undefined, { factor, decimals }: MetricScale): string {
  return mean === undefined ? "–" : formatFixed(mean * factor, decimals);
}

/** A mean in the units shown, and its interval. */
function meanFields(
  measured: TestSummary["measures"][string] | undefined,
  scale: MetricScale,
): string[] {
  const estimate = estimateOf(measured && possiblePart(measured, scale), scale);
  const cut = measured && isCutOff(measured, scale) ? " (cut off)" : "";
  const interval = estimate?.low === undefined ? "–" : intervalText(estimate, scale) + cut;
  return [meanField(measured?.mean, scale), interval];
}

/** The same of a difference. */
function differenceFields(
  measured: TestSummary["measures"][string] | undefined,
  scale: MetricScale,
): string[] {
  const estimate = estimateOf(measured, scale);
  if (!estimate) return ["–", "–"];
  const { difference, interval } = differenceTexts(estimate, scale);
  return [difference, interval];
}

function estimateOf(
  { mean, ciLow: low = 0, ciHigh: high = 0 }: Partial<TestSummary["measures"][string]> = {},
  { factor }: MetricScale,
): Estimate | undefined {
  // Equal scores on all seeds do not show how scores vary.
  return toEstimate(factor, { n: 0, mean, ...low < high && { low, high } });
}
