import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Metric } from "../../src/measures/metrics.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { headline } from "../../src/wording/headline.ts";
import { arbitraryRuns, arbitrarySpreadRuns } from "../statistics/_arbitrary_runs.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";
import { divergedRun, failedRun, sampleRuns } from "../statistics/_sample_runs.ts";
import { dropoutManifest } from "./_dropout_manifest.ts";

/** What the seeds do to all cells. */
const SHIFTS = [0, 0.01, -0.01, 0.02, -0.02, 0.01, -0.01, 0, 0.005, -0.005];
/** What each run of a cell differs by from the others; the mean is 0. */
const NOISE = [3, -1, 0, -2, 1, 2, -3, 1, -2, 1].map((noise) => noise / 1000);

/**
 * Runs of a cell that is so much better than the baseline `0`, with noise times `scale`, which begins
 * at another place to be another cell's.
 */
function cell(name: string, gain: number, scale = 1, metric?: Metric, first = 0): RunRow[] {
  const noise = (seed: number) => scale * NOISE[(seed + first) % NOISE.length];
  const values = SHIFTS.map((shift, seed) => 0.5 + shift + gain + noise(seed));
  return sampleRuns(name, values, metric);
}

const BASELINE = cell("0", 0, 0);

function sentencesOf(runs: readonly RunRow[], question: Parameters<typeof sampleQuestion>[0] = {}) {
  const { finding, remarks, notes } = headline(
    analyze(runs, sampleQuestion(question)),
    dropoutManifest(runs),
  );
  return [finding, ...remarks, ...notes].map((text) => text.replaceAll("\u00a0", " "));
}

Deno.test("headline() says by how much the best cell beats the baseline, and how sure", () => {
  assertEquals(sentencesOf([...BASELINE, ...cell("0.5", 0.008), ...cell("0.1", 0.001)]), [
    "Dropout 0.5 is better than no regularization: " +
    "+0.80 points (simultaneous 95% interval 0.64 to 0.96, 10 seeds).",
    "Mean validation accuracy: 50.8% (95% interval 50.0 to 51.6) for dropout 0.5, " +
    "50.0% (95% interval 49.2 to 50.8) for no regularization.",
    "Two-sided t-test p < 0.0001, or p < 0.0001 for all 2 comparisons together; " +
    "sign-flip test p = 0.002, uncorrected.",
    "Of 2 cells compared with no regularization, 1 is better and 1 is equivalent.",
  ]);
});

Deno.test("headline() says so where a sure difference is of no practical interest", () => {
  const [finding, , , size] = sentencesOf([...BASELINE, ...cell("0.5", 0.004)]);
  assertEquals(
    finding,
    "Dropout 0.5 is better than no regularization: " +
      "+0.40 points (95% interval 0.26 to 0.54, 10 seeds).",
  );
  assertEquals(
    size,
    "The difference is within ±0.5 points, which counts as negligible.",
  );
});

Deno.test("headline() claims nothing that is undecided, and says what would decide it", () => {
  const [finding, , outlook, p, ...others] = sentencesOf([...BASELINE, ...cell("0.5", 0.008, 7)]);
  assertEquals(
    finding,
    "Dropout 0.5 has the highest mean, but is not clearly different from no regularization: " +
      "+0.80 points (95% interval −0.17 to 1.77, 10 seeds).",
  );
  assertEquals(
    outlook,
    "About 14 seeds in total should settle it, if the effect and spread hold.",
  );
  assertEquals(
    p,
    "Two-sided t-test p = 0.096; sign-flip test p = 0.1.",
  );
  assertEquals(others, []);
});

Deno.test("headline() says so where no number of seeds would decide", () => {
  const [, , outlook] = sentencesOf([...BASELINE, ...cell("0.5", 0.008, 7)], { overlap: 1 / 3 });
  assertEquals(
    outlook,
    "More seeds will not settle this if the effect and spread hold; more data could. All seeds draw " +
      "from the same rows, so the interval cannot shrink below ±1.5 points.",
  );
});

