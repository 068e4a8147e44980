import type { TopLevelSpec } from "vega-lite";
import { toShown } from "../estimate.ts";
import { FULL_WIDTH, ROOM } from "./_layout.ts";
import { wrapLabel } from "./_wrap_label.ts";
import { followingHeight } from "./patched_vega.ts";

const ROW = 26;
const LINE = 13;
/** Characters in a line of a label, on a narrow chart and on others. */
const LINE_SIZES = [24, 38];

/** One bar. */
export interface ShareBar {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
  /** False for seeds and chance, which are not findings. */
  readonly isEffect: boolean;
  /** The share that chance alone can reach, where it is known: a mark across the bar. */
  readonly chance?: number;
}

/** What each swept value accounts for, as bars with their shares in percent. */
export function importanceSpec(bars: readonly ShareBar[], title: string): TopLevelSpec {
  const rows = bars.map(({ label, share, isEffect, chance }, bar) => ({
    ...{ bar, label, share: toShown(100 * share), isEffect },
    ...chance !== undefined && { chance: toShown(100 * chance) },
    // Clear of the mark, too.
    end: toShown(100 * Math.max(share, chance ?? 0)),
    text: `${(100 * share).toFixed(1)}%`,
  }));
  const labels = rows.map(({ label }) => LINE_SIZES.map((size) => wrapLabel(label, size)));
  const rowHeights = LINE_SIZES.map((_, size) =>
    ROW + LINE * (Math.max(...labels.map((lines) => lines[size].length)) - 1)
  );
  const most = Math.max(...rows.map(({ end }) => end));
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
    title,
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
      ...(bars.some(({ chance }) => chance !== undefined)
        ? [{
          transform: [{ filter: "isValid(datum.chance)" }],
          mark: { type: "tick" as const, thickness: 2, style: "chanceMark" },
          encoding: { x: { ...x, field: "chance" }, y },
        }]
        : []),
      {
        mark: { type: "text", align: "left", dx: 5 },
        encoding: { x: { ...x, field: "end" }, y, text: { field: "text" } },
      },
    ],
  };
}
