import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Axis, choiceAt, ParzenEstimator } from "../../../src/experiment/search/parzen.ts";
import { randomStream } from "../../../src/random_stream.ts";

const AXES: readonly Axis[] = [
  { name: "rate" },
  { name: "word", choices: 4 },
  { name: "share", off: 0.3 },
  { name: "kind", choices: 2, off: 0.5 },
];
const POINTS = [
  new Map([["rate", 0.02], ["word", 0.1], ["share", 0.2], ["kind", 0.5]]),
  new Map([["rate", 0.3], ["word", 0.6], ["share", 0.4], ["kind", 0.1]]),
  new Map([["rate", 0.31], ["word", 0.65], ["share", 0.999], ["kind", 0.8]]),
  new Map([["rate", 0.999], ["share", 0.1]]),
  new Map([["word", 0.9], ["kind", 0.9]]),
];
/** The axes whose density is the same over each of four equal parts. */
const EVEN_IN_QUARTERS = ["word", "kind"];
/** So many places on each axis stand for all. */
const CELLS = 400;

/** The estimator's mean density over a lattice. */
function meanDensity(estimator: ParzenEstimator, axes: readonly string[]): number {
  let sum = 0;
  const place = new Map<string, number>();
  const visit = (left: readonly string[]) => {
    if (left.length === 0) {
      sum += estimator.densityAt(place);
      return;
    }
    const count = partsOf(left[0]);
    for (let cell = 0; cell < count; cell++) {
      place.set(left[0], (cell + 0.5) / count);
      visit(left.slice(1));
    }
  };
  visit(axes);
  return sum / axes.reduce((product, axis) => product * partsOf(axis), 1);
}

function partsOf(axis: string): number {
  return EVEN_IN_QUARTERS.includes(axis) ? 4 : CELLS;
}

Deno.test("ParzenEstimator is a density: over all places, it has the prior's mean", () => {
  for (const count of [0, 1, 2, 5]) {
    const estimator = new ParzenEstimator(POINTS.slice(0, count), AXES);
    for (const axes of [["rate"], ["word"], ["rate", "word"], ["share"], ["share", "kind"]]) {
      // The lattice is fine enough for kernels of a hundredth, the normal distribution exact to 1e-7.
      assertAlmostEquals(meanDensity(estimator, axes), 1, 1e-4);
    }
  }
});

Deno.test("ParzenEstimator draws from its density, numbers and words, and what can be off", () => {
  const estimator = new ParzenEstimator(POINTS, AXES);
  const random = randomStream("draws");
  const draws = 20_000;
  const bins = {
    rate: new Float64Array(20),
    word: new Float64Array(4),
    share: new Float64Array(20),
    kind: new Float64Array(4),
  };
  for (let draw = 0; draw < draws; draw++) {
    const placeOn = estimator.drawer(random);
    for (const [axis, counts] of Object.entries(bins)) {
      const place = placeOn(axis);
      assert(0 <= place && place < 1);
      counts[choiceAt(place, counts.length)]++;
    }
  }
  for (const [axis, counts] of Object.entries(bins)) {
    const fine = EVEN_IN_QUARTERS.includes(axis) ? 1 : 100;
    counts.forEach((count, bin) => {
      let expected = 0;
      for (let part = 0; part < fine; part++) {
        const place = (bin + (part + 0.5) / fine) / counts.length;
        expected += estimator.densityAt(new Map([[axis, place]])) / fine / counts.length;
      }
      // Five standard deviations of a share.
      const slack = 5 * Math.sqrt(expected * (1 - expected) / draws);
      assertAlmostEquals(count / draws, expected, slack, `bin ${bin} of ${axis}`);
    });
  }
});

Deno.test("ParzenEstimator is as wide as the larger distance to the neighbours", () => {
  const at = (places: readonly number[], place: number) => {
    const points = places.map((rate) => new Map([["rate", rate]]));
    return new ParzenEstimator(points, AXES).densityAt(new Map([["rate", place]]));
  };
  // One point in the middle reaches to both ends; of three, those that are close are narrow.
  assert(at([0.5], 0.5) < 1.3);
  assert(at([0.1, 0.2, 0.3], 0.2) > at([0.1, 0.5, 0.9], 0.5));
});

Deno.test("ParzenEstimator says how likely a key is off, whatever its strength is", () => {
  const at = (points: readonly number[], place: number) => {
    const estimator = new ParzenEstimator(points.map((share) => new Map([["share", share]])), AXES);
    return estimator.densityAt(new Map([["share", place]]));
  };
  // What is off is off: its places do not differ.
  assertEquals(at([0.01, 0.29], 0.05), at([0.05, 0.05], 0.25));
  assert(at([0.01, 0.29], 0.05) > at([0.01, 0.5], 0.05));
  assert(at([0.01, 0.5], 0.05) > at([0.4, 0.5], 0.05));
  // Points that are off say nothing of the strength.
  assertEquals(at([0.01, 0.29], 0.4), at([0.01, 0.29], 0.9));
});
