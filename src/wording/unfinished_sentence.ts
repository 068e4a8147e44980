import { countOf, formatCount, formatDuration } from "../format_number.ts";
import type { Manifest } from "../results/manifest.ts";

/** The parts of a manifest that say it. */
export interface UnfinishedSource extends Pick<Manifest, "unfinished"> {
  readonly runs?: Pick<Manifest["runs"], "total">;
  readonly experiment: Pick<Manifest["experiment"], "looks">;
}

/** Says what an unfinished sweep lacks, and why; undefined if it is complete. */
export function unfinishedSentence(
  { unfinished, runs, experiment }: UnfinishedSource,
): string | undefined {
  if (!unfinished || !runs) return undefined;
  const { planned, budgetSeconds, rung } = unfinished;
  const budget = `the budget of ${formatDuration(budgetSeconds)} was spent`;
  if (rung !== undefined) {
    return `Unfinished: when ${budget}, the rung of ${
      formatCount(rung)
    } steps was the last that was ` +
      "finished. Its runs are compared here.";
  }
  const most = experiment.looks ? "at most " : "";
  return `Unfinished: ${formatCount(runs.total)} of ${most}${
    countOf(planned, "run")
  } had ended when ` +
    `${budget}. Means and verdicts can change with the others.`;
}
