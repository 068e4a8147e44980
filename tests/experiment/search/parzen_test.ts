import { assert, assertAlmostEquals } from "@std/assert";
import { type Axis, choiceAt, ParzenEstimator } from "../../../src/experiment/search/parzen.ts";
import { randomStream } from "../../../src/random_stream.ts";

const AXES: readonly Axis[] = [{ name: "rate" }, { name: "word", choices: 4 }];
const POINTS = [
  new Map([["rate", 0.02], ["word", 0.1]]),
  new Map([["rate", 0.3], ["word", 0.6]]),
  new Map([["rate", 0.31], ["word", 0.65]]),
  new Map([["rate", 0.999]]),
  new Map([["word", 0.9]]),
];
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
    const count = left[0] === "word" ? 4 : CELLS;
    for (let cell = 0; cell < count; cell++) {
      place.set(left[0], (cell + 0.5) / count);
      visit(left.slice(1));
    }
  };
  visit(axes);
  return sum / axes.reduce((product, axis) => product * (axis === "word" ? 4 : CELLS), 1);
}

Deno.test("ParzenEstimator is a density: over all places, it has the prior's mean", () => {
  for (const count of [0, 1, 2, 5]) {
    const estimator = new ParzenEstimator(POINTS.slice(0, count), AXES);
    for (const axes of [["rate"], ["word"], ["rate", "word"]]) {
      // The lattice is fine enough for kernels of a hundredth, the normal distribution exact to 1e-7.
      assertAlmostEquals(meanDensity(estimator, axes), 1, 1e-4);
    }
  }
});

Deno.test("ParzenEstimator draws from its density, numbers and words", () => {
  const estimator = new ParzenEstimator(POINTS, AXES);
  const random = randomStream("draws");
  const draws = 20_000;
  const bins = { rate: new Float64Array(20), word: new Float64Array(4) };
  for (let draw = 0; draw < draws; draw++) {
    const placeOn = estimator.drawer(random);
    const rate = placeOn("rate");
    assert(0 <= rate && rate < 1);
    bins.rate[Math.floor(rate * 20)]++;
    bins.word[choiceAt(placeOn("word"), 4)]++;
  }
  for (const [axis, counts] of Object.entries(bins)) {
    const fine = axis === "word" ? 1 : 100;
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
