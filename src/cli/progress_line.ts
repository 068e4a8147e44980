import { countOf, formatDuration } from "../format_number.ts";
import type { Snapshot } from "../sweep/progress.ts";
import type { TaskCounts } from "../sweep/sweep_events.ts";
import { describeMean } from "../wording/describe_difference.ts";
import { metricScale } from "../wording/metric_scale.ts";

/** A sweep's progress for a terminal: one line of at most so many characters. */
export function progressBar(snapshot: Snapshot, width: number): string {
  const { noun = "run", total, done, failed, rate, secondsLeft, best, tasks } = snapshot;
  const barWidth = Math.min(30, Math.floor(width / 6));
  const filled = total > 0 ? Math.floor(barWidth * done / total) : barWidth;
  const parts = [
    barWidth >= 8 ? "█".repeat(filled) + "░".repeat(barWidth - filled) : "",
    `${done}/${total} ${noun}s${failed > 0 ? `, ${failed} failed` : ""}`,
    tasks ? formatTasks(tasks) : "",
    rate === undefined ? "" : formatRate(rate),
    secondsLeft === undefined ? "" : `${formatClock(secondsLeft)} left`,
    best ? `best ${bestText(best)} ${best.cell.name}` : "",
  ];
  return truncate(parts.filter((part) => part !== "").join("  "), width);
}

/** A sweep's progress for a log. */
export function progressLine(snapshot: Snapshot): string {
  const { noun = "run", total, done, failed, rate, secondsLeft, best, tasks } = snapshot;
  const parts = [
    `${done} of ${countOf(total, noun)}`,
    failed > 0 ? `${failed} failed` : "",
    tasks ? formatTasks(tasks) : "",
    rate === undefined ? "" : formatRate(rate),
    secondsLeft === undefined ? "" : `${wholeSeconds(secondsLeft)} left`,
    best ? `best ${bestText(best)} with ${best.cell.name}` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** `4 s`, `2 min 5 s`: an estimate has no tenths. */
function wholeSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : formatDuration(whole);
}

/** The best mean so far. */
function bestText(best: NonNullable<Snapshot["best"]>): string {
  return describeMean(best, metricScale(best.metric, [best]));
}

/** Tasks, of which each does many runs. */
function formatTasks({ queued, running }: TaskCounts): string {
  return `tasks: ${running} running, ${queued} queued`;
}

function formatRate(perSecond: number): string {
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

/** Counts code points, which is what a terminal's columns are for all text used here. */
function truncate(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : characters.slice(0, width - 1).join("") + "…";
}
