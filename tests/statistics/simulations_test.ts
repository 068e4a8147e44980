import { assert } from "@std/assert";
import { looksBetween } from "../../src/experiment/looks.ts";
import { type RandomStream, randomStream } from "../../src/random_stream.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { tQuantile } from "../../src/statistics/_student_t.ts";
import { verdictOf } from "../../src/statistics/_verdict.ts";
import { comparedCells, pairCriteria } from "../../src/statistics/all_pairs.ts";
import { comparePair } from "../../src/statistics/compare_pair.ts";
import { levelsOf } from "../../src/statistics/looks.ts";
import type { Question } from "../../src/statistics/question.ts";
import { raceCells } from "../../src/statistics/race.ts";
import type { PairedSample } from "../../src/statistics/compare_pair.ts";
import { simultaneous } from "../../src/statistics/simultaneous.ts";
import { pairedSample } from "./_paired_sample.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { sampleRuns } from "./_sample_runs.ts";

// Sweeps of made-up numbers, whose true differences are known. All cells share their seeds' effects
// and the baseline, as real ones do; the differences of a cell have a standard deviation of 1. With
// an overlap, all replicates of a cell have an error in common, as if they shared rows: under the
// correction for it, independent numbers would prove nothing.

const SWEEPS = 2_000;
/** With an error rate of 5%, so many sweeps have more than this many errors in 1 of 1,000 cases. */
const MOST_WRONG = 131;
const OVERLAPS = [0, 1 / 3];

/** A number from the standard normal distribution. */
function normal(random: RandomStream): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The values of the baseline, and of cells that differ from it by these effects: (cells, seeds). */
function sweepOf(
  effects: readonly number[],
  { seeds, overlap, random }: {
    readonly seeds: number;
    readonly overlap: number;
    readonly random: RandomStream;
  },
): number[][] {
  const shared = Array.from({ length: seeds }, () => 2 * normal(random));
  return [0, ...effects].map((effect) => {
    const common = effect + normal(random) * Math.sqrt(overlap / 2);
    return shared.map((seed) => seed + common + normal(random) * Math.SQRT1_2);
  });
}

function samplesOf([baseline, ...cells]: readonly number[][], seeds: number): PairedSample[] {
  return cells.map((values) =>
    pairedSample(values.slice(0, seeds).map((value, seed) => value - baseline[seed]))
  );
}

function runsOf(values: readonly number[][]): RunRow[] {
  return values.flatMap((values, cell) => sampleRuns(`${cell}`, values));
}

/**
 * Whether the test of some cell alone claims something. If none does, all of them together claim nothing,
 * since no critical value is below that of a single test: it need not be computed for those sweeps.
 *
 * @param truths What the means are compared with: 0 if not given.
 */
function mayClaim(
  samples: readonly PairedSample[],
  { overlap, level = 0.05, truths = [] }: {
    readonly overlap: number;
    readonly level?: number;
    readonly truths?: readonly number[];
  },
): boolean {
  return samples.some(({ n, mean, sd }, index) => {
    const margin = tQuantile(1 - level / 2, n - 1) * sd * Math.sqrt(1 / n + overlap);
    return Math.abs(mean - (truths[index] ?? 0)) > margin;
  });
}

for (const overlap of OVERLAPS) {
  for (const cells of [5, 20]) {
    const what = `${cells} cells that do nothing, overlap ${overlap.toFixed(2)}`;
    Deno.test(`any verdict on ${what}, is wrong in at most 5% of sweeps`, () => {
      const random = randomStream(`sweeps of ${what}`);
      let wrong = 0;
      for (let sweep = 0; sweep < SWEEPS; sweep++) {
        const values = sweepOf(Array(cells).fill(0), { seeds: 10, overlap, random });
        const samples = samplesOf(values, 10);
        if (!mayClaim(samples, { overlap })) continue;
        const results = simultaneous(samples, { overlap });
        if (results.some(({ pAdjusted }) => pAdjusted < 0.05)) wrong++;
      }
      assert(wrong <= MOST_WRONG, `${wrong} of ${SWEEPS}`);
      // Nor is the level wasted.
      assert(wrong >= SWEEPS * 0.03, `${wrong} of ${SWEEPS}`);
    });

    Deno.test(`any verdict of a race of ${what}, is wrong in at most 5% of sweeps`, () => {
      const random = randomStream(`races of ${what}`);
      const names = Array.from({ length: cells + 1 }, (_, cell) => `${cell}`);
      const question = sampleQuestion({ overlap, equivalence: undefined });
      const looks = looksBetween(5, 20);
      const levels = levelsOf(looks);
      let wrong = 0;
      for (let sweep = 0; sweep < SWEEPS; sweep++) {
        const values = sweepOf(Array(cells).fill(0), { seeds: 20, overlap, random });
        const mayEnd = looks.some((seeds, look) =>
          mayClaim(samplesOf(values, seeds), { overlap, level: levels[look] })
        );
        if (!mayEnd) continue;
        const { standings } = raceCells(runsOf(values), question, { cells: names, looks });
        const verdicts = [...standings.values()].map(({ verdict }) => verdict);
        if (verdicts.some((verdict) => verdict !== "undecided")) wrong++;
      }
      assert(wrong <= MOST_WRONG, `${wrong} of ${SWEEPS}`);
    });
  }
}

