import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { cutmix } from "../../../../src/trainers/mlp/row_changes/cutmix.ts";
import { mixup } from "../../../../src/trainers/mlp/row_changes/mixup.ts";
import { RowChanges } from "../../../../src/trainers/mlp/row_changes/row_changes.ts";
import { numbersAt, targetsOf } from "../../../../src/trainers/mlp/row_targets.ts";
import { changeFixture } from "./_change_fixture.ts";

type Options = Parameters<typeof changeFixture>[2];
const FEATURES = 7;

/** Rows that are mixed, each time with what they are mixed with. */
function cutmixFixture(options: Options = {}, probability = 1) {
  const { kernels, draw, ...fixture } = changeFixture(cutmix, { cutmix: probability }, options);
  const { count = 5, classes = 3 } = options;
  return {
    ...fixture,
    cut(part = count) {
      const { changed, values } = draw(part);
      const { mixed } = changed;
      const targets = mixed && [...targetsOf(kernels, { ...changed, ...mixed }, classes)];
      const factors = mixed?.factors === undefined
        ? undefined
        : [...numbersAt(kernels, mixed.factors, part)];
      return { changed, values, share: mixed?.share ?? 0, targets, factors };
    },
  };
}

/** The row that each value comes from, (B,F): the rows hold 1, 2, 3, …. */
function sourcesOf(values: readonly number[]): number[][] {
  return Array.from({ length: values.length / FEATURES }, (_, b) => {
    return Array.from({ length: FEATURES }, (_, f) => {
      return (values[b * FEATURES + f] - 1 - f) / FEATURES;
    });
  });
}

Deno.test("cutmix() gives all rows the same inputs of one other row each, and says whose and how many", () => {
  const { cut, rows, original } = cutmixFixture({ count: 6, factorOf: [0.5, 1, 4] });
  const before = original();
  const counts = new Set<number>();
  for (let step = 0; step < 60; step++) {
    const { changed, values, share, targets, factors } = cut();
    const count = Math.round(share * FEATURES);
    assertAlmostEquals(share, count / FEATURES, 1e-15);
    counts.add(count);
    const sources = sourcesOf(values);
    const others = sources.map((row, b) => row.find((source) => source !== b) ?? b);
    assertEquals(others.toSorted(), [0, 1, 2, 3, 4, 5]);
    const isOther = Array.from({ length: FEATURES }, (_, f) => {
      return sources.some((row, b) => row[f] !== b);
    });
    const isMoved = others.some((other, b) => other !== b);
    assertEquals(isOther.filter(Boolean).length, isMoved ? count : 0);
    sources.forEach((row, b) => {
      assertEquals(row, isOther.map((isOther) => isOther ? others[b] : b));
    });
    assertEquals(targets, [...others.map((other) => other % 3)]);
    assertEquals(factors, others.map((other) => [0.5, 1, 4][other % 3]));
    assertEquals(changed, { ...rows, values: changed.values, mixed: changed.mixed });
    assertEquals(original(), before);
  }
  assertEquals([...counts].sort(), [1, 2, 3, 4, 5, 6]);
});

Deno.test("cutmix() cuts so many steps, each input as often as the others", () => {
  const steps = 3000;
  const { cut, rows } = cutmixFixture({ count: 4 }, 0.3);
  const drawn = Array.from({ length: steps }, () => cut());
  const mixed = drawn.filter(({ share }) => share > 0);
  // Four standard deviations of a binomial count.
  const slack = (n: number, p: number) => 4 * Math.sqrt(n * p * (1 - p));
  assert(Math.abs(mixed.length - 0.3 * steps) < slack(steps, 0.3), `${mixed.length} steps`);
  for (const { changed, share } of drawn) if (share === 0) assertEquals(changed, rows);
  const moved = mixed.map(({ values }) => sourcesOf(values))
    .filter((sources) => sources.some((row, b) => row.some((source) => source !== b)));
  // 1, 1, 2, … and 6 of seven inputs, equally often.
  const share = 22 / 49;
  for (let f = 0; f < FEATURES; f++) {
    const times = moved.filter((sources) => sources.some((row, b) => row[f] !== b)).length;
    assert(Math.abs(times - share * moved.length) < slack(moved.length, share), `${f}: ${times}`);
  }
});

Deno.test("cutmix() depends on the seed and its state, and not on the precision", () => {
  const { cut, keep } = cutmixFixture({}, 0.7);
  const drawsOf = (cut: () => { values: number[] }) =>
    Array.from({ length: 10 }, () => cut().values);
  const restore = keep();
  const first = drawsOf(cut);
  restore();
  assertEquals(drawsOf(cut), first);
  assertEquals(drawsOf(cutmixFixture({ precision: "f32" }, 0.7).cut), first);
  assertNotEquals(drawsOf(cutmixFixture({ seed: 2 }, 0.7).cut), first);
});

Deno.test("cutmix() of a smaller batch has its rows alone, and keeps quantities", () => {
  const { cut } = cutmixFixture({ classes: 1 });
  const { values, targets } = cut(3);
  const others = sourcesOf(values).map((row, b) => row.find((source) => source !== b) ?? b);
  assertEquals(targets, [...others.map((other) => other + 1), NaN]);
});

Deno.test("a step that cut-mix has mixed is not mixed again, and mixup draws what it draws alone", () => {
  const sharesOf = (probability: number) => {
    const { change, rows } = changeFixture(
      (kernels, arena, config, shape) => new RowChanges(kernels, arena, config, shape),
      { cutmix: probability, mixup: 1 },
    );
    return Array.from({ length: 40 }, () => change.apply(rows).mixed?.share);
  };
  const { change, rows } = changeFixture(mixup, { mixup: 1 });
  const alone = Array.from({ length: 40 }, () => change.apply(rows).mixed?.share);
  assertEquals(sharesOf(0), alone);
  const both = sharesOf(0.5);
  const cut = both.filter((share, step) => share !== alone[step]);
  assert(cut.length > 5 && cut.length < 35, `${cut.length}`);
  for (const share of cut) assertAlmostEquals((share ?? 0) * 7 % 1, 0, 1e-12);
});
