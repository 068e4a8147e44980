import { assert, assertEquals } from "@std/assert";
import { progressBar, progressLine } from "../../src/cli/progress_line.ts";
import type { Snapshot } from "../../src/sweep/progress.ts";

const START: Snapshot = { total: 40, done: 0, failed: 0 };
const MIDDLE: Snapshot = {
  total: 40,
  done: 10,
  failed: 0,
  rate: 2.5,
  secondsLeft: 11.2,
  best: {
    cell: {
      index: 0,
      name: "l2_penalty=0.001",
      technique: "l2_penalty",
      trainer: "mlp",
      config: {},
    },
    metric: "validation_accuracy",
    mean: 0.97531,
    n: 3,
  },
};

Deno.test("progressBar() shows what is known so far", () => {
  assertEquals(progressBar(START, 79), "░░░░░░░░░░░░░  0/40 runs");
  assertEquals(
    progressBar(MIDDLE, 79),
    "███░░░░░░░░░░  10/40 runs  2.5/s  0:12 left  best 97.53% l2_penalty=0.001",
  );
  assertEquals(
    progressBar({ ...MIDDLE, done: 40, failed: 2, secondsLeft: 0 }, 119),
    "███████████████████  40/40 runs, 2 failed  2.5/s  0:00 left  best 97.53% l2_penalty=0.001",
  );
});

Deno.test("progressBar() fits any width", () => {
  for (let width = 1; width <= 200; width++) {
    assert([...progressBar(MIDDLE, width)].length <= width);
  }
  assertEquals(progressBar(MIDDLE, 47), "10/40 runs  2.5/s  0:12 left  best 97.53% l2_p…");
});

Deno.test("progressBar() picks units in which rates and times can be read", () => {
  const shown = (rate: number, secondsLeft: number) =>
    progressBar({ ...START, rate, secondsLeft }, 79).split("  ").slice(2);
  assertEquals(shown(123.4, 0.1), ["123/s", "0:01 left"]);
  assertEquals(shown(9.96, 59.5), ["10/s", "1:00 left"]);
  assertEquals(shown(0.5, 725), ["30/min", "12:05 left"]);
  assertEquals(shown(0.002, 12_000), ["7/h", "3:20:00 left"]);
});

Deno.test("progressLine() says the same in words", () => {
  assertEquals(progressLine(START), "0 of 40 runs");
  assertEquals(
    progressLine({ ...MIDDLE, failed: 1 }),
    "10 of 40 runs, 1 failed, 2.5/s, 12 s left, best 97.53% with l2_penalty=0.001",
  );
  const left = (secondsLeft: number) => progressLine({ ...START, secondsLeft }).split(", ").at(-1);
  assertEquals([0.2, 3, 59.5, 725].map(left), [
    "1 s left",
    "3 s left",
    "1 min 0 s left",
    "12 min 5 s left",
  ]);
});

Deno.test("progressBar() and progressLine() count something else than runs where they are to", () => {
  const scoring = { total: 30, done: 1, failed: 0, noun: "test score" };
  assertEquals(progressBar(scoring, 40), "1/30 test scores");
  assertEquals(progressLine(scoring), "1 of 30 test scores");
});
