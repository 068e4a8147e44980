import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { isLargerBetter, type Metric } from "../../src/measures/metrics.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { holmVerdicts } from "../../src/statistics/holm_verdicts.ts";
import comparisons from "../fixtures/statistics/comparisons.json" with { type: "json" };
import { arbitraryAccuracy, arbitraryRuns } from "./_arbitrary_runs.ts";
import { assertClose } from "./_assert_close.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { divergedRun, failedRun, sampleRun, sampleRuns } from "./_sample_runs.ts";

for (const { cells, baseline, expected, ...settings } of comparisons) {
  const { metric, overlap } = settings;
  const what = `${baseline.length} pairs of ${metric}, overlap ${overlap}`;
  Deno.test(`compareWithBaseline() of ${what}, equals SciPy`, () => {
    const question = sampleQuestion({ ...settings, metric: metric as Metric });
    const runs = [
      ...sampleRuns("0", baseline, question.metric),
      // Paired by seed, whatever the order of the lines is.
      ...cells.flatMap((cell, index) =>
        sampleRuns(`${index + 1}`, cell, question.metric).reverse()
      ),
    ];
    const actual = compareWithBaseline(runs, question);
    assertEquals(actual.length, expected.length);
    actual.forEach((comparison, index) => {
      const { meanDifference, ciLow, ciHigh, pValue, pHolm, ...rest } = expected[index];
      assertEquals([comparison.cell, comparison.baseline], [`${index + 1}`, "0"]);
      assertEquals(comparison.n, baseline.length);
      // Differences of accuracies: 12 digits of these.
      assertClose(comparison.meanDifference, meanDifference, 1);
      assertClose(comparison.ciLow, ciLow, 1);
      assertClose(comparison.ciHigh, ciHigh, 1);
      assertClose(comparison.pValue, pValue);
      assertClose(comparison.pHolm, pHolm);
      assertClose(comparison.pSignFlip, rest.pSignFlip);
      assertEquals(comparison.probabilityBetter, rest.probabilityBetter);
    });
    // Earlier versions' verdicts.
    assertEquals(
      holmVerdicts(actual, question).map(({ verdict }) => verdict),
      expected.map(({ verdict }) => verdict),
    );
  });
}

const NO_INTERVAL = {
  ciLowSimultaneous: undefined,
  ciHighSimultaneous: undefined,
  pAdjusted: undefined,
};

/** The comparison of one cell, whose accuracies differ from the baseline's by these. */
function compareOne(differences: readonly number[], question = sampleQuestion()) {
  const sign = isLargerBetter(question.metric) ? 1 : -1;
  const runs = [
    ...sampleRuns("0", differences.map(() => 0.5), question.metric),
    ...sampleRuns("1", differences.map((gain) => 0.5 + sign * gain), question.metric),
  ];
  return compareWithBaseline(runs, question)[0];
}

Deno.test("compareWithBaseline() compares by a metric of one's own", () => {
  const metric = { key: "seconds", better: "smaller" } as const;
  const question = sampleQuestion({ metric, equivalence: undefined });
  const { verdict, meanDifference, probabilityBetter } = compareOne([0.2, 0.25, 0.22], question);
  assertEquals([verdict, probabilityBetter], ["better", 1]);
  assert(meanDifference !== undefined && meanDifference < 0);
});

Deno.test("compareWithBaseline() compares every other cell, in order of first appearance", () => {
  const runs = ["0.5", "0", "0.25"].flatMap((cell) => sampleRuns(cell, [1, 1]));
  const cells = compareWithBaseline(runs, sampleQuestion()).map(({ cell }) => cell);
  assertEquals(cells, ["0.5", "0.25"]);
});

Deno.test("compareWithBaseline() leaves out seeds that did not complete in both cells", () => {
  const [comparison] = compareWithBaseline([
    sampleRun("0", 1, 0.5),
    divergedRun("0", 2),
    sampleRun("0", 3, 0.5),
    sampleRun("0", 4, 0.5),
    sampleRun("0.5", 1, 0.75),
    sampleRun("0.5", 2, 0.875),
    failedRun("0.5", 3),
    sampleRun("0.5", 4, 0.25),
    sampleRun("0.5", 5, 0),
  ], sampleQuestion());
  assertEquals([comparison.n, comparison.meanDifference], [2, 0]);
  assertEquals(comparison.probabilityBetter, 0.5);
});

