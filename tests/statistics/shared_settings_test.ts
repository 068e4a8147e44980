import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "../../src/random_stream.ts";
import { type DrawnCell, sharedSettings } from "../../src/statistics/shared_settings.ts";

/** Cells whose merits fall, of batches of this size. */
function drawn(count: number, batch = count): DrawnCell[] {
  return Array.from({ length: count }, (_, index) => {
    return { merit: -index, batch: Math.floor(index / batch) };
  });
}

Deno.test("sharedSettings() counts the best quarter, and tests the better half", () => {
  const cells = drawn(40);
  const shared = sharedSettings(cells, [
    { has: cells.map((_, index) => index < 20) },
    { has: cells.map((_, index) => index % 2 === 0) },
    { has: cells.map(() => true) },
  ]);
  assert(shared);
  assertEquals([shared.cells, shared.best], [40, 10]);
  const [good, even, all] = shared.settings;
  assertEquals([good.best, good.others], [10, 10]);
  assertEquals([even.best, even.others], [5, 15]);
  assertEquals(all, { best: 10, others: 30 });
  // All 20 of the better half have it: one of C(40, 20) ways, and so has its opposite.
  assert(good.test && even.test);
  assert(Math.abs(good.test.pValue - 2 / 137846528820) < 1e-20);
  assertEquals(good.test.pHolm, 2 * good.test.pValue);
  assertEquals(good.test.odds, Infinity);
  assertAlmostEquals(even.test.pHolm, 1, 1e-12);
  assertAlmostEquals(even.test.odds, 1, 1e-12);
});

Deno.test("sharedSettings() takes no difference between batches for one between settings", () => {
  // The first batch is better, and nearly all of it has the setting, as few of the later ones.
  const cells = drawn(40, 10);
  const has = cells.map((_, index) => index < 10 ? index % 5 < 4 : index % 5 === 0);
  const [apart] = sharedSettings(cells, [{ has }])?.settings ?? [];
  const [together] = sharedSettings(cells.map((cell) => ({ ...cell, batch: 0 })), [{ has }])
    ?.settings ?? [];
  assert(apart.test && together.test);
  assertAlmostEquals(apart.test.pValue, 1, 1e-12);
  assert(together.test.pValue < 0.1);
  // What no batch varies is not tested.
  const first = sharedSettings(cells, [{ has: cells.map((_, index) => index < 10) }]);
  assertEquals(first?.settings, [{ best: 10, others: 0 }]);
});

Deno.test("sharedSettings() is not of few cells, nor of cells that are equally good or lost", () => {
  const has = Array.from({ length: 40 }, (_, index) => index % 3 === 0);
  assertEquals(sharedSettings(drawn(19), [{ has }]), undefined);
  const equal = drawn(40).map((cell) => ({ ...cell, merit: 1 }));
  assertEquals(sharedSettings(equal, [{ has }]), undefined);
  const lost = drawn(40).map((cell) => ({ ...cell, merit: -Infinity }));
  assertEquals(sharedSettings(lost, [{ has }]), undefined);
  // Equally good cells are all among the best.
  const tied = drawn(40).map((cell) => ({ ...cell, merit: Math.ceil(cell.merit / 12) }));
  assertEquals(sharedSettings(tied, [{ has }])?.best, 12);
});

Deno.test("sharedSettings() finds settings without effect in at most one of twenty samples", () => {
  let found = 0;
  const samples = 200;
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(`shared settings ${sample}`);
    const cells = Array.from({ length: 48 }, (_, index) => {
      return { merit: random(), batch: Math.floor(index / 16) };
    });
    const settings = Array.from({ length: 8 }, () => ({ has: cells.map(() => random() < 0.5) }));
    const shared = sharedSettings(cells, settings);
    if (shared?.settings.some(({ test }) => test && test.pHolm < 0.05)) found++;
  }
  assert(found <= 0.05 * samples, `${found} of ${samples}`);
});
