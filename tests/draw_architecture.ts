// deno task architecture: draws docs/architecture.svg from the imports between the rooms of src/.
import { join } from "node:path";
import { EDGES, FLOORS, folderOf } from "./_floors.ts";
import { type Arrow, centred, directArrows, placeRooms } from "./_layers.ts";
import { ROOT } from "./_source_files.ts";

/** Lengths in pixels. */
const BOX = { width: 104, height: 30 };
const GAP = { across: 26, down: 30 };
const MARGIN = 16;

/** The picture of docs/architecture.md, from the imports as they are. */
export function architecturePicture(): string {
  const names = EDGES.map(({ from, to }) => [folderOf(from), folderOf(to)].join(" "));
  const arrows = [...new Set(names)].sort().map((pair) => pair.split(" ") as [string, string])
    .filter(([from, to]) => from !== to);
  return pictureOf(FLOORS.toReversed(), arrows);
}

/**
 * Draws rooms as boxes and imports as arrows, as SVG for light and dark pages.
 *
 * @param floors Rooms on floors from the top down.
 */
export function pictureOf(
  floors: readonly (readonly string[])[],
  arrows: readonly Arrow[],
): string {
  const layers = placeRooms(floors, directArrows(arrows));
  const most = Math.max(...layers.floors.map((floor) => floor.length));
  const width = most * (BOX.width + GAP.across) - GAP.across + 2 * MARGIN;
  const height = floors.length * (BOX.height + GAP.down) - GAP.down + 2 * MARGIN;
  const x = (floor: number, place: number) =>
    width / 2 + centred(place, layers.floors[floor].length) * (BOX.width + GAP.across);
  const y = (floor: number) => MARGIN + floor * (BOX.height + GAP.down);
  const lines = layers.parts.map(({ floor, from, to }) => {
    const [x1, y1, x2, y2] = [
      x(floor, from),
      y(floor) + BOX.height,
      x(floor + 1, to),
      y(floor + 1),
    ];
    const arrives = !layers.floors[floor + 1][to].isPassage;
    const middle = (y1 + y2) / 2;
    const tip = arrives ? ' marker-end="url(#tip)"' : "";
    return `<path d="M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}"${tip}/>`;
  });
  const boxes = layers.floors.flatMap((places, floor) =>
    places.map(({ room, isPassage }, place) => {
      const middle = x(floor, place);
      if (isPassage) return `<path d="M${middle} ${y(floor)}v${BOX.height}"/>`;
      return `<g><rect x="${middle - BOX.width / 2}" y="${
        y(floor)
      }" width="${BOX.width}" height="${BOX.height}" rx="5"/><text x="${middle}" y="${
        y(floor) + BOX.height / 2 + 4.5
      }">${room}</text></g>`;
    })
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">The rooms of src/ on their floors, and what they import</title>
<style>
svg { background: #fff; }
path { fill: none; stroke: #6b7280; stroke-width: 1.3; }
marker path { fill: #6b7280; stroke: none; }
rect { fill: #eef4fb; stroke: #2f6db3; }
text { font: 13px ui-monospace, monospace; fill: #16202c; text-anchor: middle; }
@media (prefers-color-scheme: dark) {
  svg { background: #14181d; }
  path { stroke: #98a2b0; }
  marker path { fill: #98a2b0; }
  rect { fill: #1d2a39; stroke: #6ea8e6; }
  text { fill: #e6ebf1; }
}
</style>
<marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>
${[...lines, ...boxes].join("\n")}
</svg>
`;
}

if (import.meta.main) {
  await Deno.writeTextFile(join(ROOT, "docs/architecture.svg"), architecturePicture());
}
