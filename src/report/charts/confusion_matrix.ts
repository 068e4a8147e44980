import type { TopLevelSpec } from "vega-lite";
import { formatFixed } from "../../format_number.ts";
import { PALE_STEPS, RAMP_STEPS } from "../theme.ts";
import { bandAxis } from "./_band_axis.ts";
import { FULL_WIDTH, type Layer } from "./_layout.ts";

const MOST_HEIGHT = 480;
const TALLEST_ROW = 34;
/** Rows lower than this have no figures in them. */
const TEXT_HEIGHT = 15;
/** Pixels that `100` takes in those figures, with some air. */
const TEXT_WIDTH = 24;

/** Test rows of a class that are taken for a class, over all seeds. */
export interface ConfusionCount {
  /** Places among the classes. */
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
}

/** What rows of each class are taken for: a tile per pair of classes, mistakes coloured. */
export function confusionMatrix(
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
    title: "Taken for",
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
    { field: "predictedName", title: "Taken for" },
    { field: "share", title: "Share of the class (%)", format: ".2f" },
    { field: "count", title: "Rows, over all seeds" },
    { field: "of", title: "of" },
  ];
  const figures = (style: "onPale" | "onDeep"): Layer => ({
    transform: [{ filter: style === "onDeep" ? "datum.isDeep" : "!datum.isDeep" }],
    mark: { type: "text", style, opacity: { expr: `${hasText} ? 1 : 0` } },
    encoding: { x, y, text: { field: "text" } },
  });
  return {
    ...FULL_WIDTH,
    description: `Confusion matrix of ${classes.length} classes: rows are what a test row is, ` +
      "columns what it is taken for",
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
      figures("onPale"),
      figures("onDeep"),
    ],
  };
}
