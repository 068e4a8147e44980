import type { TopLevelSpec } from "vega-lite";
import { formatFixed } from "../../format_number.ts";
import type { ConfusionRow } from "../../results/run_row.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { PALE_STEPS, RAMP_STEPS } from "../theme.ts";
import { bandAxis } from "./_band_axis.ts";
import { FULL_WIDTH, type Layer } from "./_layout.ts";
import { recallTable } from "./_recall_table.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** With more, tiles would be too small to point at. */
const MOST_CLASSES = 60;
const MOST_HEIGHT = 480;
const TALLEST_ROW = 34;
/** Rows lower than this have no numbers in them. */
const TEXT_HEIGHT = 15;
/** Pixels that `100` takes in those numbers, with some space around it. */
const TEXT_WIDTH = 24;

/** How the selected cell classifies the test rows; undefined if it was not scored. */
export function confusionMatrix(
  cells: readonly ReportCell[],
  { confusion = [], manifest: { experiment: { seeds } } }: ReportInput,
  { analysis: { selection, question } }: ChartContext,
): ChartGroup | undefined {
  const classes = classesIn(confusion);
  if (!selection || classes.length < 2) return undefined;
  const table = recallTable(confusion, classes);
  if (classes.length > MOST_CLASSES) {
    return {
      id: "classes",
      heading: "Recall of each class",
      caption: `What ${selection.best} makes of the test rows of each class. ` +
        "confusion.csv counts which classes it takes for which.",
      charts: [],
      table,
    };
  }
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
  const subject = cells.length > 1
    ? `${selection.best} classifies the test rows`
    : "the test rows are classified";
  return {
    id: "classes",
    heading: "Confusion matrix",
    caption: `How ${subject}${
      question.folds !== undefined
        ? ", over all seeds and folds"
        : seeds.length > 1
        ? ", over all seeds"
        : ""
    }, in percent of each class. The diagonal is correct; elsewhere, stronger colour means more mistakes.`,
    charts: [{
      id: "confusion",
      title: `Confusion matrix of ${selection.best} on the test rows`,
      spec: confusionSpec(counts, classes),
    }],
    table,
  };
}

/** Numbers by size, other names by their code units, as datasets have them. */
function classesIn(rows: readonly ConfusionRow[]): string[] {
  const names = [...new Set(rows.flatMap(({ actual, predicted }) => [actual, predicted]))];
  const areNumbers = names.every((name) => !Number.isNaN(Number(name)));
  return areNumbers ? names.sort((a, b) => Number(a) - Number(b)) : names.sort();
}

/** How many test rows of one class are predicted to be of another or the same, over all seeds. */
interface ConfusionCount {
  /** Places among the classes. */
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
}

/** What rows of each class are classified as: a tile per pair of classes, mistakes coloured. */
function confusionSpec(
  counts: readonly ConfusionCount[],
  classes: readonly string[],
): TopLevelSpec {
  const totals = classes.map((_, place) =>
    counts.reduce((sum, { actual, count }) => actual === place ? sum + count : sum, 0)
  );
  const shares = counts.map(({ actual, predicted, count }) => ({
    ...{ actual, predicted, count, of: totals[actual] },
    ...{ actualName: classes[actual], predictedName: classes[predicted] },
    share: 100 * count / totals[actual],
    isRight: actual === predicted,
  }));
  const most = Math.max(0, ...shares.map(({ isRight, share }) => isRight ? 0 : share));
  const tiles = shares.map((tile) => ({
    ...tile,
    text: formatFixed(tile.share, tile.share < 10 ? 1 : 0),
    isDeep: !tile.isRight && tile.share / most * RAMP_STEPS >= PALE_STEPS,
  }));
  const rowHeight = Math.min(TALLEST_ROW, MOST_HEIGHT / classes.length);
  const hasText = rowHeight >= TEXT_HEIGHT ? `bandwidth('x') >= ${TEXT_WIDTH}` : "false";
  const places = classes.map((_, place) => place);
  const labels = "classNames";
  const x = bandAxis({
    field: "predicted",
    title: "Predicted class",
    places,
    labels,
    titleLimit: "width",
  });
  const y = bandAxis({
    field: "actual",
    title: "Actual class",
    places,
    labels,
    titleLimit: "height",
  });
  const tooltip = [
    { field: "actualName", title: "Actual class" },
    { field: "predictedName", title: "Predicted class" },
    { field: "share", title: "Share of the class (%)", format: ".2f" },
    { field: "count", title: "Rows (all runs)" },
    { field: "of", title: "Rows of the class (all runs)" },
  ];
  const numbers = (style: "onPale" | "onDeep"): Layer => ({
    transform: [{ filter: style === "onDeep" ? "datum.isDeep" : "!datum.isDeep" }],
    mark: { type: "text", style, opacity: { expr: `${hasText} ? 1 : 0` } },
    encoding: { x, y, text: { field: "text" } },
  });
  return {
    ...FULL_WIDTH,
    description:
      `Confusion matrix of ${classes.length} classes: rows are actual classes, columns ` +
      "predicted ones",
    height: Math.round(rowHeight * classes.length),
    params: [{ name: labels, value: [...classes] }],
    data: { values: tiles },
    layer: [
      {
        transform: [{ filter: "datum.isRight" }],
        mark: { type: "rect", style: "band" },
        encoding: { x, y, tooltip },
      },
      {
        transform: [{ filter: "!datum.isRight" }],
        mark: { type: "rect" },
        encoding: {
          x,
          y,
          color: {
            field: "share",
            type: "quantitative",
            scale: { type: "quantize", domain: [0, most || 1], range: "ramp" },
            legend: null,
          },
          tooltip,
        },
      },
      numbers("onPale"),
      numbers("onDeep"),
    ],
  };
}
