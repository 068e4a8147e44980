import { formatCount, formatFixed } from "../../format_number.ts";
import type { ConfusionRow } from "../../results/run_row.ts";
import { meanOf } from "../../statistics/mean.ts";
import { type Markup, markup } from "../markup.ts";

/** Nobody reads more rows. */
const MOST_ROWS = 60;

/** How often a class's test rows are predicted as that class. */
interface ClassRecall {
  readonly name: string;
  /** Test rows of the class, run by run. */
  readonly rows: readonly number[];
  /** The share of them that is right, run by run. */
  readonly recalls: readonly number[];
}

/**
 * A table of each class's recall on the test rows: its mean over the runs, with the lowest and the
 * highest.
 *
 * @param confusion Of one cell's runs.
 * @param classes In their order.
 */
export function recallTable(
  confusion: readonly ConfusionRow[],
  classes: readonly string[],
): Markup {
  const runs = [...Map.groupBy(confusion, ({ run }) => run).values()];
  const all = classes.map((name) => recallOf(name, runs)).filter(({ recalls }) => recalls.length);
  const shown = all.length > MOST_ROWS
    ? all.toSorted((a, b) => meanOf(a.recalls) - meanOf(b.recalls)).slice(0, MOST_ROWS)
    : all;
  const hasSpread = runs.length > 1;
  const headings = ["Class", "Test rows", "Recall (%)", ...hasSpread ? ["Lowest to highest"] : []];
  const rest = all.length - shown.length;
  return markup`<p class="caption">Recall is the share of a class’s rows that are predicted as that class${
    hasSpread ? ": its mean over the runs, and its lowest and its highest value" : ""
  }.${
    rest > 0 ? ` Showing the ${MOST_ROWS} classes with the lowest recall of ${all.length}.` : ""
  }</p>
<div class="scroll" tabindex="0" role="region" aria-label="Recall of each class">
<table>
<thead><tr>
${headings.map((heading) => markup`<th scope="col">${heading}</th>`)}
</tr></thead>
<tbody>
${shown.map((recall) => rowOf(recall, hasSpread))}
</tbody>
</table>
</div>`;
}

function recallOf(name: string, runs: readonly (readonly ConfusionRow[])[]): ClassRecall {
  const counted = runs.map((rows) => {
    const own = rows.filter(({ actual }) => actual === name);
    const sum = (rows: readonly ConfusionRow[]) => rows.reduce((sum, { count }) => sum + count, 0);
    return { rows: sum(own), right: sum(own.filter(({ predicted }) => predicted === name)) };
  }).filter(({ rows }) => rows > 0);
  return {
    name,
    rows: counted.map(({ rows }) => rows),
    recalls: counted.map(({ rows, right }) => right / rows),
  };
}

function rowOf({ name, rows, recalls }: ClassRecall, hasSpread: boolean): Markup {
  const percent = (share: number) => formatFixed(100 * share, 1);
  const [fewest, most] = [Math.min(...rows), Math.max(...rows)];
  const [least, highest] = [Math.min(...recalls), Math.max(...recalls)];
  const count = fewest === most
    ? formatCount(most)
    : `${formatCount(fewest)} to ${formatCount(most)}`;
  const fields = [
    count,
    percent(meanOf(recalls)),
    ...hasSpread ? [`${percent(least)} to ${percent(highest)}`] : [],
  ];
  return markup`<tr><th scope="row"><bdi>${name}</bdi></th>
${fields.map((field) => markup`<td>${field}</td>`)}</tr>`;
}
