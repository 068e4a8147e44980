import { countOf } from "../../format_number.ts";
import type { ReportCell } from "../report_cell.ts";

/** Nobody reads more rows than this, and the page must not grow with the sweep. */
const MOST_ROWS = 40;
export const WITH_BANDS = ", with 95% intervals as bands";

/** As many of the best cells as there is room for, in their order; `always` are among them. */
export function bestOf(
  cells: readonly ReportCell[],
  always: readonly ReportCell[] = cells.filter(({ isBaseline }) => isBaseline),
): ReportCell[] {
  const kept = new Set([...new Set([...always, ...cells])].slice(0, MOST_ROWS));
  return cells.filter((cell) => kept.has(cell));
}

/** So many of the items, evenly spaced, the first and the last among them; and those to be there always. */
export function evenly<Item>(
  items: readonly Item[],
  most: number,
  isAlways: (item: Item) => boolean = () => false,
): readonly Item[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  const kept = new Set(Array.from({ length: most }, (_, place) => Math.round(place * step)));
  return items.filter((item, place) => isAlways(item) || kept.has(place));
}

/** The baseline and the best of each technique. */
export function bestOfEachGroup(cells: readonly ReportCell[]): ReportCell[] {
  return [...Map.groupBy(cells, ({ group }) => group).values()].map(([first]) => first);
}

/** The sentence of a caption that says what a chart leaves out; none if it shows everything. */
export function omission(shown: readonly ReportCell[], all: readonly ReportCell[]): string[] {
  if (shown.length === all.length) return [];
  return [
    `Showing the best ${shown.length} of ${countOf(all.length, "cell")}; cells.csv lists all.`,
  ];
}

/** The same where a chart draws few cells, and any of the best once the reader marks it. */
export function notOffered(offered: readonly ReportCell[], all: readonly ReportCell[]): string[] {
  if (offered.length === all.length) return [];
  return [`Only the best ${offered.length} of ${countOf(all.length, "cell")} can be drawn.`];
}

export function hasIntervals(
  cells: readonly ReportCell[],
  what: "metric" | "difference",
): boolean {
  return cells.some((cell) => cell[what]?.low !== undefined);
}
