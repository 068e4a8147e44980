import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { rotationMaxima } from "../../src/statistics/_rotations.ts";
import { tCdf, tQuantile } from "../../src/statistics/_student_t.ts";
import { simultaneous } from "../../src/statistics/simultaneous.ts";
import { assertClose } from "./_assert_close.ts";
import { pairedSample, REFERENCE_SAMPLES } from "./_paired_sample.ts";

/** Four standard errors of a 95% quantile of 9,999 rotations, of this distribution. */
const MONTE_CARLO = 0.11;

// The quantiles were found with a million rotations of another generator.
for (const [overlap, ofX] of [[0, 3.291], [1 / 3, 3.357]]) {
  Deno.test(`rotationMaxima() have the reference's quantiles with an overlap of ${overlap}`, () => {
    const maxima = rotationMaxima(REFERENCE_SAMPLES, overlap);
    const quantiles = maxima.map(({ exceededBy }) => exceededBy(500, 6));
    assert(Math.abs(quantiles[0] - ofX) < MONTE_CARLO, `${quantiles}`);
    assert(Math.abs(quantiles[1] - 3.461) < MONTE_CARLO, `${quantiles}`);
    // By another way: each of them is reached by the 500 rotations with the largest t.
    for (const { exceededBy, reached } of maxima) {
      assertEquals([500, 501].map((place) => reached(exceededBy(place, 6) - 1e-9, 6)), [500, 501]);
    }
  });
}

Deno.test("simultaneous() lies between a single test and Bonferroni's", () => {
  for (const overlap of [0, 1 / 3]) {
    const results = simultaneous(REFERENCE_SAMPLES, { overlap });
    results.forEach(({ pAdjusted, interval }, cell) => {
      const { mean, sd } = REFERENCE_SAMPLES[cell];
      const error = sd * Math.sqrt(1 / 6 + overlap);
      const critical = ((interval?.high ?? NaN) - mean) / error;
      assertClose(mean - (interval?.low ?? NaN), critical * error, 1);
      assert(critical > tQuantile(0.975, 5) && critical < 3.534111, `${critical}`);
      assert(Math.abs(critical - 3.461) < MONTE_CARLO);
      const alone = 2 * tCdf(-Math.abs(mean) / error, 5);
      assert(pAdjusted > alone && pAdjusted <= Math.min(1, 3 * alone));
    });
  }
  // So clear that rotations cannot say how clear: Bonferroni's p.
  const [, { pAdjusted }] = simultaneous(REFERENCE_SAMPLES, { overlap: 0 });
  assert(Math.abs(pAdjusted - 3 * 0.000248408) < 3e-9);
});

Deno.test("simultaneous() of one cell is Nadeau and Bengio's t-test", () => {
  const [sample] = REFERENCE_SAMPLES;
  for (const [overlap, p] of [[0, 0.00108221], [1 / 3, 0.0114332]]) {
    const [{ pAdjusted, interval }] = simultaneous([sample], { overlap });
    assert(Math.abs(pAdjusted / p - 1) < 1e-5);
    const margin = tQuantile(0.975, 5) * sample.sd * Math.sqrt(1 / 6 + overlap);
    assertClose(interval?.low, sample.mean - margin, 1);
    assertClose(interval?.high, sample.mean + margin, 1);
  }
});

Deno.test("simultaneous() credits cells that are alike: copies of a cell cost nothing", () => {
  const [sample] = REFERENCE_SAMPLES;
  const [alone] = simultaneous([sample], { overlap: 0 });
  const among = simultaneous(Array(8).fill(sample), { overlap: 0 });
  for (const { interval } of among) {
    const widening = (interval?.high ?? NaN) - (alone.interval?.high ?? NaN);
    assert(Math.abs(widening) < MONTE_CARLO * sample.sd / Math.sqrt(6));
  }
});

const arbitraryCells = fc.integer({ min: 2, max: 7 }).chain((n) =>
  fc.array(
    fc.array(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constant(NaN)), {
      minLength: n,
      maxLength: n,
    }).filter((values) => values.filter((value) => !Number.isNaN(value)).length > 1),
    { minLength: 1, maxLength: 6 },
  )
);

