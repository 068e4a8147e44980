import { callText } from "../called_as.ts";
import { countOf, formatCount } from "../format_number.ts";
import { joinLines } from "../one_line.ts";
import type { JobStatus, SweepStatus } from "../sweep/slurm/sweep_status.ts";
import type { StyledLine } from "./styled_lines.ts";

/** Losses that are listed; more are only counted. */
const MOST_LOSSES = 10;
const LOST = "lost with";

/** A line of the state, where what is lost stands out. */
export function markedLine(text: string): StyledLine {
  const isLost = text.startsWith(LOST);
  return { text, ...isLost && { marked: { text: LOST, colour: "red" } } };
}

/** The state of a sweep on a cluster, for a terminal. */
export function statusText(name: string, status: SweepStatus): string {
  const { total, done, running, queued, lost, notSubmitted, jobs, losses } = status;
  const counts = [
    `${formatCount(done)} done`,
    ...running > 0 ? [`${formatCount(running)} in running tasks`] : [],
    ...queued > 0 ? [`${formatCount(queued)} queued`] : [],
    ...lost > 0 ? [`${formatCount(lost)} lost`] : [],
    ...notSubmitted > 0 ? [`${formatCount(notSubmitted)} not submitted`] : [],
  ];
  const more = losses.length - MOST_LOSSES;
  return joinLines([
    `${name}: ${countOf(total, "run")}, ${counts.join(", ")}`,
    ...jobs.map(jobLine),
    ...losses.slice(0, MOST_LOSSES).map((loss) => `${LOST} ${loss}`),
    ...more > 0 ? [`… and ${formatCount(more)} more tasks`] : [],
    ...lost + notSubmitted > 0
      ? [`${callText(["sweep"])}, with the same experiment, submits what is lost or missing`]
      : [],
  ]);
}

function jobLine({ job, queued, running, ended, nodes, reasons }: JobStatus): string {
  const parts = [
    ...running > 0 ? [`${formatCount(running)} running on ${nodes.join(", ")}`] : [],
    ...queued > 0
      ? [`${formatCount(queued)} queued${reasons.length > 0 ? `: ${reasons.join(", ")}` : ""}`]
      : [],
    ...ended > 0 ? [`${formatCount(ended)} ended`] : [],
  ];
  return `job ${job}: ${parts.join("; ")}`;
}
