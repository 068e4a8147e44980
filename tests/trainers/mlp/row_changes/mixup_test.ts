import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { mixup } from "../../../../src/trainers/mlp/row_changes/mixup.ts";
import { numbersAt, targetsOf } from "../../../../src/trainers/mlp/row_targets.ts";
import { changeFixture } from "./_change_fixture.ts";

type Options = Parameters<typeof changeFixture>[2];
const FEATURES = 7;

/** Rows that are mixed, each time with what they are mixed with. */
function mixupFixture(options: Options = {}, alpha = 1) {
  const { kernels, draw, ...fixture } = changeFixture(mixup, { mixup: alpha }, options);
  const { count = 5, classes = 3 } = options;
  return {
    ...fixture,
    mix(part = count) {
      const { changed, values } = draw(part);
      const { mixed } = changed;
      assert(mixed);
      const targets = targetsOf(kernels, { ...changed, ...mixed }, classes);
      const factors = mixed.factors === undefined
        ? undefined
        : [...numbersAt(kernels, mixed.factors, targets.length)];
      return { changed, values, share: mixed.share, targets: [...targets], factors };
    },
  };
}

/** Which row each row was mixed with, by the first of its values: the rows hold 1, 2, 3, …. */
function othersOf(values: readonly number[], share: number): number[] {
  return Array.from({ length: values.length / FEATURES }, (_, b) => {
    const own = b * FEATURES + 1;
    return (values[b * FEATURES] - (1 - share) * own) / share;
  }).map((first) => Math.round((first - 1) / FEATURES));
}

Deno.test("mixup() mixes rows with rows of the same step, each once, and keeps whose targets they have", () => {
  const { mix, rows, original } = mixupFixture({ count: 6, factorOf: [0.5, 1, 4] });
  const before = original();
  for (let step = 0; step < 20; step++) {
    const { changed, values, share, targets, factors } = mix();
    const others = othersOf(values, share);
    assertEquals(others.toSorted(), [0, 1, 2, 3, 4, 5]);
    values.forEach((value, n) => {
      const [b, f] = [Math.floor(n / FEATURES), n % FEATURES];
      const expected = (1 - share) * (n + 1) + share * (others[b] * FEATURES + f + 1);
      assertAlmostEquals(value, expected, 1e-12);
    });
    assertEquals(targets, others.map((other) => other % 3));
    assertEquals(factors, others.map((other) => [0.5, 1, 4][other % 3]));
    assertEquals(changed, { ...rows, values: changed.values, mixed: changed.mixed });
    assertEquals(original(), before);
  }
});

Deno.test("mixup() keeps the quantities of the other rows, and none in padding", () => {
  const { mix } = mixupFixture({ classes: 1 });
  const { values, share, targets } = mix();
  const others = othersOf(values, share);
  assertEquals(targets, [...others.map((other) => other + 1), NaN]);
});

Deno.test("mixup() mixes each row with any other, by shares of Beta(α, α)", () => {
  for (const alpha of [0.2, 1, 4]) {
    const { mix } = mixupFixture({ count: 3 }, alpha);
    const drawn = Array.from({ length: 2000 }, () => mix());
    const shares = drawn.map(({ share }) => share);
    const square = shares.reduce((sum, share) => sum + (share - 0.5) ** 2, 0) / shares.length;
    const variance = 1 / (4 * (2 * alpha + 1));
    // Four standard errors at most: shares are within 0 and 1.
    assert(Math.abs(square - variance) < 4 * 0.125 / Math.sqrt(2000), `${alpha}: ${square}`);
    // Those that can be told from the values.
    const orders = drawn.filter(({ share }) => share > 0.01)
      .map(({ values, share }) => othersOf(values, share).join());
    const counts = Map.groupBy(orders, (order) => order);
    assertEquals(counts.size, 6);
    for (const [order, { length }] of counts) {
      const slack = 4 * Math.sqrt(orders.length * 5 / 36);
      assert(Math.abs(length - orders.length / 6) < slack, `${order}: ${length}`);
    }
  }
});

Deno.test("mixup() depends on the seed and its state, and on the precision by rounding alone", () => {
  const { mix, keep } = mixupFixture();
  const restore = keep();
  const [first, second] = [mix(), mix()];
  assertNotEquals(first.values, second.values);
  restore();
  assertEquals([mix(), mix()], [first, second]);
  assertNotEquals(mixupFixture({ seed: 2 }).mix().values, first.values);
  const { share, values } = mixupFixture({ precision: "f32" }).mix();
  assertEquals(share, first.share);
  // Sums of up to 35 in 24 bits.
  values.forEach((value, n) => assertAlmostEquals(value, first.values[n], 4e-6));
});

Deno.test("mixup() of a smaller batch has its rows alone, and does not mix what is mixed", () => {
  const { mix, change } = mixupFixture();
  const { changed, values, share, targets } = mix(3);
  assertEquals(othersOf(values, share).toSorted(), [0, 1, 2]);
  assertEquals(targets.slice(3), [-1]);
  assertEquals(change.apply(changed), changed);
});
