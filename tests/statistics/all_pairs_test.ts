import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { RunRow } from "../../src/results/run_row.ts";
import { tQuantile } from "../../src/statistics/_student_t.ts";
import { comparedCells, pairCriteria } from "../../src/statistics/all_pairs.ts";
import { comparePair, type PairComparison, pairRuns } from "../../src/statistics/compare_pair.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { levelsOf } from "../../src/statistics/looks.ts";
import { simultaneous } from "../../src/statistics/simultaneous.ts";
import { importsOf, projectFileOf, readSource } from "../_source_files.ts";
import { arbitraryRuns } from "./_arbitrary_runs.ts";
import { assertClose } from "./_assert_close.ts";
import { pairedSample, REFERENCE } from "./_paired_sample.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { divergedRun, failedRun, sampleRun, sampleRuns } from "./_sample_runs.ts";

/** By cell, accuracies by seed: the baseline's, and those of the reference's three cells. */
const ACCURACIES = [
  REFERENCE.map(() => 0.5),
  ...[0, 1, 2].map((cell) => REFERENCE.map((row) => 0.5 + row[cell])),
];
const RUNS = ACCURACIES.flatMap((values, cell) => sampleRuns(`${cell}`, values));

/** Compares two cells, as the page of a report does: with criteria that were JSON. */
function compare(
  cell: string,
  reference: string,
  { runs = RUNS, question = sampleQuestion() },
): PairComparison {
  const cells = comparedCells(runs, question);
  const [a, b] = [cells.get(cell), cells.get(reference)];
  assert(a && b);
  return comparePair(a, b, JSON.parse(JSON.stringify(pairCriteria(runs, question))));
}

for (const overlap of [0, 1 / 3]) {
  Deno.test(`comparePair() has the interval of simultaneous() over all pairs, overlap ${overlap}`, () => {
    const question = sampleQuestion({ overlap });
    const pairs = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
    const samples = pairs.map(([a, b]) =>
      pairedSample(ACCURACIES[a].map((value, seed) => value - ACCURACIES[b][seed]))
    );
    const expected = simultaneous(samples, { overlap });
    pairs.forEach(([a, b], index) => {
      const { mean, interval, sample, verdict } = compare(`${a}`, `${b}`, { question });
      assertEquals([mean, sample?.n, sample?.sd], [samples[index].mean, 6, samples[index].sd]);
      assertEquals(interval, expected[index].interval);
      const isClear = expected[index].pAdjusted < 0.05;
      assertEquals(verdict === "better" || verdict === "worse", isClear);
      // Wider than that of a cell that is compared with the baseline alone.
      const alone = compareWithBaseline(RUNS, { ...question, baseline: `${b}` })
        .find(({ cell }) => cell === `${a}`);
      assert((alone?.ciHighSimultaneous ?? NaN) < (interval?.high ?? NaN));
    });
  });
}

Deno.test("comparePair() is worked out by hand: two cells have a t-interval", () => {
  // Differences 0.01, 0.02, 0.03: mean 0.02, sd 0.01; t with 2 degrees of freedom is 4.302653.
  const runs = [...sampleRuns("0", [0.5, 0.6, 0.7]), ...sampleRuns("1", [0.51, 0.62, 0.73])];
  const { mean, interval, sample, differences, verdict } = compare("1", "0", { runs });
  assertClose(mean, 0.02, 1);
  assertClose(sample?.sd, 0.01, 1);
  const margin = 4.302652729 * 0.01 / Math.sqrt(3);
  assert(Math.abs((interval?.high ?? NaN) - 0.02 - margin) < 1e-9);
  assert(Math.abs((interval?.low ?? NaN) - 0.02 + margin) < 1e-9);
  assertEquals([...differences.keys()], ["seed 1", "seed 2", "seed 3"]);
  assertEquals(verdict, "undecided");
  // The standard error with an overlap of 1: √(1/3 + 1).
  const wide = compare("1", "0", { runs, question: sampleQuestion({ overlap: 1 }) }).interval;
  const wideMargin = 4.302652729 * 0.01 * Math.sqrt(4 / 3);
  assert(Math.abs((wide?.high ?? NaN) - 0.02 - wideMargin) < 1e-9);
});

