import { countOf } from "../../format_number.ts";
import type { ReportCell } from "../report_cell.ts";

/** More rows than these nobody reads, and the page would grow with the sweep. */
const MOST_ROWS = 40;
export const WITH_BANDS = ", with bands of 95% intervals";

/** As many of the best cells as there is room for, in their order, and `always` in any case. */
export function bestOf(
  cells: readonly ReportCell[],
  always: readonly ReportCell[] = cells.filter(({ isBaseline }) => isBaseline),
): ReportCell[] {
  const kept = new Set([...new Set([...always, ...cells])].slice(0, MOST_ROWS));
  return cells.filter((cell) => kept.has(cell));
}

/** The baseline and the best of each technique. */
export function bestOfEachGroup(cells: readonly ReportCell[]): ReportCell[] {
  return [...Map.groupBy(cells, ({ group }) => group).values()].map(([first]) => first);
}

/** The sentence for a caption that says what a chart leaves out; none if it draws everything. */
export function omission(shown: readonly ReportCell[], all: readonly ReportCell[]): string[] {
  if (shown.length === all.length) return [];
  return [
    `The best ${shown.length} of ${countOf(all.length, "cell")} are drawn; cells.csv has all.`,
  ];
}

export function hasIntervals(
  cells: readonly ReportCell[],
  what: "metric" | "difference",
): boolean {
  return cells.some((cell) => cell[what]?.low !== undefined);
}