Deno.test("headline() says so where a difference is lost among many comparisons", () => {
  const others = ["0.1", "0.2", "0.3", "0.4"].flatMap((name, index) =>
    cell(name, -0.001, 10, undefined, 2 * index + 1)
  );
  const [finding, , , chance] = sentencesOf([...BASELINE, ...cell("0.5", 0.01, 6), ...others]);
  assertEquals(
    finding,
    "Dropout 0.5 has the highest mean, but is not clearly different from no regularization: " +
      "+1.00 points (simultaneous 95% interval −0.19 to 2.19, 10 seeds).",
  );
  assertEquals(
    chance,
    "Significant alone (two-sided t-test p = 0.024, 95% interval 0.17 to 1.83), but not after " +
      "correcting for 5 comparisons (p = 0.11); sign-flip test p = 0.031, uncorrected.",
  );
});

Deno.test("headline() is about the cell that is clearly better, though another has a higher mean", () => {
  const [finding, , , best] = sentencesOf([
    ...BASELINE,
    ...cell("0.5", 0.02, 20),
    ...cell("0.1", 0.01),
  ]);
  assertEquals(
    finding,
    "Dropout 0.1 is better than no regularization: " +
      "+1.00 points (simultaneous 95% interval 0.84 to 1.16, 10 seeds).",
  );
  assertEquals(
    best,
    "Dropout 0.5 has the highest mean, but is not clearly different from no regularization: " +
      "+2.00 points (simultaneous 95% interval −1.23 to 5.23, 10 seeds).",
  );
});

Deno.test("headline() compares the baseline with the next best where it comes first", () => {
  const gap = "−1.00 points (simultaneous 95% interval −1.15 to −0.85, 10 seeds).";
  const findings = [
    [...cell("0.1", -0.01), ...cell("0.5", -0.1)],
    cell("0.1", -0.001),
    cell("0.1", -0.001, 10),
  ].map((others) => sentencesOf([...BASELINE, ...others])[0]);
  assertEquals(findings, [
    `No regularization has the highest mean; the next best, dropout 0.1, is worse than it: ${gap}`,
    "No regularization has the highest mean; the next best, dropout 0.1, is equivalent to it: " +
    "−0.10 points (95% interval −0.24 to 0.04, 10 seeds).",
    "No regularization has the highest mean; the next best, dropout 0.1, is not clearly different from it: " +
    "−0.10 points (95% interval −1.49 to 1.29, 10 seeds).",
  ]);
});

Deno.test("headline() looks for the lowest loss", () => {
  const metric = "validation_loss";
  const runs = [
    ...cell("0", 0, 0, metric),
    ...cell("0.1", -0.01, 1, metric),
    ...cell("0.5", -0.02, 1, metric),
    ...cell("0.9", 0.03, 1, metric),
  ];
  assertEquals(
    sentencesOf(runs, { metric })[0],
    "Dropout 0.5 is better than no regularization: " +
      "−0.0200 in validation loss (simultaneous 95% interval −0.0215 to −0.0185, 10 seeds).",
  );
  const others = [
    ...cell("0", 0, 0, metric),
    ...cell("0.9", 0.02, 10, metric),
    ...cell("0.5", 0.001, 10, metric),
  ];
  assertEquals(
    sentencesOf(others, { metric })[0].split(", ").slice(0, 2),
    ["No regularization has the lowest mean; the next best", "dropout 0.5"],
  );
});

Deno.test("headline() names a baseline that is not without regularization", () => {
  const [finding] = sentencesOf([...cell("0.1", 0, 0), ...cell("0.5", 0.01)], { baseline: "0.1" });
  assertEquals(finding.split(":")[0], "Dropout 0.5 is better than the baseline (dropout 0.1)");
});

/** The same runs, whose final weights all have one L2 norm. */
function withNorm(runs: RunRow[], norm: number): RunRow[] {
  return runs.map((run) => ({
    ...run,
    measures: run.measures && { ...run.measures, "weight_l2": norm },
  }));
}

