import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { randomStream } from "../../../src/random_stream.ts";
import type { Places } from "../../../src/experiment/search/parzen.ts";
import {
  type Observation,
  proposePlaces,
  type Space,
} from "../../../src/experiment/search/propose_places.ts";

const identityOf = (point: Places) => JSON.stringify([...point]);
const SQUARE: Space = { axes: [{ name: "x" }, { name: "y" }], identityOf };

/** Points anywhere, the better the nearer they are to a place. */
function scattered(count: number, x: number, y: number): Observation[] {
  const random = randomStream("scattered");
  return Array.from({ length: count }, () => {
    const [atX, atY] = [random(), random()];
    return { point: new Map([["x", atX], ["y", atY]]), merit: -Math.hypot(atX - x, atY - y) };
  });
}

function meanDistance(points: readonly Places[], x: number, y: number): number {
  const sum = points.reduce((sum, point) => {
    return sum + Math.hypot((point.get("x") ?? 0) - x, (point.get("y") ?? 0) - y);
  }, 0);
  return sum / points.length;
}

Deno.test("proposePlaces() proposes what is near good points, wherever they are", () => {
  for (const [x, y] of [[0.2, 0.7], [0.9, 0.1]]) {
    const points = proposePlaces(SQUARE, scattered(40, x, y), { count: 16, name: "near" });
    assertEquals(points.length, 16);
    // Even draws are 0.5 away on average, and more from a corner.
    assert(meanDistance(points, x, y) < 0.25, `${meanDistance(points, x, y)}`);
  }
});

Deno.test("proposePlaces() depends on the observations and the name alone", () => {
  const observed = scattered(16, 0.3, 0.3);
  const propose = (name: string, merits = (merit: number) => merit) =>
    proposePlaces(
      SQUARE,
      observed.map(({ point, merit }) => ({ point, merit: merits(merit) })),
      { count: 5, name },
    ).map(identityOf);
  const first = propose("1/tpe/1");
  assertEquals(propose("1/tpe/1"), first);
  assertNotEquals(propose("1/tpe/2"), first);
  // Only the order counts, and of equally good points the earlier is better.
  assertEquals(propose("1/tpe/1", (merit) => 1000 * merit), first);
  assertNotEquals(propose("1/tpe/1", (merit) => -merit), first);
  assertEquals(new Set(first).size, 5);
  // To the bit, on every machine.
  assertEquals(first[0], '[["x",0.2953078678617229],["y",0.13562509532558747]]');
});

Deno.test("proposePlaces() takes points without a result for the worst", () => {
  const observed = scattered(36, 0.5, 0.5).map(({ point, merit }) => {
    return { point, merit: (point.get("x") ?? 0) < 0.5 ? -Infinity : merit };
  });
  const points = proposePlaces(SQUARE, observed, { count: 16, name: "worst" });
  const right = points.filter((point) => (point.get("x") ?? 0) >= 0.5);
  assert(right.length > 12, `${right.length}`);
});

Deno.test("proposePlaces() proposes nothing twice, and no more than there is", () => {
  const space: Space = {
    axes: [{ name: "word", choices: 7 }],
    identityOf: (point) => String(Math.floor((point.get("word") ?? 0) * 7)),
  };
  const observed = [0, 3].map((word) => ({
    point: new Map([["word", (word + 0.5) / 7]]),
    merit: word,
  }));
  const points = proposePlaces(space, observed, { count: 10, name: "words" });
  assertEquals(points.map(space.identityOf).sort(), ["1", "2", "4", "5", "6"]);
});

Deno.test("proposePlaces() proposes what is allowed, and the same as ever if all is", () => {
  const observed = scattered(40, 0.5, 0.5);
  const propose = (isAllowed?: Space["isAllowed"]) =>
    proposePlaces({ ...SQUARE, isAllowed }, observed, { count: 8, name: "allowed" });
  const right = propose((point) => (point.get("x") ?? 0) > 0.5);
  assertEquals(right.length, 8);
  assert(right.every((point) => (point.get("x") ?? 0) > 0.5));
  assert(meanDistance(right, 0.5, 0.5) < 0.3, `${meanDistance(right, 0.5, 0.5)}`);
  assertEquals(propose(() => true).map(identityOf), propose().map(identityOf));
  assertEquals(propose(() => false), []);
});

Deno.test("proposePlaces() draws an axis for those points that have it", () => {
  const hasDepth = (point: Places) => (point.get("kind") ?? 0) >= 0.5;
  const space: Space = {
    axes: [{ name: "kind", choices: 2 }, { name: "depth", applies: hasDepth }],
    identityOf,
  };
  const random = randomStream("tree");
  // Deep is good; of the points without depth, nothing is known about it.
  const observed = Array.from({ length: 40 }, (_, index): Observation => {
    const place = random();
    return index % 2 === 0
      ? { point: new Map([["kind", 0.25]]), merit: 0 }
      : { point: new Map([["kind", 0.75], ["depth", place]]), merit: place };
  });
  const points = proposePlaces(space, observed, { count: 16, name: "tree" });
  assert(points.every((point) => point.has("depth") === hasDepth(point)));
  const deep = points.filter((point) => (point.get("depth") ?? 0) > 0.7);
  assert(deep.length > 10, `${deep.length}`);
});
