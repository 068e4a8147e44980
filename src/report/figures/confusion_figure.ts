import type { ConfusionRow } from "../../results/run_row.ts";
import { confusionMatrix } from "../charts/confusion_matrix.ts";
import type { Figure } from "../figure.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import type { FigureContext } from "./figure_context.ts";

/** Tiles of more would be too small to point at. */
const MOST_CLASSES = 60;

/** What the selected cell takes test rows for; nothing where it was not scored. */
export function confusionFigure(
  cells: readonly ReportCell[],
  { confusion = [] }: ReportInput,
  { analysis: { selection } }: FigureContext,
): Figure | undefined {
  const classes = classesIn(confusion);
  if (!selection || classes.length < 2 || classes.length > MOST_CLASSES) return undefined;
  const placeOf = new Map(classes.map((name, place) => [name, place]));
  const place = (name: string) => placeOf.get(name) ?? 0;
  const pairs = Map.groupBy(confusion, ({ actual, predicted }) => {
    return place(actual) * classes.length + place(predicted);
  });
  const counts = [...pairs.values()].map((rows) => ({
    actual: place(rows[0].actual),
    predicted: place(rows[0].predicted),
    count: rows.reduce((sum, { count }) => sum + count, 0),
  }));
  const subject = cells.length > 1 ? `${selection.best} takes test rows` : "test rows are taken";
  return {
    heading: "Confusion matrix",
    caption: `What ${subject} for, over all seeds: percent of the rows of ` +
      "each class. The diagonal is what it gets right; mistakes are the deeper the more there are.",
    charts: [{
      id: "confusion",
      title: `Confusion matrix of ${selection.best} on the test rows`,
      spec: confusionMatrix(counts, classes),
    }],
  };
}

/** Numbers by size, other names by their code units, as datasets have them. */
function classesIn(rows: readonly ConfusionRow[]): string[] {
  const names = [...new Set(rows.flatMap(({ actual, predicted }) => [actual, predicted]))];
  const areNumbers = names.every((name) => !Number.isNaN(Number(name)));
  return areNumbers ? names.sort((a, b) => Number(a) - Number(b)) : names.sort();
}