Deno.test("headline() names the simplest cell that is hardly worse", () => {
  const [, , , , simplest] = sentencesOf([
    ...withNorm(BASELINE, 18),
    ...withNorm(cell("0.5", 0.01), 15.04),
    ...withNorm(cell("0.1", 0.0099, 3), 12.3),
  ]);
  assertEquals(
    simplest,
    "Dropout 0.1 is the simplest cell within one standard error of dropout 0.5: " +
      "its weights have an L2 norm of 12.3, against 15.0.",
  );
});

Deno.test("headline() tells the norms apart by which a cell is simpler", () => {
  const [, , , , simplest] = sentencesOf([
    ...withNorm(BASELINE, 18),
    ...withNorm(cell("0.5", 0.01), 1.1352),
    ...withNorm(cell("0.1", 0.0099, 3), 1.1318),
  ]);
  assertEquals(simplest.split(": ")[1], "its weights have an L2 norm of 1.13, against 1.14.");
});

Deno.test("headline() does not call one of two equal norms the smaller one", () => {
  const sentences = sentencesOf([
    ...withNorm(BASELINE, 18),
    ...withNorm(cell("0.5", 0.01), 15),
    ...withNorm(cell("0.1", 0.0099, 3), 15),
  ]);
  assertEquals(
    sentences.find((sentence) => sentence.includes("norm")),
    "Dropout 0.1 is as simple as dropout 0.5, and within one standard error of it: the weights of " +
      "both have an L2 norm of 15.0.",
  );
});

Deno.test("headline() counts what was lost, and cells that cannot be selected for it", () => {
  const sentences = sentencesOf([
    ...BASELINE,
    ...cell("0.1", 0.01),
    ...cell("0.5", 0.03).slice(1),
    divergedRun("0.5", 1),
    failedRun("0.9", 1),
  ]);
  // Not of the cell with a larger difference, which diverged once.
  assertEquals(sentences[0].split(":")[0], "Dropout 0.1 is better than no regularization");
  assertEquals(sentences.slice(-2), [
    "Dropout 0.5 has a higher mean, but over fewer completed runs than other cells.",
    "Of 31 runs, 1 diverged and 1 failed, in 2 cells (1 without any result); they are excluded from means.",
  ]);
});

Deno.test("headline() says what there is where there is nothing to compare", () => {
  assertEquals(sentencesOf([divergedRun("0", 1), failedRun("0.5", 1)]), [
    "Of 2 runs, 1 diverged and 1 failed, so there is nothing to compare.",
  ]);
  assertEquals(sentencesOf([divergedRun("0", 1), divergedRun("0", 2)]), [
    "Both runs diverged, so there is nothing to compare.",
  ]);
  assertEquals(sentencesOf([failedRun("0", 1), failedRun("0.5", 1), failedRun("0.5", 2)]), [
    "All 3 runs failed, so there is nothing to compare.",
  ]);
  assertEquals(sentencesOf(BASELINE), [
    "The only cell reaches a mean validation accuracy of 50.0% (95% interval 49.2 to 50.8).",
  ]);
  assertEquals(
    sentencesOf([...BASELINE, divergedRun("0.5", 1)])[0],
    "No regularization has the highest mean; no other cell has a completed run on the same seeds.",
  );
  assertEquals(
    sentencesOf([divergedRun("0", 1), ...cell("0.5", 0)])[0],
    "Dropout 0.5 has the highest mean; it cannot be compared with no regularization, which has no " +
      "completed run on the same seeds.",
  );
});

Deno.test("headline() speaks neither of verdicts nor of the design where nothing was compared", () => {
  const lost = ["0.1", "0.5"].map((name) => divergedRun(name, 1));
  const sentences = sentencesOf([...BASELINE.slice(0, 3), ...lost], { overlap: 1 / 3 });
  assertEquals(sentences.length, 2, sentences.join("\n"));
});

