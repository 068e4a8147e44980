import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  lostRunsSentence,
  metricSentence,
  noImportanceSentence,
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
const CELL = { cell: "a", values: {}, means: {} };

Deno.test("seedsSentence() says what seeds draw, and what all runs share", () => {
  const rest =
    "A seed draws the same in every cell, which is why cells are compared seed by seed. " +
    "The 359 test rows are the same for all, and no cell is chosen by them.";
  assertEquals(
    seedsSentence(REDRAWN),
    "Each seed draws its own 1,079 training and 359 validation rows, initial weights, batches " +
      `and dropout. ${rest}`,
  );
  assertEquals(
    seedsSentence(FIXED),
    "Each seed draws its own initial weights, batches and dropout, on the same 1,079 training and " +
      `359 validation rows. ${rest}`,
  );
  const rows = { train: 4, validation: 2, test: 0 };
  assertEquals(seedsSentence({ rows, overlap: 0.5 }).includes("test"), false);
});

Deno.test("varianceSentence() says which variance is assumed, and what that means", () => {
  assertEquals(
    varianceSentence(REDRAWN),
    "Intervals and tests take the variance of a mean over n seeds for 1/n + 359/1,079 of a " +
      "seed’s, not 1/n (Nadeau and Bengio 2003), since the rows that seeds draw from one dataset " +
      "overlap: more seeds do not remove the uncertainty of a small dataset.",
  );
  assertEquals(
    varianceSentence(FIXED),
    "Intervals and tests take the variance of a mean over n seeds for 1/n of a seed’s. They speak " +
      "of this one split: with other than its 359 validation rows, cells may rank differently.",
  );
  assertStringIncludes(varianceSentence({ ...REDRAWN, metric: "train_loss" }), "too narrow");
});

Deno.test("metricSentence() says what one row and one unit mean", () => {
  assertEquals(
    metricSentence(FIXED),
    "Validation accuracy is in percent, and differences are in percentage points: one of the 359 " +
      "validation rows makes 0.28 points.",
  );
  assertStringIncludes(
    metricSentence({ ...FIXED, metric: "train_accuracy" }),
    "1,079 training rows makes 0.093 points",
  );
  assertStringIncludes(
    metricSentence({ ...FIXED, metric: "best_validation_accuracy" }),
    "flatters",
  );
  assertStringIncludes(metricSentence({ ...FIXED, metric: "train_loss" }), "smaller is better");
});

Deno.test("verdictSentence() says what verdicts mean", () => {
  assertEquals(
    verdictSentence(FIXED).replaceAll("\u00a0", " "),
    "Better and worse: p below 0.05 by the paired t-test, after Holm’s correction for all cells " +
      "compared. Equivalent: the 90% interval lies within ±0.5 points, judged cell by cell. " +
      "Undecided: neither is shown.",
  );
});

Deno.test("outlookSentence() gives numbers of seeds as estimates", () => {
  const seeds = [2, 99, 101, 1234, 1_000_000].map((seeds) =>
    outlookSentence({ kind: "seeds", seeds }, "train_loss").split(" in all would")[0]
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
    outlookSentence({ kind: "overlap", margin: 0.0123 }, "validation_loss"),
    outlookSentence({ kind: "tie" }, "validation_loss"),
  ];
  assertStringIncludes(sentences[0], "No number of seeds would decide it");
  assertStringIncludes(sentences[0], "than ±0.012. More data");
  assertStringIncludes(sentences[1], "No number of seeds would decide it");
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
    "Of 1,205 runs, 3 diverged and 1 failed, in 2 cells (1 without any result); they are in no mean.",
  );
  assertEquals(
    lostRunsSentence(cells.slice(2)),
    "Of 2 runs, 1 diverged, in 1 cell; they are in no mean.",
  );
});

Deno.test("testSentence() says what the test rows leave open", () => {
  assertEquals(
    testSentence({ rowsLow: 0.95712, rowsHigh: 0.98949 }, FIXED),
    "All runs are scored on the same 359 test rows, after the cells were chosen. The intervals say " +
      "how scores vary with the seed, not with the rows: by their number alone, the accuracy on " +
      "other rows may be anything from 95.7% to 98.9% (95%).",
  );
  assertStringIncludes(testSentence({}, FIXED), "not with the rows.");
  const rows = { train: 4, validation: 2, test: 0 };
  assertStringIncludes(testSentence({}, { rows }), "draws test rows anew for each seed");
});

Deno.test("noImportanceSentence() has a reason for each case", () => {
  const sentences = (["unbalanced", "lost runs", "constant"] as const)
    .map((reason) => noImportanceSentence({ reason }));
  assertEquals(new Set(sentences).size, 3);
});