Deno.test("compareWithBaseline() decides nothing on one pair, and allows for no test of it", () => {
  const [one, two] = compareWithBaseline([
    ...sampleRuns("0", [0.5, 0.75]),
    sampleRun("0.5", 1, 0.25),
    ...sampleRuns("0.1", [0.75, 0.5]),
  ], sampleQuestion());
  assertEquals(one, {
    cell: "0.5",
    baseline: "0",
    n: 1,
    meanDifference: -0.25,
    probabilityBetter: 0,
    pHolm: undefined,
    verdict: "undecided",
    ...NO_INTERVAL,
  });
  assertEquals([two.cell, two.n, two.pHolm], ["0.1", 2, two.pValue]);
});

Deno.test("compareWithBaseline() has a comparison without pairs for a cell that diverged", () => {
  const runs = [...sampleRuns("0", [0.5, 0.5]), divergedRun("0.5", 1), divergedRun("0.5", 2)];
  assertEquals(compareWithBaseline(runs, sampleQuestion()), [
    { cell: "0.5", baseline: "0", n: 0, pHolm: undefined, verdict: "undecided", ...NO_INTERVAL },
  ]);
});

Deno.test("compareWithBaseline() knows that smaller losses are better", () => {
  const gains = [0.02, 0.03, 0.025, 0, 0.028, 0.03, 0.02, 0.021];
  for (const metric of ["validation_accuracy", "validation_loss"] as const) {
    const better = compareOne(gains, sampleQuestion({ metric }));
    assertEquals([better.verdict, better.probabilityBetter], ["better", 7.5 / 8]);
    assertEquals((better.meanDifference ?? NaN) > 0, metric === "validation_accuracy");
    const worse = compareOne(gains.map((gain) => -gain), sampleQuestion({ metric }));
    assertEquals([worse.verdict, worse.probabilityBetter], ["worse", 0.5 / 8]);
  }
});

Deno.test("compareWithBaseline() counts signs where all pairs differ by the same", () => {
  // 1/359 in each pair, but not in the last bits: a t-test would give p < 1e-12.
  const pairs = (count: number) => [
    ...sampleRuns("0", Array.from({ length: count }, (_, row) => (340 + row) / 359)),
    ...sampleRuns("1", Array.from({ length: count }, (_, row) => (341 + row) / 359)),
  ];
  const [four] = compareWithBaseline(pairs(4), sampleQuestion());
  assertEquals([four.ciLow, four.pValue, four.pSignFlip], [undefined, 1 / 8, 1 / 8]);
  assertEquals(four.verdict, "undecided");
  // All five on the same side of 0.005: 1/32 < 5%.
  assertEquals(compareWithBaseline(pairs(5), sampleQuestion())[0].verdict, "equivalent");
  const strict = sampleQuestion({ equivalence: 0.001 });
  assertEquals(compareWithBaseline(pairs(5), strict)[0].verdict, "undecided");
  assertEquals(compareWithBaseline(pairs(6), strict)[0].verdict, "better");
});

Deno.test("compareWithBaseline() finds cells equivalent that do the same on five seeds", () => {
  const { meanDifference, pValue, pSignFlip, verdict } = compareOne([0, 0, 0, 0, 0]);
  assertEquals({ meanDifference, pValue, pSignFlip, verdict }, {
    meanDifference: 0,
    pValue: 1,
    pSignFlip: 1,
    verdict: "equivalent",
  });
});

Deno.test("compareWithBaseline() finds equivalence where the 95% interval is in the band", () => {
  // mean 0, sd 1: margins are 1.833/√10 = 0.5797 at 90% and 0.7154 at 95%.
  const scale = Math.sqrt(9 / 10) / 100;
  const differences = Array.from({ length: 10 }, (_, index) => index % 2 ? scale : -scale);
  const verdicts = [0.0071, 0.0072].map((equivalence) => {
    return compareOne(differences, sampleQuestion({ equivalence })).verdict;
  });
  assertEquals(verdicts, ["undecided", "equivalent"]);
});

Deno.test("compareWithBaseline() allows for overlapping rows", () => {
  const gains = [0.02, 0.03, 0.025, 0.01, 0.028, 0.03];
  const alone = compareOne(gains);
  const overlapping = compareOne(gains, sampleQuestion({ overlap: 3 }));
  assert((overlapping.pValue ?? NaN) > (alone.pValue ?? NaN));
  assertEquals([alone.verdict, overlapping.verdict], ["better", "undecided"]);
  // Signs know nothing of it.
  assertEquals(overlapping.pSignFlip, alone.pSignFlip);
});