Deno.test("comparePair() is the mirror image where the cells are swapped", () => {
  const mirrored = { better: "worse", worse: "better" } as Record<string, string>;
  fc.assert(fc.property(arbitraryRuns, (runs) => {
    const names = [...new Set(runs.map(({ cell }) => cell))];
    const question = sampleQuestion({ baseline: names[0], overlap: 1 / 3 });
    const cells = comparedCells(runs, question);
    const criteria = pairCriteria(runs, question);
    for (const a of cells.values()) {
      for (const b of cells.values()) {
        const [there, back] = [comparePair(a, b, criteria), comparePair(b, a, criteria)];
        assertEquals(back.verdict, mirrored[there.verdict] ?? there.verdict);
        if (there.mean !== undefined) assertClose(back.mean, -there.mean, 1);
        if (there.interval) assertClose(back.interval?.low, -there.interval.high, 1);
      }
    }
  }));
});

Deno.test("pairCriteria() lie between a single test’s and Bonferroni’s", () => {
  fc.assert(fc.property(arbitraryRuns, fc.constantFrom(0, 1 / 3), (runs, overlap) => {
    const question = sampleQuestion({ overlap, baseline: runs[0]?.cell ?? "0" });
    const cells = [...comparedCells(runs, question).values()];
    const criteria = pairCriteria(runs, question);
    for (const { critical } of criteria.looks) {
      for (const [n, t] of Object.entries(critical)) {
        const alone = tQuantile(0.975, Number(n) - 1);
        const most = tQuantile(1 - 0.025 / criteria.pairs, Number(n) - 1);
        assert(t >= alone * (1 - 1e-12) && t <= most * (1 + 1e-12), `${t} of ${n}`);
      }
    }
    cells.forEach((a, index) =>
      cells.slice(index + 1).forEach((b) => {
        const { sample, interval, verdict } = comparePair(a, b, criteria);
        if (!sample) assertEquals(verdict, "undecided");
        if (!interval) return;
        const isClear = interval.low > 0 || interval.high < 0;
        assertEquals(verdict === "better" || verdict === "worse", isClear);
      })
    );
  }));
});

Deno.test("comparePair() leaves out pairs that did not complete, with their degrees of freedom", () => {
  const runs = [
    ...sampleRuns("0", [0.5, 0.51, 0.52, 0.53]),
    ...[sampleRun("1", 1, 0.6), divergedRun("1", 2), sampleRun("1", 3, 0.61), failedRun("1", 4)],
    ...[failedRun("2", 1), sampleRun("2", 2, 0.7), sampleRun("2", 3, 0.72), sampleRun("2", 4, 0.7)],
    ...[1, 2, 3, 4].map((seed) => divergedRun("3", seed)),
  ];
  const ofOne = compare("1", "0", { runs });
  assertEquals([...ofOne.differences.keys()], ["seed 1", "seed 3"]);
  assert(ofOne.interval);
  const two = compare("2", "1", { runs });
  assertEquals([two.differences.size, two.interval, two.verdict], [1, undefined, "undecided"]);
  assertClose(two.mean, 0.11, 1);
  const none = compare("3", "0", { runs });
  assertEquals([none.differences.size, none.mean, none.verdict], [0, undefined, "undecided"]);
  const { pairs, looks: [{ critical }] } = pairCriteria(runs, sampleQuestion());
  assertEquals([pairs, Object.keys(critical)], [3, ["2", "3"]]);
  // A pair of runs has one degree of freedom, and is not compared by the others'.
  assert(critical[2] > tQuantile(0.975, 1) && critical[3] < critical[2]);
});

Deno.test("comparePair() counts signs where all pairs differ by the same, among all pairs", () => {
  const runs = (seeds: number) =>
    [0.5, 0.51, 0.53].flatMap((accuracy, cell) =>
      sampleRuns(`${cell}`, Array(seeds).fill(accuracy))
    );
  const verdicts = [6, 7].map((seeds) => compare("1", "0", { runs: runs(seeds) }));
  // 3 pairs · 2/2⁶ = 0.094, 3 · 2/2⁷ = 0.047.
  assertEquals(verdicts.map(({ verdict }) => verdict), ["undecided", "better"]);
  assertEquals(verdicts.map(({ interval }) => interval), [undefined, undefined]);
  const question = sampleQuestion({ equivalence: 0.01 + 1e-9 });
  assertEquals(compare("0", "1", { runs: runs(6), question }).verdict, "equivalent");
});

Deno.test("pairCriteria() counts cells that are the same run once", () => {
  const copy = (cell: string, of: string): RunRow[] =>
    RUNS.filter((run) => run.cell === of).map((run) => ({
      ...run,
      cell,
      run: `${cell}/${run.seed}`,
    }));
  const question = sampleQuestion();
  const alone = pairCriteria(RUNS, question);
  assertEquals(alone.pairs, 6);
  assertEquals(pairCriteria([...RUNS, ...copy("4", "0"), ...copy("5", "2")], question), alone);
});

