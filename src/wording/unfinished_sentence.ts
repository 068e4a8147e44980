import { countOf, formatCount, formatDuration } from "../format_number.ts";
import type { Manifest, ManifestUnfinished } from "../results/manifest.ts";

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
  const { planned, why, rung, unscored } = unfinished;
  const [state, when] = [why === "running" ? "Running" : "Unfinished", whenOf(unfinished)];
  const most = experiment.looks ? "at most " : "";
  const there = unscored
    ? `all ${countOf(runs.total, "run")} had ended ${when}, but not been scored on the test rows.`
    : rung === undefined
    ? `${formatCount(runs.total)} of ${most}${countOf(planned, "run")} had ended ${when}.`
    : `the rung of ${formatCount(rung)} steps was the last one finished ${when}. Its runs are ` +
      "compared here.";
  const isFinal = unscored || rung !== undefined;
  return [
    `${state}: ${there}`,
    ...timeLeft(unfinished),
    ...isFinal ? [] : ["Means and verdicts can change with the others."],
  ].join(" ");
}

/** The moment that the results are of, as a clause. */
function whenOf({ why, budgetSeconds = 0, written }: ManifestUnfinished): string {
  switch (why) {
    case "budget":
      return `when the budget of ${formatDuration(budgetSeconds)} was spent`;
    case "interrupted":
      return "when the sweep was interrupted";
    case "failed":
      return "when the sweep stopped because of a failure";
    case "running":
      return `when this was written, at ${formatTime(written)}`;
    case "drawn":
      return `when this was drawn, at ${formatTime(written)}`;
  }
}

function timeLeft({ secondsLeft }: ManifestUnfinished): string[] {
  if (secondsLeft === undefined) return [];
  // An estimate has no tenths.
  const time = secondsLeft < 10 ? "a few seconds" : `about ${formatDuration(secondsLeft)}`;
  return [`Time left then: ${time}.`];
}

/** `14:05 UTC on 27 November 2026`. */
function formatTime(written = ""): string {
  const [year, month, day, hour, minute] = written.split(/[^\d]/);
  return `${hour}:${minute} UTC on ${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July", "August"],
  ...["September", "October", "November", "December"],
] as const;
