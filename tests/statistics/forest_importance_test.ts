import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "../../src/random_stream.ts";
import { forestImportance, importanceWith } from "../../src/statistics/forest_importance.ts";
import type { Column } from "../../src/statistics/regression_tree.ts";
import cases from "../fixtures/statistics/forests.json" with { type: "json" };

function columnOf(key: string, values: readonly number[], isOrdered = true): Column {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const places = Int32Array.from(values, (value) => distinct.indexOf(value));
  return { key, places, size: distinct.length, isOrdered };
}

/** Cells whose keys are drawn on their own, as a sample draws them. */
function sampleOf(cells: number, keys: readonly string[]): Record<string, number[]> {
  return Object.fromEntries(keys.map((key) => {
    const random = randomStream(`forest/${key}`);
    return [key, Array.from({ length: cells }, () => random())];
  }));
}

function importanceOf(
  columns: readonly Column[],
  metricOf: (cell: number) => number,
): NonNullable<ReturnType<typeof forestImportance>> {
  const { length } = columns[0].places;
  const result = forestImportance(columns, Float64Array.from({ length }, (_, at) => metricOf(at)));
  assert(result);
  return result;
}

for (const [index, { columns, metric, bags, ...expected }] of cases.entries()) {
  const keys = columns.map(({ key }) => key).join(", ");
  Deno.test(`importanceWith() of ${keys} equals tables of all predictions, case ${index}`, () => {
    const given = columns.map((column) => ({ ...column, places: Int32Array.from(column.places) }));
    const actual = importanceWith(
      given,
      Float64Array.from(metric),
      bags.map((bag) => Int32Array.from(bag)),
    );
    assert(actual);
    // Sums in another order: a few of their last bits.
    actual.effects.forEach(({ share }, at) =>
      assertAlmostEquals(share, expected.shares[at], 1e-12)
    );
    assertAlmostEquals(actual.predicted, expected.predicted, 1e-12);
    const alone = expected.shares.reduce((sum, share) => sum + share, 0);
    assertAlmostEquals(actual.together, 1 - alone, 1e-12);
  });
}

Deno.test("forestImportance() finds the shares of a sum of functions", () => {
  const { a, b, word, none } = sampleOf(200, ["a", "b", "word", "none"]);
  const words = word.map((value) => Math.floor(4 * value));
  const effects = [0, 1, 0, 1];
  const { effects: found, together, predicted } = importanceOf(
    [columnOf("a", a), columnOf("b", b), columnOf("word", words, false), columnOf("none", none)],
    (cell) => 3 * a[cell] + 2 * b[cell] ** 2 + effects[words[cell]],
  );
  // Variances: 9/12, 4·(1/5 − 1/9) and 1/4.
  const variances = [9 / 12, 16 / 45, 1 / 4, 0];
  const total = variances.reduce((sum, variance) => sum + variance);
  // Trees of 200 cells leave some of it to several keys together, most of all of weaker ones.
  found.forEach(({ share }, at) => assertAlmostEquals(share, variances[at] / total, 0.1));
  assert(together < 0.12, `together ${together}`);
  assert(predicted > 0.9, `predicted ${predicted}`);
  assertEquals(found.map(({ share, chance }) => share > chance), [true, true, true, false]);
});

Deno.test("forestImportance() does not change if a number is written on another scale", () => {
  const { a, b } = sampleOf(40, ["a", "b"]);
  const metricOf = (cell: number) => a[cell] - b[cell];
  const powers = a.map((value) => 10 ** (-5 * value));
  const [plain, log] = [a, powers.map((value) => -value)].map((values) =>
    importanceOf([columnOf("a", values), columnOf("b", b)], metricOf)
  );
  assertEquals(log, plain);
});

Deno.test("forestImportance() gives what two keys do only together to neither", () => {
  const { a, b, none } = sampleOf(100, ["a", "b", "none"]);
  const { effects, together } = importanceOf(
    [columnOf("a", a), columnOf("b", b), columnOf("none", none)],
    (cell) => (a[cell] > 0.5) === (b[cell] > 0.5) ? 1 : 0,
  );
  assert(together > 0.7, `together ${together}`);
  assert(effects.every(({ share }) => share < 0.15));
});

Deno.test("forestImportance() says that chance cannot be predicted", () => {
  const { a, b, noise } = sampleOf(60, ["a", "b", "noise"]);
  const { effects, predicted } = importanceOf(
    [columnOf("a", a), columnOf("b", b)],
    (cell) => noise[cell],
  );
  assert(predicted < 0, `predicted ${predicted}`);
  assertEquals(effects.filter(({ share, chance }) => share > chance), []);
});

Deno.test("forestImportance() gives what a missing value means to the key that decides about it", () => {
  const { adam, beta } = sampleOf(60, ["adam", "beta"]);
  const words = adam.map((value) => value > 0.5 ? 1 : 0);
  const betas = columnOf("beta", beta.filter((_, cell) => words[cell] === 1));
  let next = 0;
  const places = Int32Array.from(words, (word) => word === 1 ? betas.places[next++] : -1);
  const { effects } = importanceOf(
    [columnOf("optimizer", words, false), { ...betas, places }],
    (cell) => words[cell],
  );
  for (const [at, share] of [1, 0].entries()) assertAlmostEquals(effects[at].share, share, 1e-9);
});

Deno.test("forestImportance() has nothing to say of a constant metric, or of two cells", () => {
  const { a } = sampleOf(20, ["a"]);
  assertEquals(forestImportance([columnOf("a", a)], new Float64Array(20).fill(0.9)), undefined);
  assertEquals(forestImportance([columnOf("a", [1, 2])], Float64Array.of(1, 2)), undefined);
});

Deno.test("importanceWith() gives shares that are none below 0 and add up to 1", () => {
  const cells = 12;
  const places = (most: number) =>
    fc.array(fc.integer({ min: 0, max: most }), { minLength: cells, maxLength: cells });
  const bag = places(cells - 1).map((cells) => Int32Array.from(cells));
  fc.assert(fc.property(places(11), places(2), places(99), fc.array(bag, { minLength: 1 }), (
    numbers,
    words,
    metric,
    bags,
  ) => {
    const columns = [columnOf("number", numbers), columnOf("word", words, false)];
    const result = importanceWith(columns, Float64Array.from(metric), bags.slice(0, 3));
    if (!result) return;
    const shares = [...result.effects.map(({ share }) => share), result.together];
    assert(shares.every((share) => share >= 0));
    // Rounding errors of a dozen cells.
    assertAlmostEquals(shares.reduce((sum, share) => sum + share), 1, 1e-9);
  }));
});
