import { countOf } from "../../format_number.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import { sameRunGroups } from "../../statistics/same_runs.ts";
import { type Markup, markup } from "../markup.ts";

/** How many groups are listed. */
const MOST_LISTED = 12;

/** Which cells are the same run, because they differ in settings without effect; empty if none are. */
export function sameCells({ repeats }: Pick<Analysis, "repeats">): Markup {
  if (repeats.size === 0) return markup``;
  const groups = sameRunGroups(repeats);
  const more = groups.length - MOST_LISTED;
  return markup`<section class="note" aria-label="Cells that are the same run">
<details>
<summary><strong>${countOf(repeats.size, "cell")}</strong> ${
    repeats.size === 1 ? "repeats" : "repeat"
  } another cell: the runs are the same to the bit on every seed.</summary>
<p>These cells are the same run, since they differ only in settings without effect. They count as
one comparison, and those that are the baseline’s run as none.</p>
<ul>
${groups.slice(0, MOST_LISTED).map(groupItem)}
${more > 0 ? markup`<li>and ${countOf(more, "more group")}</li>` : markup``}
</ul>
</details>
</section>`;
}

function groupItem(cells: readonly string[]): Markup {
  const [first, ...others] = cells.map((cell) => markup`<bdi>${cell}</bdi>`);
  return markup`<li>${[first, ...others.map((cell) => markup` = ${cell}`)]}</li>`;
}
