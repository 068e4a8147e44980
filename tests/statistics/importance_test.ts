import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { RunRow } from "../../src/results/run_row.ts";
import { type Importance, importance } from "../../src/statistics/importance.ts";
import cases from "../fixtures/statistics/importance.json" with { type: "json" };
import { assertClose } from "./_assert_close.ts";
import { divergedRun, sampleRun } from "./_sample_runs.ts";

const METRIC = "validation_accuracy";
const KEYS = ["l1_penalty", "l2_penalty", "hidden", "dropout"];

/** Runs of a full product: `values` are (seeds, levels of the first key, …), the last fastest. */
function productRuns(
  levels: readonly number[],
  seeds: number,
  values: readonly number[],
): RunRow[] {
  const sizes = [seeds, ...levels];
  return values.map((value, index) => {
    let rest = index;
    const places = sizes.toReversed().map((size) => {
      const place = rest % size;
      rest = (rest - place) / size;
      return place;
    }).reverse();
    const [seed, ...at] = places;
    const swept = Object.fromEntries(at.map((place, key) => [KEYS[key], place / 10]));
    return { ...sampleRun(at.join(" "), seed + 1, value), values: swept };
  });
}

function sharesOf(runs: readonly RunRow[]): Importance {
  const result = importance(runs, METRIC);
  assert(!("reason" in result), "there is no importance");
  return result;
}

for (const { levels, seeds, values, ...expected } of cases) {
  const product = levels.join(" × ");
  Deno.test(`importance() of ${product} cells, ${seeds} seeds, equals NumPy's least squares`, () => {
    const actual = sharesOf(productRuns(levels, seeds, values));
    assertEquals(
      actual.effects.map(({ keys }) => keys),
      expected.effects.map(({ axes }) => axes.map((axis) => KEYS[axis])),
    );
    // 12 digits of the whole: the oracle takes differences of sums of squares.
    actual.effects.forEach(({ share }, index) => {
      assertClose(share, expected.effects[index].share, 1);
    });
    assertClose(actual.seed, expected.seed, 1);
    assertClose(actual.residual, expected.residual, 1);
  });
}

const LEVELS = [2, 3];
const SEEDS = 3;
const table = fc.array(fc.integer({ min: 300, max: 359 }).map((rows) => rows / 359), {
  minLength: 18,
  maxLength: 18,
}).filter((values) => new Set(values).size > 1);

Deno.test("importance() gives shares that are none below 0 and add up to 1", () => {
  fc.assert(fc.property(table, (values) => {
    const { effects, seed, residual } = sharesOf(productRuns(LEVELS, SEEDS, values));
    const shares = [...effects.map(({ share }) => share), seed, residual];
    assert(shares.every((share) => share >= 0));
    assertClose(shares.reduce((sum, share) => sum + share, 0), 1);
  }));
});

Deno.test("importance() does not change with the order of the runs", () => {
  const shuffled = table.chain((values) => {
    const runs = productRuns(LEVELS, SEEDS, values);
    return fc.tuple(fc.constant(runs), fc.shuffledSubarray(runs, { minLength: runs.length }));
  });
  fc.assert(fc.property(shuffled, ([runs, others]) => {
    assertEquals(importance(others, METRIC), importance(runs, METRIC));
  }));
});

Deno.test("importance() takes what a seed does to all cells for the seed's", () => {
  const shift = [0.5, -0.25, 0.125];
  const effect = [0, 0.25, 0.5, 0.5, 0.75, 1];
  const values = shift.flatMap((shift) => effect.map((effect) => shift + effect));
  const { effects, seed, residual } = sharesOf(productRuns(LEVELS, SEEDS, values));
  assertEquals([effects[2].keys, effects[2].share], [["l1_penalty", "l2_penalty"], 0]);
  assertEquals(residual, 0);
  // Variances of ±0.25; of 0, ¼, ½; and of the shifts.
  const variances = [1 / 16, 1 / 24, 3 / 32];
  const total = variances.reduce((sum, variance) => sum + variance);
  assertClose(effects[0].share, variances[0] / total);
  assertClose(effects[1].share, variances[1] / total);
  assertClose(seed, variances[2] / total);
});

Deno.test("importance() is of full products without gaps alone", () => {
  const runs = productRuns(LEVELS, 2, Array.from({ length: 12 }, (_, index) => index / 100));
  const reasonOf = (runs: readonly RunRow[]) => {
    const result = importance(runs, METRIC);
    return "reason" in result ? result.reason : undefined;
  };
  assertEquals(reasonOf(runs), undefined);
  assertEquals(reasonOf(runs.slice(1)), "unbalanced");
  assertEquals(reasonOf([...runs.slice(1), runs[1]]), "unbalanced");
  assertEquals(
    reasonOf([{ ...divergedRun("0", 1), values: runs[0].values }, ...runs.slice(1)]),
    "lost runs",
  );
  assertEquals(reasonOf(productRuns(LEVELS, 1, [1, 1, 1, 1, 1, 1])), "constant");
  assertEquals(reasonOf(productRuns([1], 3, [0.1, 0.2, 0.3])), "unbalanced");
  assertEquals(reasonOf([]), "unbalanced");
});

Deno.test("importance() leaves out keys that do not vary, and tells lists apart", () => {
  const runs = [[8], [8, 8]].map((hidden, index) => ({
    ...sampleRun(`${index}`, 1, index),
    values: { hidden, dropout: 0 },
  }));
  assertEquals(sharesOf(runs).effects, [{ keys: ["hidden"], share: 1 }]);
});
