import type { UnitLayer } from "./_layout.ts";

/**
 * The cell that the reader has chosen: a parameter that the page's script sets in every chart, to a
 * cell's name or to null. Rows of data have their cell's name in the field `name`.
 */
export const CHOSEN = { name: "chosen", value: null } as const;

/** An expression that is true for the chosen cell's data. */
export const IS_CHOSEN = "datum.name === chosen";

/** One opacity for the chosen cell's marks (or all, if none is chosen), another for the rest. */
export function unlessOther(opacity: number, otherwise: number) {
  return {
    condition: { test: `chosen === null || ${IS_CHOSEN}`, value: opacity },
    value: otherwise,
  } as const;
}

/** Rings around the chosen cell's points. */
export function ring(data: string, encoding: UnitLayer["encoding"]): UnitLayer {
  return {
    data: { name: data },
    transform: [{ filter: IS_CHOSEN }],
    mark: { type: "point", filled: false, size: 190, opacity: 1, style: "chosen", clip: true },
    encoding,
  };
}
