import { assertEquals, assertStringIncludes } from "@std/assert";
import { metricScale } from "../../src/wording/metric_scale.ts";
import {
  lostRunsSentence,
  metricSentence,
  outlookLabel,
  outlookSentence,
  seedsSentence,
  testSentence,
  varianceSentence,
  verdictSentence,
} from "../../src/wording/sentences.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";

const REDRAWN = sampleQuestion({ overlap: 359 / 1079 });
const FIXED = sampleQuestion();
const LOSS = { scale: metricScale("validation_loss"), hasBand: true };
const CELL = { cell: "a", values: {}, means: {} };

Deno.test("seedsSentence() says what seeds draw, and what all runs share", () => {
  const rest = "A seed draws the same in every cell, so cells are compared seed by seed. " +
    "The 359 test rows are the same for all runs, and are not used to choose cells.";
  assertEquals(
    seedsSentence(REDRAWN),
    "Each seed draws its own 1,079 training and 359 validation rows, initial weights, batches " +
      `and dropout. ${rest}`,
  );
  assertEquals(
    seedsSentence(FIXED),
    "Each seed draws its own initial weights, batches and dropout; all seeds share the same 1,079 " +
      `training and 359 validation rows. ${rest}`,
  );
  const rows = { train: 4, validation: 2, test: 0 };
  assertEquals(seedsSentence({ rows, overlap: 0.5 }).includes("test"), false);
  assertEquals(
    seedsSentence({ ...FIXED, cells: 1 }).split(". ").slice(1),
    ["The 359 test rows are the same for all runs."],
  );
});

Deno.test("sentences about these rows only say so, and that each seed draws its own", () => {
  const narrow = sampleQuestion({ scope: "this_data" });
  assertEquals(seedsSentence(narrow), seedsSentence(REDRAWN));
  assertEquals(
    varianceSentence(narrow),
    "Intervals and tests use s²/n as the variance of a mean over n seeds, where s² is the variance " +
      "between seeds, as the experiment’s scope, this_data, asks: they say what works best on exactly " +
      "these rows. The scope new_data would claim it for another sample from the same source, with " +
      "wider intervals.",
  );
});

const FOLDED = sampleQuestion({
  rows: { train: 1150, validation: 288, test: 359 },
  overlap: 1 / 4,
  folds: 5,
});

Deno.test("seedsSentence() says what folds are", () => {
  const rest = "A fold of a seed is the same in every cell, so cells are compared fold by fold. " +
    "The 359 test rows are the same for all runs, and are not used to choose cells.";
  assertEquals(
    seedsSentence(FOLDED),
    "Each seed deals the rows to 5 folds, and each of its 5 runs validates on one of them: about " +
      `1,150 training and 288 validation rows, initial weights, batches and dropout. ${rest}`,
  );
  assertEquals(
    seedsSentence({ ...FOLDED, overlap: 0 }),
    "Each seed has 5 runs, which validate on one part of the rows each, later than what they train " +
      "on, the same for all seeds: about 1,150 training and 288 validation rows, initial weights, " +
      `batches and dropout. ${rest}`,
  );
});

Deno.test("varianceSentence() says how folds are corrected, and what is not covered", () => {
  assertEquals(
    varianceSentence(FOLDED),
    "Intervals and tests use s²·(1/n + 1/4) as the variance of a mean over n runs, where s² is the " +
      "variance between runs, instead of s²/n (Nadeau and Bengio 2003; Bouckaert and Frank 2004): " +
      "the runs draw their rows from one dataset, so these rows overlap, and more seeds do not " +
      "remove the uncertainty of a small dataset. Intervals hold for another sample from the same " +
      "source; with the scope this_data, they would hold for exactly these rows.",
  );
  assertStringIncludes(
    varianceSentence({ ...FOLDED, overlap: 0 }),
    "They cover initial weights, batches and dropout, and hold for this split only: on validation " +
      "rows other than its 5 parts, cells may rank differently.",
  );
});

Deno.test("varianceSentence() says which variance is assumed, and what that means", () => {
  assertEquals(
    varianceSentence(REDRAWN),
    "Intervals and tests use s²·(1/n + 359/1,079) as the variance of a mean over n seeds, where s² " +
      "is the variance between seeds, instead of s²/n (Nadeau and Bengio 2003): the seeds draw their " +
      "rows from one dataset, so these rows overlap, and more seeds do not remove the uncertainty of " +
      "a small dataset. Intervals hold for another sample from the same source; with the scope " +
      "this_data, they would hold for exactly these rows.",
  );
  assertEquals(
    varianceSentence(FIXED),
    "Intervals and tests use s²/n as the variance of a mean over n seeds, where s² is the variance " +
      "between seeds. They cover initial weights, batches and dropout, and hold for this split " +
      "only: on validation rows other than its 359, cells may rank differently.",
  );
  assertStringIncludes(varianceSentence({ ...REDRAWN, metric: "train_loss" }), "too narrow");
});

