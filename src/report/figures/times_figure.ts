import type { ChartContext } from "../charts/chart_context.ts";
import { runTimes } from "../charts/run_times.ts";
import type { Figure } from "../figure.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { bestOf, omission } from "./_shown_cells.ts";

/** How long runs took; nothing where the manifest does not know. */
export function timesFigure(
  cells: readonly ReportCell[],
  { manifest, runs }: ReportInput,
  context: ChartContext,
): Figure | undefined {
  const secondsOf = new Map<string, number[]>();
  for (const [index, seconds] of manifest.times.runs.entries()) {
    const { cell } = runs[index] ?? {};
    if (seconds === null || cell === undefined) continue;
    secondsOf.set(cell, [...secondsOf.get(cell) ?? [], seconds]);
  }
  const timed = cells.filter(({ name }) => secondsOf.has(name));
  if (timed.length === 0) return undefined;
  const shown = bestOf(timed);
  const heading = "Time per run";
  return {
    heading,
    caption: [
      "Seconds of training: a mark per run, a point at the median. Runs known from an earlier sweep " +
      "have the time that they took then.",
      ...omission(shown, timed),
    ].join(" "),
    charts: [{ id: "run-times", title: heading, spec: runTimes(shown, secondsOf, context) }],
  };
}
