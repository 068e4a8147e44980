import type { TopLevelSpec } from "vega-lite";
import { IMPORTANCE_SENTENCE } from "../../wording/sentences.ts";
import { toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { FULL_WIDTH, ROOM } from "./_layout.ts";
import { followingHeight } from "./following_height.ts";
import { wrapLabel } from "./_wrap_label.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** Effects beyond these are added up: nobody reads interactions of five values one by one. */
const MOST_EFFECTS = 12;
const ROW = 26;
const LINE = 13;
/** Characters in a line of a label, on a narrow chart and on others. */
const LINE_SIZES = [24, 38];

/** What each of several swept values accounts for; undefined if they cannot be separated. */
export function importanceBars(
  _cells: readonly ReportCell[],
  { manifest }: ReportInput,
  { analysis: { importance } }: ChartContext,
): ChartGroup | undefined {
  // With one swept value there is nothing to separate; with one seed, nothing to tell from chance.
  if ("reason" in importance || importance.effects.length < 2) return undefined;
  const { looks } = manifest.experiment;
  if (manifest.runs.total <= manifest.experiment.cells.length) return undefined;
  const labels = new Map(manifest.experiment.swept.map(({ key, label }) => [key, label]));
  const effects = importance.effects.toSorted((a, b) => b.share - a.share);
  const rest = effects.slice(MOST_EFFECTS);
  const bars: ImportanceBar[] = [
    ...effects.slice(0, MOST_EFFECTS).map(({ keys, share }) => ({
      label: keys.map((key) => labels.get(key) ?? key).join(" × "),
      share,
      isEffect: true,
    })),
    ...(rest.length > 0
      ? [{
        label: `${rest.length} smaller effects`,
        share: rest.reduce((sum, { share }) => sum + share, 0),
        isEffect: true,
      }]
      : []),
    { label: "seed", share: importance.seed, isEffect: false },
    { label: "chance", share: importance.residual, isEffect: false },
  ];
  const heading = "Importance of the swept values";
  return {
    id: "shares",
    heading,
    caption: looks
      ? `${IMPORTANCE_SENTENCE} On the first ${looks[0]} seeds, which all cells have.`
      : IMPORTANCE_SENTENCE,
    charts: [{ id: "importance", title: heading, spec: barsSpec(bars) }],
  };
}

/** One bar. */
interface ImportanceBar {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
  /** False for seeds and chance, which are not findings. */
  readonly isEffect: boolean;
}

/** What each swept value accounts for, as bars with their shares in percent. */
function barsSpec(bars: readonly ImportanceBar[]): TopLevelSpec {
  const rows = bars.map(({ label, share, isEffect }, bar) => ({
    ...{ bar, label, share: toShown(100 * share), isEffect },
    text: `${(100 * share).toFixed(1)}%`,
  }));
  const labels = rows.map(({ label }) => LINE_SIZES.map((size) => wrapLabel(label, size)));
  const rowHeights = LINE_SIZES.map((_, size) =>
    ROW + LINE * (Math.max(...labels.map((lines) => lines[size].length)) - 1)
  );
  const most = Math.max(...rows.map(({ share }) => share));
  const y = {
    field: "bar",
    type: "ordinal",
    title: null,
    scale: { domain: rows.map(({ bar }) => bar), paddingInner: 0.35 },
    axis: {
      labelExpr: `labels[datum.value][${ROOM} < 560 ? 0 : 1]`,
      labelLimit: { expr: `0.48 * ${ROOM}` },
      labelLineHeight: LINE,
      // Centres several lines on the bar, instead of their first line.
      labelOffset: {
        expr: `(1 - length(labels[datum.value][${ROOM} < 560 ? 0 : 1])) * ${LINE / 2}`,
      },
      labelOverlap: false,
    },
  } as const;
  const x = {
    field: "share",
    type: "quantitative",
    title: "Share of the sum of squares (%)",
    // Room for the number to the right of the longest bar.
    scale: {
      domainMin: 0,
      domainMax: { expr: `${most} * width / max(60, width - 50)` },
      nice: false,
    },
    axis: { tickCount: { expr: "max(3, floor(width / 90))" } },
  } as const;
  return {
    ...FULL_WIDTH,
    ...followingHeight(`${rows.length} * (${ROOM} < 560 ? ${rowHeights[0]} : ${rowHeights[1]})`),
    description: `Importance: ${rows.map(({ label, text }) => `${label} ${text}`).join(", ")}`,
    height: ROW * rows.length,
    params: [{ name: "labels", value: labels }],
    data: { values: rows },
    layer: [
      ...[true, false].map((isEffect) => ({
        transform: [{ filter: isEffect ? "datum.isEffect" : "!datum.isEffect" }],
        mark: { type: "bar" as const, style: isEffect ? "effect" : "chance" },
        encoding: { x, y },
      })),
      {
        mark: { type: "text", align: "left", dx: 5 },
        encoding: { x, y, text: { field: "text" } },
      },
    ],
  };
}