Deno.test("metricSentence() says what one row and one unit mean", () => {
  assertEquals(
    metricSentence(FIXED),
    "Validation accuracy is in percent, and differences are in percentage points: one of the 359 " +
      "validation rows is 0.28 points.",
  );
  assertStringIncludes(
    metricSentence({ ...FIXED, metric: "train_accuracy" }),
    "1,079 training rows is 0.093 points",
  );
  assertStringIncludes(
    metricSentence({ ...FIXED, metric: "best_validation_accuracy" }),
    "flatters",
  );
  assertStringIncludes(
    metricSentence({ ...FIXED, rows: { train: 1079, validation: 100, test: 359 } }),
    "one of the 100 validation rows is 1 point.",
  );
  assertStringIncludes(
    metricSentence({ ...FIXED, metric: "validation_balanced_accuracy" }),
    "; higher is better. It is in percent, and differences are in percentage points.",
  );
  assertStringIncludes(metricSentence({ ...FIXED, metric: "train_loss" }), "lower is better");
  assertEquals(
    metricSentence({ ...FIXED, metric: "validation_rmse" }, { task: "regression", target: "MEDV" }),
    "Validation RMSE is the square root of the mean squared error, in the target’s units; lower is " +
      "better. The target is MEDV.",
  );
  assertStringIncludes(
    metricSentence({ ...FIXED, metric: "validation_loss" }, { task: "regression" }),
    "what training minimizes",
  );
});

const NO_VERDICTS = { cells: [], comparisons: [], repeats: new Map() };

/** What a chart of so many comparisons says of verdicts. */
function verdictsOf(tests: number, equivalence = 0.005): string {
  const comparisons = Array.from({ length: tests }, (_, index) => {
    return { cell: `${index}`, baseline: "b", n: 3, pValue: 0.5, verdict: "undecided" as const };
  });
  const question = { ...FIXED, equivalence };
  return verdictSentence({ ...NO_VERDICTS, question, comparisons })
    .replaceAll("\u00a0", " ");
}

Deno.test("verdictSentence() says what verdicts mean", () => {
  assertEquals(
    verdictsOf(17),
    "Better or worse: the simultaneous 95% interval leaves out 0. Equivalent: it lies within the grey " +
      "band, ±0.5 points, which counts as negligible. Undecided: neither. With a " +
      "probability of 95%, all 17 intervals together cover the true differences, so no verdict is wrong.",
  );
  assertStringIncludes(verdictsOf(2), "of 95%, both intervals together cover");
  assertEquals(
    verdictsOf(1, 0),
    "Better or worse: the 95% interval leaves out 0. Undecided: neither.",
  );
  const sameRun = { cell: "a", baseline: "b", n: 3, pValue: 1, verdict: "undecided" as const };
  assertEquals(
    verdictSentence({
      ...NO_VERDICTS,
      question: FIXED,
      comparisons: [sameRun],
      repeats: new Map([["a", "b"]]),
    }),
    "All of these cells are the same run as the baseline.",
  );
  assertEquals(
    verdictsOf(0),
    "With a single pair of runs, chance cannot be ruled out.",
  );
});

Deno.test("outlookSentence() gives numbers of seeds as estimates", () => {
  const seeds = [2, 99, 101, 1234, 1_000_000].map((seeds) =>
    outlookSentence({ kind: "seeds", seeds }, LOSS).split(" in total should")[0]
  );
  assertEquals(seeds, [
    "About 2 seeds",
    "About 99 seeds",
    "About 110 seeds",
    "About 1,300 seeds",
    "About 1,000,000 seeds",
  ]);
});

Deno.test("outlookLabel() says what would decide in a word or two", () => {
  assertEquals(outlookLabel({ kind: "seeds", seeds: 1234 }), "about 1,300 seeds");
  assertEquals(outlookLabel({ kind: "overlap", margin: 0.1 }), "more data");
  assertEquals(outlookLabel({ kind: "tie" }), "too close");
  assertEquals(outlookLabel({ kind: "pairs" }), "too few pairs");
});

Deno.test("outlookSentence() says why no number of seeds would do", () => {
  const sentences = [
    outlookSentence({ kind: "overlap", margin: 0.0123 }, LOSS),
    outlookSentence({ kind: "tie" }, LOSS),
  ];
  assertStringIncludes(sentences[0], "More seeds will not settle this");
  assertStringIncludes(sentences[0], "cannot shrink below ±0.012.");
  assertStringIncludes(sentences[1], "More seeds will not settle this");
});

