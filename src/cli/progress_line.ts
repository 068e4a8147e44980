import { countOf, formatCount, formatDuration } from "../format_number.ts";
import type { Stage, TaskCounts } from "../sweep/sweep_events.ts";
import type { Snapshot } from "../sweep/sweep_progress.ts";
import { textWidth } from "./text_width.ts";

const GAP = "  ";
/** The bar's least width; with everything that there is to say beside it. */
const [LEAST_BAR, LEAST_WITH_MORE] = [8, 12];
/** The bar's width changes in such steps, so that it does not tremble with the numbers behind it. */
const BAR_STEP = 4;

/** A sweep's progress for a terminal: one line of at most so many columns where it is wide enough. */
export function progressBar(snapshot: Snapshot, width: number): string {
  const { stage, total, done, failed, rate, tasks, scores, share } = snapshot;
  // The time left says it, too.
  const most = snapshot.isTotalAtMost && snapshot.bound !== "most" ? " at most" : "";
  const needed = [
    `${formatCount(done)}/${formatCount(total)} runs${most}${
      failed > 0 ? `, ${failed} failed` : ""
    }`,
    ...scores && scores.total > 0 ? [`${scores.done}/${scores.total} test scores`] : [],
    ...tasks ? [tasksText(tasks)] : [],
    ...stage ? [] : ["writing results"],
    ...timeText(snapshot, formatClock),
  ];
  const more = [
    ...rate === undefined ? [] : [rateText(rate)],
    ...phaseText(stage),
  ];
  for (let kept = more.length; kept >= 0; kept--) {
    const text = [...needed, ...more.slice(0, kept)].join(GAP);
    const room = width - textWidth(text) - GAP.length;
    const bar = Math.floor(room / BAR_STEP) * BAR_STEP;
    if (bar >= (kept > 0 ? LEAST_WITH_MORE : LEAST_BAR)) return `${barOf(share, bar)}${GAP}${text}`;
  }
  return needed.join(GAP);
}

function barOf(share: number, width: number): string {
  const filled = Math.floor(width * share);
  return "█".repeat(filled) + "░".repeat(width - filled);
}

/** A sweep's progress for a log. */
export function progressLine(snapshot: Snapshot): string {
  const { stage, total, done, failed, rate, tasks, scores } = snapshot;
  const most = snapshot.isTotalAtMost ? "at most " : "";
  return [
    `${formatCount(done)} of ${most}${countOf(total, "run")}`,
    ...failed > 0 ? [`${failed} failed`] : [],
    ...scores && scores.total > 0
      ? [`${scores.done} of ${countOf(scores.total, "test score")}`]
      : [],
    ...tasks ? [tasksText(tasks)] : [],
    ...stage ? [] : ["writing results"],
    ...rate === undefined ? [] : [rateText(rate)],
    ...phaseText(stage),
    ...timeText(snapshot, wholeSeconds),
  ].join(", ");
}

/** Which stage of several is under way. */
function phaseText(stage: Stage | undefined): string[] {
  if (stage?.kind === "batch") return [`batch ${stage.batch} of ${stage.of}`];
  if (stage?.kind === "rung") return [`first ${countOf(stage.step, "step")}`];
  return stage?.kind === "look" ? [`look at ${countOf(stage.seeds, "seed")}`] : [];
}

/** The time until everything is done. */
function timeText(
  { secondsLeft, bound }: Pick<Snapshot, "secondsLeft" | "bound">,
  write: (seconds: number) => string,
): string[] {
  if (secondsLeft === undefined) return [];
  const words = bound === "most" ? "at most " : bound === "least" ? "more than " : "";
  return [`${words}${write(secondsLeft)} left`];
}

/** `4 s`, `2 min 5 s`: an estimate has no tenths. */
function wholeSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : formatDuration(whole);
}

/** Tasks, of which each does many runs. */
function tasksText({ queued, running }: TaskCounts): string {
  return `tasks: ${running} running, ${queued} queued`;
}

function rateText(perSecond: number): string {
  if (perSecond >= 0.995) return `${perSecond.toFixed(perSecond < 9.95 ? 1 : 0)}/s`;
  if (perSecond * 60 >= 0.995) return `${(perSecond * 60).toFixed(0)}/min`;
  return `${(perSecond * 3600).toFixed(0)}/h`;
}

/** `0:42`, `12:05`, `3:20:00`. */
function formatClock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const padded = (value: number) => String(value).padStart(2, "0");
  return h > 0 ? `${h}:${padded(m)}:${padded(s)}` : `${m}:${padded(s)}`;
}