Deno.test("pairCriteria() of one cell, or of single runs, decides nothing", () => {
  const question = sampleQuestion();
  const empty = { largerIsBetter: true, equivalence: 0.005, overlap: 0, pairs: 0, looks: [] };
  assertEquals(pairCriteria(sampleRuns("0", [0.5, 0.6]), question), empty);
  const single = ["0", "1"].flatMap((cell) => sampleRuns(cell, [0.5]));
  assertEquals(pairCriteria(single, question), empty);
  assertEquals(compare("1", "0", { runs: single }).verdict, "undecided");
});

Deno.test("pairCriteria() of many cells are Bonferroni's", () => {
  const cells = 60;
  const runs = Array.from(
    { length: cells },
    (_, cell) =>
      sampleRuns(`${cell}`, Array.from({ length: 10 }, (_, seed) => ((seed + 1) * cell % 61) / 61)),
  )
    .flat();
  const question = sampleQuestion();
  const { pairs, looks } = pairCriteria(runs, question);
  assertEquals(pairs, 1770);
  assertEquals(looks, [{
    runs: 10,
    level: 0.05,
    critical: { 10: tQuantile(1 - 0.025 / 1770, 9) },
  }]);
  // Two cells that lost runs can have lost different ones.
  const lossy = runs.map((run) =>
    run.cell === "3" && run.seed < 3 || run.cell === "5" && run.seed === 9
      ? divergedRun(run.cell, run.seed)
      : run
  );
  const critical = pairCriteria(lossy, question).looks[0].critical;
  assertEquals(Object.keys(critical), ["7", "8", "9", "10"]);
  assertEquals(critical[7], tQuantile(1 - 0.025 / 1770, 6));
});

Deno.test("comparePair() of cells that looks gave seeds has what the look of the fewer spends", () => {
  const looks = [2, 4];
  const question = sampleQuestion({ looks });
  const runs = [
    ...sampleRuns("0", [0.5, 0.52, 0.51, 0.53]),
    ...sampleRuns("1", [0.6, 0.64]),
    ...sampleRuns("2", [0.55, 0.58, 0.56, 0.585]),
  ];
  const [first, last] = levelsOf(looks);
  for (const [cell, other, n, level] of [["1", "2", 2, first], ["0", "2", 4, last]] as const) {
    const { sample, interval, mean = NaN } = compare(cell, other, { runs, question });
    assertEquals(sample?.n, n);
    const error = (sample?.sd ?? NaN) / Math.sqrt(n);
    assertClose(interval?.high, mean + tQuantile(1 - level / 2 / 3, n - 1) * error, 1);
  }
});

Deno.test("comparePair() pairs folds, of which looks count all of a seed", () => {
  const folded = (cell: string, accuracies: readonly number[]) =>
    accuracies.map((accuracy, index): RunRow => ({
      ...sampleRun(cell, Math.floor(index / 2) + 1, accuracy),
      replicate: index,
      fold: index % 2 + 1,
      digest: `${cell}/${index}`,
    }));
  const runs = [
    ...folded("0", [0.5, 0.6, 0.52, 0.61]),
    ...folded("1", [0.53, 0.64, 0.55, 0.66]),
  ];
  const { differences, sample } = compare("1", "0", { runs });
  assertEquals([...differences.keys()][1], "seed 1, fold 2");
  assertEquals(sample?.n, 4);
  const { looks } = pairCriteria(runs, sampleQuestion({ looks: [1, 2], folds: 2 }));
  assertEquals(looks.map(({ runs }) => runs), [2, 4]);
});

Deno.test("pairRuns() is what comparisons.csv is computed with", () => {
  const question = sampleQuestion({ overlap: 1 / 3 });
  const cells = comparedCells(RUNS, question);
  for (const comparison of compareWithBaseline(RUNS, question)) {
    const [own, reference] = [cells.get(comparison.cell), cells.get("0")];
    assert(own && reference);
    const { mean, differences } = pairRuns(own.values, reference.values);
    assertEquals([mean, differences.size], [comparison.meanDifference, comparison.n]);
  }
});

Deno.test("comparePair() is plain arithmetic, which a page can compute", async () => {
  const seen = new Set<string>();
  const follow = async (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { specifier, isTypeOnly } of importsOf(await readSource(file))) {
      if (isTypeOnly) continue;
      const imported = projectFileOf(file, specifier);
      assert(imported, `${file} imports ${specifier}`);
      await follow(imported);
    }
  };
  await follow("src/statistics/compare_pair.ts");
  assert(seen.has("src/statistics/mean.ts") && seen.size < 10, `${[...seen]}`);
});