/** Whether the interval of some two cells might leave out their true difference: see `mayClaim()`. */
function mayMissPair(
  values: readonly number[][],
  { effects, overlap }: { readonly effects: readonly number[]; readonly overlap: number },
): boolean {
  const all = [0, ...effects];
  return values.some((others, cell) => {
    const truths = all.slice(cell + 1).map((truth) => truth - all[cell]);
    const samples = samplesOf([others, ...values.slice(cell + 1)], others.length);
    return mayClaim(samples, { overlap, truths });
  });
}

/** Whether the interval of some two cells leaves out their true difference. */
function missesPair(
  runs: readonly RunRow[],
  { effects, ...question }: Question & { readonly effects: readonly number[] },
): boolean {
  const cells = [...comparedCells(runs, question).values()];
  const criteria = pairCriteria(runs, question);
  const truths = [0, ...effects];
  return cells.some((cell, place) =>
    cells.slice(0, place).some((other, before) => {
      const { low = NaN, high = NaN } = comparePair(cell, other, criteria).interval ?? {};
      const truth = truths[place] - truths[before];
      return truth < low || truth > high;
    })
  );
}

for (
  const { effects, overlap, seeds } of [
    { effects: [0, 0, 0, 0], overlap: 0, seeds: 10 },
    { effects: [0, 0, 0, 0], overlap: 1 / 3, seeds: 5 },
    { effects: [3, 3, -2, 0.5], overlap: 1 / 3, seeds: 10 },
    { effects: [1, 2, 3, 4, 5], overlap: 0, seeds: 5 },
  ]
) {
  const what = `effects of ${effects}, overlap ${overlap.toFixed(2)}, ${seeds} seeds`;
  Deno.test(`intervals of all pairs leave out a true difference in at most 5% of sweeps: ${what}`, () => {
    const random = randomStream(`pairs with ${what}`);
    const question = { ...sampleQuestion({ overlap, equivalence: undefined }), effects };
    let wrong = 0;
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      const values = sweepOf(effects, { seeds, overlap, random });
      if (!mayMissPair(values, { effects, overlap })) continue;
      if (missesPair(runsOf(values), question)) wrong++;
    }
    assert(wrong <= MOST_WRONG, `${wrong} of ${SWEEPS}`);
    assert(wrong >= SWEEPS * 0.03, `${wrong} of ${SWEEPS}`);
  });
}

Deno.test("intervals of all pairs after a race leave out a true difference in at most 5% of sweeps", () => {
  const random = randomStream("pairs after races");
  const effects = [0, 0, 1, -1];
  const looks = looksBetween(5, 20);
  const question = { ...sampleQuestion({ looks, equivalence: 0.5 }), effects };
  const names = effects.map((_, index) => `${index + 1}`);
  let wrong = 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const runs = runsOf(sweepOf(effects, { seeds: 20, overlap: 0, random }));
    const { standings } = raceCells(runs, question, { cells: ["0", ...names], looks });
    const seeds = new Map(names.map((name) => [name, standings.get(name)?.seeds ?? NaN]));
    const raced = runs.filter(({ cell, seed }) => seed <= (seeds.get(cell) ?? Infinity));
    if (missesPair(raced, question)) wrong++;
  }
  assert(wrong <= MOST_WRONG, `${wrong} of ${SWEEPS}`);
  assert(wrong > 0);
});

Deno.test("a race takes at least 35% fewer runs than fixed seeds with the same power", () => {
  const random = randomStream("races of effects");
  const effects = [...Array(3).fill(1.5), ...Array(12).fill(-1.5), ...Array(5).fill(0)];
  const question = sampleQuestion({ equivalence: 1 });
  const truths = effects.map((effect) =>
    effect > 0 ? "better" : effect < 0 ? "worse" : "equivalent"
  );
  const names = Array.from({ length: effects.length + 1 }, (_, cell) => `${cell}`);
  const sweeps = 100;
  const all: number[][][] = [];
  let [raced, runs] = [0, 0];
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const values = sweepOf(effects, { seeds: 40, overlap: 0, random });
    all.push(values);
    const design = { cells: names, looks: looksBetween(5, 40) };
    const { standings } = raceCells(runsOf(values), question, design);
    const last = names.slice(1).flatMap((cell) => standings.get(cell) ?? []);
    raced += last.filter(({ verdict }, cell) => verdict === truths[cell]).length;
    const seeds = last.map(({ seeds }) => seeds);
    runs += Math.max(...seeds) + seeds.reduce((sum, count) => sum + count);
  }
  const rightOf = (values: readonly number[][], seeds: number) => {
    const samples = samplesOf(values, seeds);
    const verdicts = simultaneous(samples, question)
      .map((result, cell) =>
        verdictOf(samples[cell], result, { ...question, largerIsBetter: true })
      );
    return verdicts.filter((verdict, cell) => verdict === truths[cell]).length;
  };
  const seeds = [20, 24, 28, 32, 36].find((seeds) => {
    return all.reduce((right, values) => right + rightOf(values, seeds), 0) >= raced;
  });
  assert(seeds !== undefined, `no fixed number of seeds decides ${raced} comparisons rightly`);
  const share = runs / sweeps / (seeds * names.length);
  assert(share <= 0.65, `${share} of the runs of ${seeds} seeds`);
});
