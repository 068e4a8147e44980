import { assertAlmostEquals, assertEquals } from "@std/assert";
import { meanInterval } from "../../src/statistics/_mean_interval.ts";
import { differenceCurves, meanCurve, type RunCurves } from "../../src/statistics/run_curves.ts";
import { unitMargins } from "../../src/statistics/unit_margins.ts";

const MARGINS = unitMargins(4, 0);

function curves(steps: number[], ...values: number[][]): RunCurves {
  return { steps, replicates: values.map((_, run) => run), values };
}

Deno.test("meanCurve() has the means and intervals of summaries of cells, step by step", () => {
  for (const overlap of [0, 0.5]) {
    const points = meanCurve(curves([0, 50], [0.1, 0.9], [0.2, 0.8]), unitMargins(2, overlap));
    const expected = [[0.1, 0.2], [0.9, 0.8]].map((values) => meanInterval(values, overlap));
    assertEquals(points.map(({ step, mean }) => [step, mean]), [
      [0, expected[0].mean],
      [50, expected[1].mean],
    ]);
    for (const [at, { low = NaN, high = NaN }] of points.entries()) {
      // The margin is computed in another order.
      assertAlmostEquals(low, expected[at].ciLow ?? NaN, 1e-12);
      assertAlmostEquals(high, expected[at].ciHigh ?? NaN, 1e-12);
    }
  }
});

Deno.test("meanCurve() gives no interval to a single run", () => {
  assertEquals(meanCurve(curves([0], [0.1]), MARGINS), [{ step: 0, mean: 0.1 }]);
  assertEquals(meanCurve(curves([0]), MARGINS), []);
});

Deno.test("meanCurve() ends where the first run ends", () => {
  const points = meanCurve(curves([0, 50, 100], [0.1, 0.5, 0.9], [0.1, 0.6]), MARGINS);
  assertEquals(points.map(({ step }) => step), [0, 50]);
});

Deno.test("meanCurve() leaves out values that are NaN, and steps without another", () => {
  const points = meanCurve(curves([0, 50, 100], [1, NaN, NaN], [3, 5, NaN]), MARGINS);
  assertEquals(points.map(({ step, mean }) => [step, mean]), [[0, 2], [50, 5]]);
});

Deno.test("differenceCurves() pairs runs by replicate, at the steps that both have", () => {
  const a = { ...curves([0, 50, 100], [4, 5, 6], [7, 8]), replicates: [1, 3] };
  const b = { ...curves([0, 100, 200], [1, 1, 1], [2, 3, 4], [9]), replicates: [0, 1, 3] };
  assertEquals(differenceCurves(a, b), {
    steps: [0, 100],
    replicates: [1, 3],
    values: [[2, 3], [-2]],
  });
});

Deno.test("differenceCurves() cancels out what seeds have in common", () => {
  const [one, other] = [curves([0], [1], [5], [9]), curves([0], [2], [6], [10])];
  const margins = unitMargins(3, 0);
  assertEquals(meanCurve(differenceCurves(other, one), margins), [
    { step: 0, mean: 1, low: 1, high: 1 },
  ]);
});