Deno.test("simultaneous() has p below 0.05 exactly where the interval leaves out 0", () => {
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(arbitraryCells, fc.constantFrom(0, 1 / 3), fc.nat(3), (cells, overlap, shift) => {
      const samples = cells.map((values) => pairedSample(values.map((value) => value + shift)));
      simultaneous(samples, { overlap }).forEach(({ pAdjusted, interval }, index) => {
        const { mean, n, sd } = samples[index];
        assert(pAdjusted > 0 && pAdjusted <= 1);
        if (!interval) return;
        const isOutside = interval.low > 0 || interval.high < 0;
        assertEquals(pAdjusted < 0.05, isOutside);
        seen.add(isOutside);
        const margin = tQuantile(0.975, n - 1) * sd * Math.sqrt(1 / n + overlap);
        assert(interval.high >= (mean + margin) * (1 - 1e-12) - 1e-12);
      });
    }),
    { numRuns: 60 },
  );
  assertEquals(seen.size, 2);
});

Deno.test("simultaneous() gives a smaller p to a larger |t| of as many pairs", () => {
  fc.assert(
    fc.property(arbitraryCells, (cells) => {
      const samples = cells.map(pairedSample).filter(({ sd, mean }) => sd > 1e-6 * Math.abs(mean));
      const results = simultaneous(samples, { overlap: 0 });
      samples.forEach((a, i) =>
        samples.forEach((b, j) => {
          if (a.n !== b.n || Math.abs(a.mean) / a.sd <= Math.abs(b.mean) / b.sd) return;
          assert(results[i].pAdjusted <= results[j].pAdjusted);
        })
      );
    }),
    { numRuns: 25 },
  );
});

Deno.test("simultaneous() allows for cells that lack pairs by their own degrees of freedom", () => {
  const [first, second, third] = REFERENCE_SAMPLES;
  const short = pairedSample(Array.from(third.values).fill(NaN, 2));
  const [{ interval }, , lacking] = simultaneous([first, second, short], { overlap: 0 });
  const critical = ((interval?.high ?? NaN) - first.mean) / (first.sd / Math.sqrt(6));
  // A cell with two pairs has a t of its own, and does not widen the others' intervals much.
  assert(critical > tQuantile(0.975, 5) && critical < tQuantile(1 - 0.025 / 3, 5));
  const own = ((lacking.interval?.high ?? NaN) - short.mean) / (short.sd / Math.SQRT2);
  assert(own > tQuantile(0.975, 1) && own <= tQuantile(1 - 0.025 / 3, 1));
});

Deno.test("simultaneous() has a sign test and no interval where all pairs differ by the same", () => {
  const same = pairedSample([0.01, 0.01, 0.01, 0.01, 0.01, 0.01]);
  const none = pairedSample([0, 0, 0, 0, 0, 0]);
  const [first, second] = REFERENCE_SAMPLES;
  const alone = simultaneous([first, second], { overlap: 0 });
  assertEquals(simultaneous([same], { overlap: 0 }), [{ pAdjusted: 2 / 64 }]);
  const [ofSame, ofNone, ...others] = simultaneous([same, none, first, second], { overlap: 0 });
  assertEquals([ofSame, ofNone], [{ pAdjusted: 4 * 2 / 64 }, { pAdjusted: 1 }]);
  others.forEach(({ interval }, index) => {
    // A quarter of the level goes to the sign test.
    assert((interval?.high ?? NaN) > (alone[index].interval?.high ?? NaN));
  });
  // Differences of 0 claim nothing, and take nothing.
  assertEquals(simultaneous([none, first, second], { overlap: 0 }).slice(1), alone);
});

Deno.test("simultaneous() bounds its work: of many cells, it takes fewer rotations", () => {
  const values = (cell: number) => Array.from({ length: 100 }, (_, seed) => (seed * cell) % 101);
  const cells = Array.from({ length: 2_000 }, (_, cell) => pairedSample(values(cell + 1)));
  const [{ count }] = rotationMaxima(cells, 0);
  assertEquals(count, 5_000);
});

Deno.test("simultaneous() without credit for dependence is Bonferroni's", () => {
  const results = simultaneous(REFERENCE_SAMPLES.slice(0, 2), {
    overlap: 0,
    tests: 20,
    level: 0.01,
    isBonferroni: true,
  });
  results.forEach(({ interval, pAdjusted }, index) => {
    const { mean, sd } = REFERENCE_SAMPLES[index];
    const margin = tQuantile(1 - 0.01 / 40, 5) * sd / Math.sqrt(6);
    assertClose(interval?.low, mean - margin, 1);
    const alone = [0.00108221, 0.000248408][index];
    assert(Math.abs(pAdjusted / Math.min(1, alone * 20 * 5) - 1) < 1e-5);
  });
});
