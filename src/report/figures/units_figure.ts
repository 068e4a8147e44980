import type { UnitRow } from "../../results/run_row.ts";
import { unitPictures } from "../charts/unit_pictures.ts";
import type { Figure } from "../figure.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";

/** A browser takes a moment for each. */
const MOST_PIXELS = 12_000;

/** What the first layers of the scored cells look for; nothing where rows are no pictures. */
export function unitsFigure(
  cells: readonly ReportCell[],
  { units = [] }: ReportInput,
): Figure | undefined {
  if (units.length === 0) return undefined;
  const cellUnits = Map.groupBy(units, ({ cell }) => cell);
  const shown = cells.flatMap(({ name }): [string, UnitRow[]][] => {
    const all = cellUnits.get(name);
    if (!all) return [];
    const room = Math.floor(MOST_PIXELS / cellUnits.size / all[0].weights.length);
    return [[name, all.slice(0, Math.max(1, room))]];
  });
  const largest = Math.max(
    ...shown.flatMap(([, units]) => units.flatMap(({ weights }) => weights.map(Math.abs))),
  );
  return {
    heading: "What the first layer looks for",
    caption:
      "The units of the first layer with the largest weights, after training with the first " +
      "seed; each picture has a unit’s weights where their pixels are. Blue raises the unit, orange " +
      "lowers it, and the scale is the same for all pictures.",
    charts: shown.map(([name, units], index) => ({
      id: `units-${index}`,
      title: `First layer of ${name}`,
      spec: unitPictures(units, largest || 1),
    })),
  };
}
