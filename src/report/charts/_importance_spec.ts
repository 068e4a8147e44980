import type { TopLevelSpec } from "vega-lite";
import { toShown } from "../estimate.ts";
import { FULL_WIDTH } from "./_layout.ts";
import { wrappedRows } from "./_wrapped_rows.ts";

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
  const most = Math.max(...rows.map(({ end }) => end));
  const { y, labels, height, usermeta } = wrappedRows(rows.map(({ label }) => label), "bar");
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
    usermeta,
    description: `Importance: ${rows.map(({ label, text }) => `${label} ${text}`).join(", ")}`,
    height,
    params: [labels],
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