Deno.test("headline() sums verdicts up as one would say it", () => {
  const verdictsOf = (...gains: number[]) => {
    const runs = gains.flatMap((gain, index) => cell(`0.${index + 1}`, gain));
    return sentencesOf([...BASELINE, ...runs]).find((sentence) => /^(All|Both|Of)/.test(sentence));
  };
  assertEquals(
    verdictsOf(0.02, 0.03),
    "Both cells compared with no regularization are better.",
  );
  assertEquals(
    verdictsOf(0.02, 0.03, 0.04),
    "All 3 cells compared with no regularization are better.",
  );
  assertEquals(
    verdictsOf(0.02, 0.03, -0.02, 0.001),
    "Of 4 cells compared with no regularization, 2 are better, 1 is worse and 1 is equivalent.",
  );
});

Deno.test("headline() shows two means that differ as different numbers", () => {
  const means = sentencesOf([...cell("0", 0, 20), ...cell("0.5", 0.0004, 20)])[1];
  const [, first, second] = means.match(/: ([\d.]+)%.* ([\d.]+)%.*/) ?? [];
  assert(first !== second, means);
});

Deno.test("headline() draws no conclusion from one seed", () => {
  const [finding, , outlook] = sentencesOf([
    ...BASELINE.slice(0, 1),
    ...cell("0.5", 0.01).slice(0, 1),
  ]);
  assertEquals(
    finding,
    "Dropout 0.5 has the highest mean, but is not clearly different from no regularization: " +
      "+1.30 points on a single seed (no interval is possible).",
  );
  assertEquals(
    outlook,
    "Fewer than two seeds completed in both cells, too few to tell an effect from chance.",
  );
});

Deno.test("headline() says once that two cells give the same", () => {
  const values = Array.from({ length: 5 }, (_, seed) => 0.9 + seed / 100);
  const [finding, means, ...rest] = sentencesOf([
    ...sampleRuns("0", values),
    ...sampleRuns("0.5", values),
  ]);
  assertEquals(
    finding,
    "No regularization and dropout 0.5 tie for the highest mean and are equivalent: no difference " +
      "on any of 5 seeds.",
  );
  assertEquals(means, "Mean validation accuracy: 92.0% (95% interval 90.0 to 94.0) for both.");
  assertEquals(rest, [
    "Two-sided sign test p = 1; sign-flip test p = 1.",
    "Equivalent means that the difference lies within ±0.5 points.",
  ]);
});

Deno.test("headline() says that cells tie for the best mean", () => {
  const tie = sampleRuns("0.5", [0.5, 0.5]);
  assertEquals(
    sentencesOf([...sampleRuns("0", [0.5, 0.5]), ...tie])[0],
    "No regularization and dropout 0.5 tie for the highest mean: no difference on either of 2 seeds.",
  );
  // The mean of the third differs in its seeds only.
  const [finding] = sentencesOf([
    ...sampleRuns("0", [0.5, 0.5]),
    ...sampleRuns("0.1", [0.4, 0.6]),
    ...tie,
    ...sampleRuns("0.9", [0.25, 0.25]),
  ]);
  assertEquals(
    finding,
    "No regularization, dropout 0.1 and dropout 0.5 tie for the highest mean; dropout 0.1 is not " +
      "clearly different from no regularization: " +
      "0.00 points (simultaneous 95% interval −100.00 to 100.00, cut off at ±100 points, 2 seeds).",
  );
  const better = ["0.1", "0.2", "0.3", "0.4"].flatMap((name) => cell(name, 0.01, 0.5));
  assertEquals(
    sentencesOf([...BASELINE, ...better])[0],
    "Dropout 0.1, dropout 0.2 and 2 other cells tie for the highest mean; dropout 0.1 is better " +
      "than no regularization: +1.00 points (simultaneous 95% interval 0.93 to 1.07, 10 seeds).",
  );
  assertEquals(
    sentencesOf([divergedRun("0", 1), ...sampleRuns("0.1", [0.5]), ...sampleRuns("0.5", [0.5])])[0],
    "Dropout 0.1 and dropout 0.5 tie for the highest mean; they cannot be compared with no " +
      "regularization, which has no completed run on the same seeds.",
  );
});

