import { data } from "./page_data.ts";

/** Places in the palette, by cell. */
const colors = new Map(data.cells.map(({ name, color }) => [name, color]));

/** The colour that a cell's technique has in all charts, as CSS has it. */
export function colorOf(name: string): string {
  return paletteColor(colors.get(name) ?? 0);
}

/** A colour by its place in the palette, of which the first is the baseline's. */
export function paletteColor(place: number): string {
  return place === 0 ? "var(--neutral)" : `var(--hue-${place})`;
}

/** Dashes that tell each of some cells from those before it with the same colour. */
export function dashesOf(names: readonly string[]): string[] {
  return names.map((name, place) => {
    const before = names.slice(0, place).filter((other) => colorOf(other) === colorOf(name));
    return data.dashes[before.length % data.dashes.length].join(" ");
  });
}
