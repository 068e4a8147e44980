import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Metric } from "../../src/measures/metrics.ts";
import { comparisonsCsv, readComparisons } from "../../src/results/comparisons_csv.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { verdictIntervals } from "../../src/statistics/verdict_intervals.ts";
import { arbitraryRuns, arbitrarySpreadRuns } from "./_arbitrary_runs.ts";
import { assertClose } from "./_assert_close.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { sampleRuns } from "./_sample_runs.ts";

const NONE = new Map<string, string>();

const settings = fc.record({
  equivalence: fc.constantFrom(0, 0.005, 0.05),
  overlap: fc.constantFrom(0, 1 / 3),
  metric: fc.constantFrom<Metric>("validation_accuracy", "validation_loss"),
});

Deno.test("verdictIntervals() never contradict a verdict", () => {
  const arbitrary = fc.oneof(arbitraryRuns, arbitrarySpreadRuns);
  const seen = new Set<string>();
  fc.assert(
    fc.property(arbitrary, settings, (runs, settings) => {
      const question = sampleQuestion(settings);
      // As a report has them: read from comparisons.csv.
      const comparisons = readComparisons(comparisonsCsv(compareWithBaseline(runs, question)));
      const intervals = verdictIntervals(comparisons, question, NONE);
      for (const { cell, verdict, meanDifference = NaN, ciLow = NaN, ...rest } of comparisons) {
        const { corrected, equivalence } = intervals.get(cell) ?? {};
        assertEquals(corrected === undefined, rest.ciHigh === undefined);
        if (!corrected || !equivalence) continue;
        const isDecided = verdict === "better" || verdict === "worse";
        assertEquals(corrected.low > 0 || corrected.high < 0, isDecided);
        const isInBand =
          Math.max(-equivalence.low, equivalence.high) <= (question.equivalence ?? NaN);
        assertEquals(verdict === "equivalent", isInBand && !isDecided);
        // Wider than 95%, which is wider than 90%, around the same mean.
        assert(corrected.low <= ciLow + 1e-9 && ciLow < equivalence.low);
        assertClose((corrected.low + corrected.high) / 2, meanDifference, 1);
        if ((rest.pValue ?? 1) < 0.05 && !isDecided) seen.add("significant alone");
        seen.add(verdict);
      }
    }),
    { numRuns: 1000 },
  );
  // The property would be empty without these.
  assertEquals(seen.size, 5, [...seen].join());
});

Deno.test("verdictIntervals() have the confidence of their step in Holm's correction", () => {
  const seeds = [0.01, 0.02, 0.03];
  const runs = [
    ...sampleRuns("0", seeds.map(() => 0.5)),
    ...sampleRuns("1", seeds.map((gain) => 0.5 + gain * 0.01 + 0.2)),
    ...sampleRuns("2", seeds.map((gain) => 0.5 + gain - 0.02)),
  ];
  const question = sampleQuestion({ equivalence: 0 });
  const comparisons = compareWithBaseline(runs, question);
  assertEquals(comparisons.map(({ verdict }) => verdict), ["better", "undecided"]);
  const intervals = verdictIntervals(comparisons, question, NONE);
  const [first, second] = comparisons.map(({ cell, meanDifference = NaN, ciLow = NaN }) => {
    const { corrected, equivalence } = intervals.get(cell) ?? {};
    return [corrected, equivalence].map((interval) =>
      (meanDifference - (interval?.low ?? NaN)) / (meanDifference - ciLow)
    );
  });
  // The ratios of the quantiles to that of the 95% interval; the second is alone at its step.
  assertClose(first[0], quantile(1 - 0.025 / 2) / quantile(0.975), 1);
  assertClose(first[1], quantile(0.95) / quantile(0.975), 1);
  assertClose(second[0], 1, 1);
});

/** Of Student's t with 2 degrees of freedom, which has a closed form. */
function quantile(p: number): number {
  return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
}

Deno.test("verdictIntervals() of cells that are the same run are the same", () => {
  const gains = [0.01, -0.02, 0.03, 0.04];
  const runs = ["1", "2", "3"].flatMap((cell, index) =>
    sampleRuns(cell, gains.map((gain) => 0.5 + (cell === "3" ? index * gain : gain)))
  );
  const same = [...sampleRuns("0", gains.map(() => 0.5)), ...runs].map((run) => ({
    ...run,
    digest: run.cell === "2" ? `digest of 1/${run.seed}` : run.digest,
  }));
  const question = sampleQuestion();
  const comparisons = compareWithBaseline(same, question);
  const repeats = new Map([["2", "1"]]);
  const intervals = verdictIntervals(comparisons, question, repeats);
  assertEquals(intervals.get("2"), intervals.get("1"));
  assertEquals(comparisons[0].pHolm, comparisons[1].pHolm);
});