Deno.test("headline() says so where cells are the same run", () => {
  const runs = cell("0.1", 0.01, 8);
  const same = runs.map((run) => ({ ...run, cell: "0.5", values: { dropout: 0.5 } }));
  const sentences = sentencesOf([...BASELINE, ...runs, ...same]);
  assertEquals(
    sentences.find((sentence) => sentence.includes("settings without effect")),
    "The 3 cells are only 2 different runs per seed: some differ in settings without effect. Cells " +
      "that are the same run count as one comparison.",
  );
  // One comparison needs no correction.
  assertEquals(sentences.filter((sentence) => /correct/.test(sentence)), []);
});

Deno.test("headline() counts signs where there is no t-test", () => {
  const shifted = BASELINE.map((run) => ({
    ...run,
    cell: "0.5",
    values: { dropout: 0.5 },
    digest: `other ${run.seed}`,
    measures: { ...run.measures, "validation_accuracy": 0.25 },
  }));
  const baseline = shifted.map((run) => ({
    ...run,
    cell: "0",
    values: { dropout: 0 },
    digest: `digest of 0/${run.seed}`,
    measures: { ...run.measures, "validation_accuracy": 0.125 },
  }));
  const [finding, , p] = sentencesOf([...baseline, ...shifted]);
  assertEquals(
    finding,
    "Dropout 0.5 is better than no regularization: +12.5 points on each of 10 seeds.",
  );
  assertEquals(p, "Two-sided sign test p = 0.002; sign-flip test p = 0.002.");
});

Deno.test("headline() says so where the design can show almost nothing", () => {
  const cells = ["0.1", "0.2", "0.3", "0.4", "0.5"];
  const runs = ["0", ...cells].flatMap((name, index) =>
    sampleRuns(name, [0.5, 0.52, 0.49].map((value, seed) => value + (index * seed % 4) / 100))
  );
  const sentences = sentencesOf(runs, { overlap: 1 / 3 });
  assertEquals(
    sentences.find((sentence) => sentence.startsWith("This sweep can show")),
    "This sweep can show differences of at least 12 points, with 80% power (3 seeds, 5 comparisons).",
  );
  assert(
    sentences.includes(
      "Few settings differ that much; 9 seeds would show differences of 3 standard deviations, fewer " +
        "cells alone would not.",
    ),
    sentences.join("\n"),
  );
});

Deno.test("headline() says so where the first cell is the baseline, and regularized", () => {
  const sentences = sentencesOf([...cell("0.1", 0, 0), ...cell("0.5", 0.01)], { baseline: "0.1" });
  const remark =
    "The baseline is the first cell, and regularized itself: differences are not from " +
    "a model without regularization.";
  assert(sentences.includes(remark), sentences.join("\n"));
  const named = sentencesOf([...BASELINE, ...cell("0.5", 0.01)]);
  assertEquals(named.filter((sentence) => sentence.includes("regularized itself")), []);
  // Named once, it is the baseline from then on.
  assertEquals(sentences.filter((sentence) => sentence.includes("(dropout 0.1)")).length, 1);
});

Deno.test("headline() says so where all cells are the baseline's run", () => {
  const same = BASELINE.map((run) => ({ ...run, cell: "0.5", values: { dropout: 0.5 } }));
  assertEquals(sentencesOf([...BASELINE, ...same]), [
    "Both cells are the same run: the settings in which they differ have no effect.",
    "Mean validation accuracy: 50.0% (95% interval 49.2 to 50.8) for no regularization.",
  ]);
});

/** Ends of the interval after a difference, as a reader sees them. */
function shownInterval(text: string) {
  const number = "([−+]?[\\d.]+)";
  const found = text.match(new RegExp(`95% interval ${number} to ${number}.* seeds?\\)`));
  if (!found) return undefined;
  const [low, high] = found.slice(1).map((end) => Number(end.replace("−", "-")));
  return { low, high };
}

