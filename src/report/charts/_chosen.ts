import type { UnitLayer } from "./_layout.ts";

/**
 * Parameters that the page's script sets in every chart that has them: `chosen` to the name of the cell
 * that the reader has marked, `filtered` to the names of the cells that the filter selects, each to null
 * if there is none. Rows of data have their cell's name in the field `name`.
 */
export const CELL_PARAMS = [
  { name: "chosen", value: null },
  { name: "filtered", value: null },
] as const;

/** An expression that is true for the chosen cell's data. */
export const IS_CHOSEN = "datum.name === chosen";

/** An expression that is true for the data of cells that the filter selects. */
export const IS_FILTERED = "(filtered === null || indexof(filtered, datum.name) >= 0)";

/**
 * One opacity for the chosen cell's marks, or those of all cells that the filter selects if none is
 * chosen; another for the rest.
 */
export function unlessOther(opacity: number, otherwise: number) {
  return {
    condition: { test: `${IS_CHOSEN} || chosen === null && ${IS_FILTERED}`, value: opacity },
    value: otherwise,
  } as const;
}

/** The same where the chosen cell is pointed out in another way, so that the others need not fade. */
export function unlessExcluded(opacity: number, otherwise: number) {
  return {
    condition: { test: `${IS_CHOSEN} || ${IS_FILTERED}`, value: opacity },
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