Deno.test("compareWithBaseline() gives verdicts that its figures bear out", () => {
  const settings = fc.record({
    equivalence: fc.constantFrom(0, 0.005, 0.05),
    overlap: fc.constantFrom(0, 1 / 3),
    metric: fc.constantFrom<Metric>("validation_accuracy", "validation_loss"),
  });
  fc.assert(fc.property(arbitraryRuns, settings, (runs, settings) => {
    const question = sampleQuestion(settings);
    for (const comparison of compareWithBaseline(runs, question)) {
      const { n, meanDifference = NaN, ciLow, ciHigh, pValue, pHolm = NaN, verdict } = comparison;
      const { ciLowSimultaneous = NaN, ciHighSimultaneous = NaN, pAdjusted = NaN } = comparison;
      const gain = question.metric === "validation_loss" ? -meanDifference : meanDifference;
      if (n < 2) assertEquals(verdict, "undecided");
      assertEquals(verdict === "better", pAdjusted < 0.05 && gain > 0);
      assertEquals(verdict === "worse", pAdjusted < 0.05 && gain < 0);
      if (verdict === "equivalent") {
        assert(Math.abs(meanDifference) <= (question.equivalence ?? NaN));
      }
      if (pValue !== undefined) {
        assert(pHolm >= pValue && pHolm <= 1);
        assert(pAdjusted >= pValue * (1 - 1e-12) && pAdjusted <= 1);
      }
      if (ciLow === undefined || ciHigh === undefined) continue;
      assert(ciLow <= meanDifference && meanDifference <= ciHigh);
      // The 95% interval leaves out 0 exactly where p < 5%.
      assertEquals(pValue && pValue < 0.05, ciLow > 0 || ciHigh < 0);
      // And the simultaneous one, which is not narrower, decides the verdict.
      assert(ciLowSimultaneous <= ciLow + 1e-12 && ciHigh <= ciHighSimultaneous + 1e-12);
      const isOutside = ciLowSimultaneous > 0 || ciHighSimultaneous < 0;
      assertEquals(verdict === "better" || verdict === "worse", isOutside);
      const isWithin =
        Math.max(-ciLowSimultaneous, ciHighSimultaneous) <= (question.equivalence ?? NaN);
      assertEquals(verdict === "equivalent", isWithin && !isOutside);
    }
  }));
});

Deno.test("compareWithBaseline() calls no cell equivalent if no difference is too small to matter", () => {
  const question = sampleQuestion({ equivalence: undefined });
  fc.assert(fc.property(arbitraryRuns, (runs) => {
    const verdicts = compareWithBaseline(runs, question).map(({ verdict }) => verdict);
    const others = compareWithBaseline(runs, sampleQuestion()).map(({ verdict }) => {
      return verdict === "equivalent" ? "undecided" : verdict;
    });
    assertEquals(verdicts, others);
  }));
  // Not even cells with the same values on all of many seeds.
  const runs = ["0", "1"].flatMap((cell) =>
    Array.from({ length: 20 }, (_, seed) => sampleRun(cell, seed, 0.5))
  );
  assertEquals(compareWithBaseline(runs, question)[0].verdict, "undecided");
  assertEquals(compareWithBaseline(runs, sampleQuestion())[0].verdict, "equivalent");
});

Deno.test("compareWithBaseline() is the mirror image where cell and baseline are swapped", () => {
  const pairs = fc.array(fc.tuple(arbitraryAccuracy, arbitraryAccuracy), {
    minLength: 2,
    maxLength: 12,
  });
  const mirrored = { better: "worse", worse: "better", equivalent: "equivalent" };
  fc.assert(fc.property(pairs, (pairs) => {
    const runs: RunRow[] = [
      ...sampleRuns("0", pairs.map(([a]) => a)),
      ...sampleRuns("1", pairs.map(([, b]) => b)),
    ];
    const [there] = compareWithBaseline(runs, sampleQuestion());
    const [back] = compareWithBaseline(runs, sampleQuestion({ baseline: "1" }));
    assertClose(back.meanDifference, -(there.meanDifference ?? NaN), 1);
    assertEquals(back.pSignFlip, there.pSignFlip);
    assertClose(back.probabilityBetter, 1 - (there.probabilityBetter ?? NaN), 1);
    const expected = { ...mirrored, undecided: "undecided" }[there.verdict];
    assertEquals(back.verdict, expected);
  }));
});
