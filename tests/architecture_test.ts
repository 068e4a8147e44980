import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { FLOORS } from "./_floors.ts";
import { directArrows, placeRooms } from "./_layers.ts";
import { architecturePicture, pictureOf } from "./draw_architecture.ts";
import { ROOT } from "./_source_files.ts";

Deno.test("docs/architecture.svg is as the imports are", async () => {
  const picture = await Deno.readTextFile(join(ROOT, "docs/architecture.svg"));
  assertEquals(picture, architecturePicture(), "run `deno task architecture`");
});

Deno.test("the picture has every room, once", () => {
  const picture = architecturePicture();
  const rooms = Array.from(picture.matchAll(/>(\w+)<\/text>/g), ([, room]) => room);
  assertEquals(rooms.sort(), FLOORS.flat().sort());
});

Deno.test("directArrows() leaves out what a way through other rooms implies", () => {
  assertEquals(directArrows([["a", "b"], ["b", "c"], ["a", "c"], ["c", "d"], ["a", "d"]]), [
    ["a", "b"],
    ["b", "c"],
    ["c", "d"],
  ]);
});

Deno.test("placeRooms() lets arrows pass floors beside rooms, and crosses none without need", () => {
  const floors = [["a", "b"], ["c", "d"], ["e"]];
  const { floors: placed, parts } = placeRooms(floors, [["a", "d"], ["b", "c"], ["a", "e"]]);
  assertEquals(placed.map((places) => places.filter(({ isPassage }) => isPassage).length), [
    0,
    1,
    0,
  ]);
  assertEquals(parts.length, 4);
  for (const p of parts) {
    for (const q of parts) assert(p.floor !== q.floor || (p.from - q.from) * (p.to - q.to) >= 0);
  }
});

Deno.test("pictureOf() draws arrows that end at rooms, for light and dark pages", () => {
  const picture = pictureOf([["a"], ["b"], ["c"]], [["a", "b"], ["b", "c"]]);
  assertEquals(picture.split('marker-end="url(#tip)"').length - 1, 2);
  assertStringIncludes(picture, "prefers-color-scheme: dark");
});
