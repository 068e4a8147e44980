import { replicateName } from "../../experiment/replicates.ts";
import { countOf } from "../../format_number.ts";
import type { Manifest } from "../../results/manifest.ts";
import type { RunRow } from "../../results/run_row.ts";
import { type Markup, markup } from "../markup.ts";

/** How many are listed one by one; runs.csv has the rest. */
const MOST_LISTED = 12;

/** Which runs are excluded from means, and why; empty if there are none. */
export function lostRuns(runs: readonly RunRow[], { failures }: Manifest): Markup {
  const diverged = runs.filter(({ status }) => status === "diverged");
  const failed = runs.filter(({ status }) => status === "failed");
  if (diverged.length + failed.length === 0) return markup``;
  const reasons = new Map(failures.map(({ run, reason }) => [run, reason]));
  const notes = [
    note(
      diverged,
      "diverged: the loss became infinite or not a number",
      ({ cell, ...run }) => markup`<bdi>${cell}</bdi>, ${replicateName(run)}`,
    ),
    note(failed, "failed without a result", ({ run, cell, ...replicate }) => {
      const reason = reasons.get(run) ?? "reason unknown";
      return markup`<bdi>${cell}</bdi>, ${replicateName(replicate)}: <bdi>${reason}</bdi>`;
    }),
  ];
  return markup`<section class="note" aria-label="Runs excluded from means">
${notes}
</section>`;
}

function note(runs: readonly RunRow[], what: string, write: (run: RunRow) => Markup): Markup {
  if (runs.length === 0) return markup``;
  const more = runs.length - MOST_LISTED;
  return markup`<details>
<summary><strong>${countOf(runs.length, "run")}</strong> ${what}; excluded from means.</summary>
<ul>
${runs.slice(0, MOST_LISTED).map((run) => markup`<li>${write(run)}</li>`)}
${more > 0 ? markup`<li>and ${more} more: see runs.csv</li>` : markup``}
</ul>
</details>`;
}
