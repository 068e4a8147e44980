import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { cutout } from "../../../../src/trainers/mlp/row_changes/cutout.ts";
import type { Config } from "../../../../src/trainers/hyperparameter.ts";
import { changeFixture } from "./_change_fixture.ts";

const FEATURES = 10;

/** The inputs that each row loses, by row. */
function cutsOf(values: readonly number[]): number[][] {
  return Array.from({ length: values.length / FEATURES }, (_, b) => {
    const row = values.slice(b * FEATURES, (b + 1) * FEATURES);
    return row.flatMap((value, f) => value === 0 ? [f] : []);
  });
}

function cutoutFixture(values: Config, options: Parameters<typeof changeFixture>[2] = {}) {
  return changeFixture(cutout, values, { features: FEATURES, ...options });
}

Deno.test("cutout() sets a share of each row's inputs to 0, and leaves the others as they are", () => {
  for (const [share, count] of [[0.3, 3], [0.01, 1], [0.25, 3], [1, 10]]) {
    const { rows, draw, original } = cutoutFixture({ cutout: 1, cutout_share: share });
    const { changed, values } = draw();
    assertEquals(changed, { ...rows, values: changed.values });
    assertEquals(cutsOf(values).map((cuts) => cuts.length), new Array(5).fill(count));
    values.forEach((value, n) => assert(value === 0 || value === n + 1));
    assertEquals(original(), Array.from({ length: 50 }, (_, n) => n + 1));
  }
});

Deno.test("cutout() cuts each row with its probability, and each input as often as the others", () => {
  const [count, probability] = [4000, 0.3];
  const cuts = cutsOf(cutoutFixture({ cutout: probability }, { count }).draw().values);
  const cut = cuts.filter(({ length }) => length > 0);
  assertEquals(new Set(cut.map(({ length }) => length)), new Set([2]));
  // Four standard deviations of a binomial count.
  const slack = (n: number, p: number) => 4 * Math.sqrt(n * p * (1 - p));
  const rowSlack = slack(count, probability);
  assert(Math.abs(cut.length - count * probability) < rowSlack, `${cut.length} rows`);
  for (let f = 0; f < FEATURES; f++) {
    const times = cut.filter((row) => row.includes(f)).length;
    assert(Math.abs(times - 0.2 * cut.length) < slack(cut.length, 0.2), `input ${f}: ${times}`);
  }
  // Of 45 pairs, each is as likely.
  const pairs = Map.groupBy(cut, (row) => row.join());
  assertEquals(pairs.size, 45);
  for (const [pair, { length }] of pairs) {
    assert(Math.abs(length - cut.length / 45) < slack(cut.length, 1 / 45), `${pair}: ${length}`);
  }
});

Deno.test("cutout() depends on the seed and its state, and not on the precision", () => {
  const values = { cutout: 0.5 };
  const { draw, keep } = cutoutFixture(values);
  const restore = keep();
  const [first, second] = [draw().values, draw().values];
  assertNotEquals(first, second);
  restore();
  assertEquals([draw().values, draw().values], [first, second]);
  assertEquals(cutoutFixture(values, { precision: "f32" }).draw().values, first);
  assertNotEquals(cutoutFixture(values, { seed: 2 }).draw().values, first);
});

Deno.test("cutout() changes the rows of a smaller batch alone", () => {
  const values = { cutout: 1 };
  assertEquals(
    cutoutFixture(values).draw(3).values,
    cutoutFixture(values).draw().values.slice(0, 30),
  );
});
