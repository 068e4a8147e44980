import { assertEquals } from "@std/assert";
import type { ConfusionRow } from "../../src/results/run_row.ts";
import { neverPredictedSentence } from "../../src/wording/never_predicted.ts";

/** A row per class and run: which class its test rows are predicted as, run by run. */
function predictions(...runs: Readonly<Record<string, string>>[]): ConfusionRow[] {
  return runs.flatMap((predicted, seed) =>
    Object.entries(predicted).map(([actual, predicted]) => ({
      run: `run ${seed}`,
      seed,
      actual,
      predicted,
      count: 3,
    }))
  );
}

function sentence(...runs: Readonly<Record<string, string>>[]) {
  return neverPredictedSentence("dropout 0.5", predictions(...runs));
}

const ALL = { a: "a", b: "b", c: "c" };
const NO_B = { a: "a", b: "a", c: "c" };
const NO_C = { a: "a", b: "b", c: "a" };
const ONLY_A = { a: "a", b: "a", c: "a" };

Deno.test("neverPredictedSentence() names the classes that no run predicts", () => {
  assertEquals(sentence(NO_B, NO_B), "dropout 0.5 never predicts b on the test rows.");
  assertEquals(sentence(ONLY_A), "dropout 0.5 never predicts b or c on the test rows.");
  assertEquals(
    sentence({ 2: "2", 4: "2" }),
    "dropout 0.5 never predicts class 4 on the test rows.",
  );
  // What some runs miss beside it is in the table of recalls.
  assertEquals(sentence(NO_B, ONLY_A), "dropout 0.5 never predicts b on the test rows.");
  const many = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, "a"]));
  assertEquals(sentence(many), "dropout 0.5 never predicts 4 of the 5 classes on the test rows.");
});

Deno.test("neverPredictedSentence() says how many runs leave a class out", () => {
  assertEquals(
    sentence(ALL, NO_B, ALL),
    "in 1 of 3 runs, dropout 0.5 never predicts b on the test rows.",
  );
  assertEquals(
    sentence(NO_C, NO_B, ALL),
    "in 2 of 3 runs, dropout 0.5 never predicts some of the test rows’ classes: c and b.",
  );
});

Deno.test("neverPredictedSentence() says nothing of a cell that predicts all classes", () => {
  assertEquals(sentence(ALL, { a: "b", b: "c", c: "a" }), undefined);
  assertEquals(neverPredictedSentence("a", []), undefined);
});
