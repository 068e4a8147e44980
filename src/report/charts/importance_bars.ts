import type { TopLevelSpec } from "vega-lite";
import { toShown } from "../estimate.ts";
import { FULL_WIDTH, ROOM } from "./_layout.ts";

const ROW = 26;

/** One bar. */
export interface ImportanceBar {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
  /** False for seeds and chance, which are no findings. */
  readonly isEffect: boolean;
}

/** What each swept value accounts for, as bars with their shares in percent. */
export function importanceBars(bars: readonly ImportanceBar[]): TopLevelSpec {
  const rows = bars.map(({ label, share, isEffect }, bar) => ({
    ...{ bar, label, share: toShown(100 * share), isEffect },
    text: `${(100 * share).toFixed(1)}%`,
  }));
  const most = Math.max(...rows.map(({ share }) => share));
  const y = {
    field: "bar",
    type: "ordinal",
    title: null,
    scale: { domain: rows.map(({ bar }) => bar), paddingInner: 0.35 },
    axis: {
      labelExpr: "labels[datum.value]",
      labelLimit: { expr: `0.45 * ${ROOM}` },
      labelOverlap: false,
    },
  } as const;
  const x = {
    field: "share",
    type: "quantitative",
    title: "Share of the sum of squares (%)",
    // Room for the figure right of the longest bar.
    scale: {
      domainMin: 0,
      domainMax: { expr: `${most} * width / max(60, width - 50)` },
      nice: false,
    },
    axis: { tickCount: { expr: "max(3, floor(width / 90))" } },
  } as const;
  return {
    ...FULL_WIDTH,
    description: `Importance: ${rows.map(({ label, text }) => `${label} ${text}`).join(", ")}`,
    height: ROW * rows.length,
    params: [{ name: "labels", value: rows.map(({ label }) => label) }],
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