Deno.test("lostRunsSentence() counts runs without a result, and says nothing of none", () => {
  const cells = [
    { ...CELL, n: 1200, diverged: 0, failed: 0 },
    { ...CELL, n: 0, diverged: 2, failed: 1 },
    { ...CELL, n: 1, diverged: 1, failed: 0 },
  ];
  assertEquals(lostRunsSentence(cells.slice(0, 1)), undefined);
  assertEquals(
    lostRunsSentence(cells),
    "Of 1,205 runs, 3 diverged and 1 failed, in 2 cells (1 without any result); they are excluded from means.",
  );
  assertEquals(
    lostRunsSentence(cells.slice(2)),
    "Of 2 runs, 1 diverged, in 1 cell; they are excluded from means.",
  );
});

Deno.test("testSentence() talks of no interval on one seed", () => {
  assertEquals(
    testSentence({ n: 1 }, FIXED),
    "All runs are scored on the same 359 test rows, after the cells were chosen.",
  );
  // Of a single cell, there is no choice.
  assertEquals(
    testSentence({ n: 1 }, { ...FIXED, cells: 1 }),
    "All runs are scored on the same 359 test rows, which they were not trained on.",
  );
});

Deno.test("testSentence() says what the test rows leave open", () => {
  assertEquals(
    testSentence({ n: 3, rowsLow: 0.95712, rowsHigh: 0.98949 }, FIXED),
    "All runs are scored on the same 359 test rows, after the cells were chosen. The intervals show " +
      "how scores vary between seeds, not between rows. With 359 test rows, accuracy on new rows may " +
      "be anywhere from 95.7% to 98.9% (95% interval).",
  );
  assertStringIncludes(testSentence({ n: 2 }, FIXED), "not between rows.");
  const rows = { train: 4, validation: 2, test: 0 };
  assertStringIncludes(testSentence({ n: 2 }, { rows }), "draws test rows anew for each seed");
});

Deno.test("metricSentence() says what is known of an own metric", () => {
  const own = { key: "seconds", better: "smaller", label: "time", unit: "s" } as const;
  assertEquals(
    metricSentence(sampleQuestion({ metric: own })),
    "Time is a measure of the trainer’s own, in s; lower is better.",
  );
  const { label: _, unit: __, ...plain } = {
    ...own,
    key: "total_score",
    better: "larger",
  } as const;
  assertEquals(
    metricSentence(sampleQuestion({ metric: plain })),
    "Total score is a measure of the trainer’s own; higher is better.",
  );
});

Deno.test("sentences about seeds speak of no rows where there is no dataset", () => {
  const { rows: _, ...question } = FIXED;
  assertEquals(
    seedsSentence(question),
    "Each cell has one run per seed, and what a seed changes is up to the trainer. The seeds are the " +
      "same in every cell, so cells are compared seed by seed.",
  );
  assertEquals(
    varianceSentence(question),
    "Intervals and tests use s²/n as the variance of a mean over n seeds, where s² is the variance " +
      "between seeds. They cover what differs from seed to seed, and nothing else.",
  );
  assertEquals(
    metricSentence(question),
    "Validation accuracy is the share of rows whose class is the most probable one; higher is " +
      "better. It is in percent, and differences are in percentage points.",
  );
});

Deno.test("sentences about seeds do not claim to know what own trainers draw", () => {
  const own = <Question>(question: Question) => ({ ...question, isOwn: true as const });
  assertStringIncludes(
    seedsSentence(own(REDRAWN)),
    "Each seed draws its own 1,079 training and 359 validation rows; what else a seed changes is up " +
      "to the trainer. The seeds and their rows are the same in every cell, so cells are compared " +
      "seed by seed.",
  );
  assertStringIncludes(
    seedsSentence(own(FIXED)),
    "All seeds share the same 1,079 training and 359 validation rows; what a seed changes is up to " +
      "the trainer. The seeds are the same in every cell, so cells are compared seed by seed.",
  );
  assertStringIncludes(
    seedsSentence(own({ ...REDRAWN, folds: 4 })),
    "validates on one of them: about 1,079 training and 359 validation rows; what else a seed " +
      "changes is up to the trainer. A fold of a seed has the same seed and rows in every cell, so",
  );
  assertStringIncludes(
    varianceSentence(own(FIXED)),
    "They cover what differs from seed to seed, and hold for this split only",
  );
  const { rows: _, ...plain } = FIXED;
  for (const question of [REDRAWN, FIXED, plain, { ...FIXED, folds: 4 }].map(own)) {
    const text = seedsSentence(question) + varianceSentence(question);
    assertEquals(text.match(/weights|batches|dropout|random|draws the same/), null);
  }
});
