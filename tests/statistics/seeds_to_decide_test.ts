import { assert, assertEquals } from "@std/assert";
import type { Metric } from "../../src/measures/metrics.ts";
import type { Comparison } from "../../src/results/comparison.ts";
import { marginOf } from "../../src/statistics/_mean_interval.ts";
import { tCdf, tQuantile } from "../../src/statistics/_student_t.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import type { Question } from "../../src/statistics/question.ts";
import { seedsToDecide } from "../../src/statistics/seeds_to_decide.ts";
import comparisons from "../fixtures/statistics/comparisons.json" with { type: "json" };
import { assertClose } from "./_assert_close.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { divergedRun, sampleRuns } from "./_sample_runs.ts";

/** More are not tried one by one. */
const MOST_TRIED = 3000;

for (const { cells, baseline, expected, ...settings } of comparisons) {
  const { metric, overlap } = settings;
  const what = `${baseline.length} pairs of ${metric}, overlap ${overlap}`;
  Deno.test(`seedsToDecide() after ${what}, equals a search one by one`, () => {
    const question = sampleQuestion({ ...settings, metric: metric as Metric });
    const runs = [baseline, ...cells].flatMap((values, index) =>
      sampleRuns(`${index}`, values, question.metric)
    );
    const actual = compareWithBaseline(runs, question);
    const outlooks = seedsToDecide(actual, question, new Map());
    assertEquals(actual.length, expected.length);
    for (const comparison of actual) {
      const outlook = outlooks.get(comparison.cell);
      assertEquals(outlook !== undefined, comparison.verdict === "undecided");
      if (!outlook) continue;
      const seeds = searched(comparison, question);
      if (seeds !== undefined) assertEquals(outlook, { kind: "seeds", seeds });
      else if (outlook.kind === "seeds") assert(outlook.seeds > MOST_TRIED);
    }
  });
}

/** One number of seeds after the other, with mean, deviation and confidence as they are. */
function searched(
  { n, meanDifference = NaN, ciHigh = NaN, ciHighSimultaneous = NaN }: Comparison,
  { overlap, equivalence = NaN }: Question,
): number | undefined {
  const size = Math.abs(meanDifference);
  const sd = (ciHigh - meanDifference) /
    (tQuantile(0.975, n - 1) * Math.sqrt(1 / n + overlap));
  const critical = (ciHighSimultaneous - meanDifference) / (sd * Math.sqrt(1 / n + overlap));
  const tail = tCdf(-critical, n - 1);
  for (let seeds = n + 1; seeds <= MOST_TRIED; seeds++) {
    const margin = tQuantile(1 - tail, seeds - 1) * sd * Math.sqrt(1 / seeds + overlap);
    if (size > margin || size + margin <= equivalence) return seeds;
  }
  return undefined;
}

/** What would decide a cell whose accuracies differ from the baseline's by these. */
function outlookOf(differences: readonly number[], settings: Parameters<typeof sampleQuestion>[0]) {
  const question = sampleQuestion(settings);
  const runs = [
    ...sampleRuns("0", differences.map(() => 0.5)),
    ...sampleRuns("1", differences.map((difference) => 0.5 + difference)),
  ];
  return seedsToDecide(compareWithBaseline(runs, question), question, new Map()).get("1");
}

Deno.test("seedsToDecide() knows how narrow overlapping rows let an interval become", () => {
  const differences = [0.03, -0.01, 0.02, -0.02];
  const outlook = outlookOf(differences, { overlap: 1 / 3 });
  assert(outlook?.kind === "overlap");
  const sd = Math.sqrt((0.025 ** 2 + 0.015 ** 2) * 2 / 3);
  assertClose(outlook.margin, marginOf({ n: 1e6, sd }, 1 / 3), 1);
  // The normal quantile times √overlap is where it ends.
  assert(Math.abs(outlook.margin - 1.959964 * sd / Math.sqrt(3)) < 1e-6);
  assertEquals(outlookOf(differences, { overlap: 0 })?.kind, "seeds");
});

Deno.test("seedsToDecide() knows that no seeds decide a difference of 0 without equivalence", () => {
  const differences = [0.01, -0.01, 0.01, -0.01];
  assertEquals(outlookOf(differences, { equivalence: 0 }), { kind: "tie" });
  assertEquals(outlookOf(differences, { equivalence: 0.001 })?.kind, "seeds");
});

Deno.test("seedsToDecide() counts signs where all pairs differ by the same", () => {
  assertEquals(outlookOf([0.25, 0.25], {}), { kind: "seeds", seeds: 6 });
  assertEquals(outlookOf([0, 0], {}), { kind: "seeds", seeds: 5 });
});

Deno.test("seedsToDecide() cannot tell from fewer than two pairs", () => {
  const runs = [...sampleRuns("0", [0.5, 0.5]), ...sampleRuns("1", [0.6]), divergedRun("2", 1)];
  const outlooks = seedsToDecide(
    compareWithBaseline(runs, sampleQuestion()),
    sampleQuestion(),
    new Map(),
  );
  assertEquals([...outlooks], [["1", { kind: "pairs" }], ["2", { kind: "pairs" }]]);
});

Deno.test("seedsToDecide() allows for all comparisons, but no more for those that are alike", () => {
  // Accuracies to compare, the first two of them plainly better; the third is in doubt.
  const better = [0.2, 0.21, 0.2, 0.19, 0.2];
  const doubtful = [0.02, -0.01, 0.03, -0.01, 0.01];
  const seedsAmong = (...cells: number[][]) => {
    const runs = [better.map(() => 0), ...cells].flatMap((values, index) =>
      sampleRuns(`${index}`, values.map((value) => 0.5 + value))
    );
    const question = sampleQuestion({ equivalence: 0 });
    const outlook = seedsToDecide(compareWithBaseline(runs, question), question, new Map())
      .get(`${cells.length}`);
    return outlook?.kind === "seeds" ? outlook.seeds : NaN;
  };
  assert(seedsAmong(better, better.toReversed(), doubtful) > seedsAmong(doubtful));
  const alike = seedsAmong(doubtful, doubtful, doubtful) - seedsAmong(doubtful);
  assert(Math.abs(alike) <= 1, `${alike}`);
});