Deno.test("headline() never shows an interval that contradicts what it says", () => {
  const seen = new Set<string>();
  const settings = fc.record({
    equivalence: fc.constantFrom(0, 0.005, 0.05),
    overlap: fc.constantFrom(0, 1 / 3),
  });
  fc.assert(
    fc.property(fc.oneof(arbitraryRuns, arbitrarySpreadRuns), settings, (runs, settings) => {
      for (const sentence of sentencesOf(runs, settings)) {
        const said = sentence.match(/is (better|worse|equivalent|not clearly different)/);
        const interval = shownInterval(sentence);
        if (!said || !interval) continue;
        const { low, high } = interval;
        const [, verdict] = said;
        seen.add(verdict);
        assert(low <= high, sentence);
        if (verdict === "better") assert(low >= 0 && high > 0, sentence);
        if (verdict === "worse") assert(low < 0 && high <= 0, sentence);
        if (verdict.startsWith("not")) assert(low <= 0 && 0 <= high, sentence);
        if (verdict === "equivalent") {
          // As printed: to a tenth of a point at least.
          assert(Math.max(-low, high) <= 100 * settings.equivalence + 0.05, sentence);
        }
      }
    }),
    { numRuns: 500 },
  );
  assertEquals([...seen].sort(), [
    "better",
    "equivalent",
    "not clearly different",
    "worse",
  ]);
});

const DATASET = {
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: false },
  classCounts: [{ name: "no spill", rows: 896 }, { name: "spill", rows: 41 }],
};

Deno.test("headline() compares accuracies with always predicting the commonest class", () => {
  const runs = [...BASELINE, ...cell("0.5", 0.008)];
  const remarksOf = (metric: Metric) => {
    const all = metric === "validation_accuracy" ? runs : [
      ...cell("0", 0, 0, metric),
      ...cell("0.5", 0.008, 1, metric),
    ];
    const analysis = analyze(all, sampleQuestion({ metric }));
    return headline(analysis, { ...dropoutManifest(all), dataset: DATASET }).remarks;
  };
  assertEquals(
    remarksOf("validation_accuracy")[1],
    "Always predicting the commonest class, no spill, would get 95.6% of all rows right.",
  );
  assertEquals(remarksOf("validation_loss").some((text) => text.includes("commonest")), false);
});

Deno.test("headline() says which class the selected cell never predicts", () => {
  const runs = [...BASELINE, ...cell("0.5", 0.008)];
  const confusion = ["no spill", "spill"].map((actual) => ({
    run: "a",
    seed: 0,
    actual,
    predicted: "no spill",
    count: 8,
  }));
  const { finding } = headline(analyze(runs, sampleQuestion()), dropoutManifest(runs), confusion);
  assertEquals(
    finding.replaceAll("\u00a0", " "),
    "Dropout 0.5 is better than no regularization: +0.80 points (95% interval 0.66 to 0.94, 10 " +
      "seeds). Dropout 0.5 never predicts spill on the test rows.",
  );
});

Deno.test("headline() says by how much an error is lower, in as many digits as it deserves", () => {
  const errors = (name: string, size: number) =>
    cell(name, 0, 1, "validation_rmse").map((run) => ({
      ...run,
      measures: { ...run.measures, validation_rmse: size * (run.measures?.validation_rmse ?? 0) },
    }));
  const of = (scale: number) => {
    const runs = [...errors("0", scale), ...errors("0.5", 0.9 * scale)];
    return sentencesOf(runs, { metric: "validation_rmse", equivalence: 0 });
  };
  assertEquals(of(1e5).slice(0, 2), [
    "Dropout 0.5 is better than no regularization: −5,000 in validation RMSE (95% interval −5,083 " +
    "to −4,917, 10 seeds).",
    "Mean validation RMSE (lower is better): 45,000 (95% interval 44,252 to 45,748) for dropout " +
    "0.5, 50,000 (95% interval 49,169 to 50,831) for no regularization.",
  ]);
  assertEquals(
    of(1e-3)[0],
    "Dropout 0.5 is better than no regularization: −0.0000500 in validation RMSE (95% interval " +
      "−0.0000508 to −0.0000492, 10 seeds).",
  );
  assertEquals(
    of(1e10)[0],
    "Dropout 0.5 is better than no regularization: −0.500 × 10⁹ in validation RMSE (95% interval " +
      "−0.508 to −0.492, 10 seeds).",
  );
});
