import type { RunRow } from "../../results/run_row.ts";
import type { Manifest } from "../../results/manifest.ts";
import { countOf } from "../../format_number.ts";
import { type Markup, markup } from "../markup.ts";

/** As many as are listed one by one; the rest is in runs.csv. */
const MOST_LISTED = 12;

/** Which runs have no part in the means, and why; nothing if there are none. */
export function lostRuns(runs: readonly RunRow[], { failures }: Manifest): Markup {
  const diverged = runs.filter(({ status }) => status === "diverged");
  const failed = runs.filter(({ status }) => status === "failed");
  if (diverged.length + failed.length === 0) return markup``;
  const reasons = new Map(failures.map(({ run, reason }) => [run, reason]));
  const notes = [
    note(
      diverged,
      "diverged: the loss became infinite or not a number",
      ({ cell, seed }) => markup`<bdi>${cell}</bdi>, seed ${seed}`,
    ),
    note(failed, "failed without a result", ({ run, cell, seed }) => {
      const reason = reasons.get(run) ?? "no reason known";
      return markup`<bdi>${cell}</bdi>, seed ${seed}: <bdi>${reason}</bdi>`;
    }),
  ];
  return markup`<section class="note" aria-label="Runs that the means leave out">
${notes}
</section>`;
}

function note(runs: readonly RunRow[], what: string, write: (run: RunRow) => Markup): Markup {
  if (runs.length === 0) return markup``;
  const more = runs.length - MOST_LISTED;
  return markup`<details>
<summary><strong>${countOf(runs.length, "run")}</strong> ${what}; left out of means.</summary>
<ul>
${runs.slice(0, MOST_LISTED).map((run) => markup`<li>${write(run)}</li>`)}
${more > 0 ? markup`<li>and ${more} more: see runs.csv</li>` : markup``}
</ul>
</details>`;
}
