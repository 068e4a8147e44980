import { assert, assertEquals } from "@std/assert";
import { splitRows } from "../../src/dataset/split_rows.ts";
import { randomStream } from "../../src/random_stream.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { differencePValue } from "../../src/statistics/_difference_tests.ts";
import { meanInterval } from "../../src/statistics/_mean_interval.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { smallestDifference } from "../../src/statistics/design_power.ts";
import { questionOf } from "../../src/statistics/question.ts";
import { sameRuns } from "../../src/statistics/same_runs.ts";
import { seedsToDecide } from "../../src/statistics/seeds_to_decide.ts";
import cases from "../fixtures/statistics/folds.json" with { type: "json" };
import { assertClose } from "./_assert_close.ts";
import { sampleQuestion } from "./_sample_question.ts";

/** A cell's runs, from its accuracies by seed and fold. */
function foldedRuns(cell: string, accuracies: readonly (readonly number[])[]): RunRow[] {
  return accuracies.flatMap((folds, seed) =>
    folds.map((accuracy, fold): RunRow => ({
      run: `${cell}/${seed}/${fold}`,
      cell,
      replicate: seed * folds.length + fold,
      seed: seed + 1,
      fold: fold + 1,
      values: {},
      status: "completed",
      measures: { "validation_accuracy": accuracy },
      digest: `${cell}/${seed}/${fold}`,
    }))
  );
}

const SPLIT = { train: 0.64, validation: 0.16, test: 0.2, resplit: true };

function questionWith(folds: number) {
  const experiment = { metric: "validation_accuracy", baseline: "0", equivalence: 0.005 };
  const dataset = { rows: 75, split: { ...SPLIT, folds } };
  return questionOf({ experiment, dataset, trainers: { mlp: 1 } });
}

for (const { folds, seeds, baseline, other, expected } of cases) {
  Deno.test(`compareWithBaseline() of ${seeds} × ${folds} folds equals the corrected test by SciPy`, () => {
    const question = questionWith(folds);
    const runs = [...foldedRuns("0", baseline), ...foldedRuns("1", other)];
    // The order of the lines does not matter.
    const [comparison] = compareWithBaseline([...runs].reverse(), question);
    assertEquals([question.folds, comparison.n], [folds, seeds * folds]);
    assertClose(comparison.meanDifference, expected.mean, 1);
    assertClose(comparison.ciLow, expected.low, 1);
    assertClose(comparison.ciHigh, expected.high, 1);
    assertClose(comparison.pValue, expected.p, expected.p);
  });
}

Deno.test("questionOf() takes 1/(k − 1) for k folds, and nothing where all seeds share them", () => {
  assertEquals(questionWith(5).overlap, 1 / 4);
  assertEquals(questionWith(5).rows, { train: 48, validation: 12, test: 15 });
  const experiment = { metric: "validation_accuracy", baseline: "0", equivalence: 0.005 };
  const split = { ...SPLIT, resplit: false, time: "day", folds: 3 };
  const rows = { train: 30, validation: 15, test: 15 };
  const trainers = { mlp: 1 };
  const dataset = { rows: 75, split: { ...split, rows } };
  const question = questionOf({ experiment, dataset, trainers });
  assertEquals([question.overlap, question.rows], [0, rows]);
});

Deno.test("questionOf() takes the rows that whole groups really have", () => {
  const experiment = { metric: "validation_accuracy", baseline: "0", equivalence: 0.005 };
  const rows = { train: 40, validation: 20, test: 15 };
  const dataset = { rows: 75, split: { ...SPLIT, group: "patient", rows } };
  assertEquals(questionOf({ experiment, dataset, trainers: { mlp: 1 } }).overlap, 0.5);
});

Deno.test("runs are paired by seed and fold: a pair that is not complete is left out", () => {
  const accuracies = [[0.5, 0.6], [0.7, 0.8]];
  const [first, ...others] = foldedRuns("1", accuracies.map((own) => own.map((x) => x + 0.1)));
  const failed = { ...first, status: "failed", measures: undefined, digest: undefined } as const;
  const runs = [...foldedRuns("0", accuracies), failed, ...others];
  const [{ n, meanDifference }] = compareWithBaseline(runs, questionWith(2));
  assertEquals(n, 3);
  assertClose(meanDifference, 0.1, 1);
});

Deno.test("sameRuns() compares each fold", () => {
  const runs = foldedRuns("0", [[0.5, 0.6]]);
  const copy = runs.map((row) => ({ ...row, cell: "1" }));
  assertEquals(sameRuns([...runs, ...copy], { baseline: "0" }), new Map([["1", "0"]]));
  const swapped = copy.map((row, index) => ({ ...row, digest: runs[1 - index].digest }));
  assertEquals(sameRuns([...runs, ...swapped], { baseline: "0" }), new Map());
});

Deno.test("seedsToDecide() counts whole seeds, each with all its folds", () => {
  const baseline = [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]];
  const other = [[0.54, 0.49, 0.52], [0.48, 0.53, 0.51]];
  const runs = [...foldedRuns("0", baseline), ...foldedRuns("1", other)];
  const seedsWith = (folds?: number) => {
    // The same overlap, so that only the counting differs.
    const question = sampleQuestion({ overlap: 0.01, ...folds !== undefined && { folds } });
    const outlook = seedsToDecide(compareWithBaseline(runs, question), question, new Map());
    const found = outlook.get("1");
    assert(found?.kind === "seeds");
    return found.seeds;
  };
  assertEquals(seedsWith(3), Math.ceil(seedsWith() / 3));
});

Deno.test("smallestDifference() counts the runs of all folds", () => {
  const design = { comparisons: 4, overlap: 1 / 4 };
  assertEquals(
    smallestDifference({ ...design, seeds: 3, folds: 5 }),
    smallestDifference({ ...design, seeds: 15 }),
  );
  // Even one seed has several runs.
  assert(smallestDifference({ ...design, seeds: 1, folds: 5 }) < Infinity);
});

/** Whether x is nearer to the mean of class 1 than to that of class 0, both of the training rows. */
function accuracyOf(
  values: readonly number[],
  classes: readonly number[],
  { train, validation }: { readonly train: Int32Array; readonly validation: Int32Array },
): number {
  const [sums, counts] = [[0, 0], [0, 0]];
  for (const row of train) {
    sums[classes[row]] += values[row];
    counts[classes[row]]++;
  }
  const [zero, one] = sums.map((sum, index) => sum / Math.max(1, counts[index]));
  const right = validation.filter((row) => {
    const guess = Math.abs(values[row] - one) < Math.abs(values[row] - zero) ? 1 : 0;
    return guess === classes[row];
  });
  return right.length / validation.length;
}

Deno.test("the corrected test of repeated folds holds its error where nothing differs", () => {
  const [folds, seeds, rows, datasets] = [5, 4, 60, 400];
  let [corrected, naive] = [0, 0];
  for (let dataset = 0; dataset < datasets; dataset++) {
    const random = randomStream(`folds/${dataset}`);
    const classes = Array.from({ length: rows }, () => random() < 0.5 ? 0 : 1);
    // Two features of the same distribution: a model of either is as good as one of the other.
    const [first, second] = [0, 1].map(() =>
      classes.map((own) => 0.5 * own + random() + random() + random() - 1.5)
    );
    const source = { rows, checksum: `${dataset}` };
    const split = { train: 0.8, validation: 0.2, test: 0, resplit: true, folds };
    const differences = Array.from({ length: seeds * folds }, (_, index) => {
      const parts = splitRows(source, split, Math.floor(index / folds), index % folds + 1);
      return accuracyOf(first, classes, parts) - accuracyOf(second, classes, parts);
    });
    const { mean = NaN, sd = NaN } = meanInterval(differences, 0);
    const sample = { n: differences.length, mean, sd };
    if (differencePValue(sample, 1 / (folds - 1)) < 0.05) corrected++;
    if (differencePValue(sample, 0) < 0.05) naive++;
  }
  // 5% of 400 are 20, with a deviation of 4.4.
  assert(corrected <= 33, `${corrected} of ${datasets} with the correction`);
  // Without it, the test is far from its level: so this can tell.
  assert(naive >= 80, `${naive} of ${datasets} without the correction`);
});
