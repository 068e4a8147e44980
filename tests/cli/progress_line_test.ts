import { assert, assertEquals, assertMatch } from "@std/assert";
import { progressBar, progressLine } from "../../src/cli/progress_line.ts";
import { textWidth } from "../../src/cli/text_width.ts";
import type { Snapshot } from "../../src/sweep/sweep_progress.ts";

const START: Snapshot = {
  stage: { kind: "runs" },
  ...{ total: 40, isTotalAtMost: false, done: 0, failed: 0, share: 0 },
};
const MIDDLE: Snapshot = { ...START, done: 10, share: 0.25, rate: 2.5, secondsLeft: 11.2 };
const SCORING: Snapshot = {
  ...MIDDLE,
  ...{ stage: { kind: "scores" }, done: 40, scores: { total: 30, done: 3 }, share: 43 / 70 },
};

/** The bar's width, and what follows it. */
function partsOf(line: string): [number, string] {
  const [bar = ""] = line.match(/^[█░]*/) ?? [];
  return [bar.length, line.slice(bar.length).trimStart()];
}

Deno.test("progressBar() has a bar as wide as the line allows", () => {
  assertEquals(progressBar(MIDDLE, 39), "████░░░░░░░░░░░░  10/40 runs  0:12 left");
  assertEquals(
    progressBar(MIDDLE, 79),
    `${"█".repeat(12)}${"░".repeat(36)}  10/40 runs  0:12 left  2.5/s`,
  );
  assertEquals(partsOf(progressBar(MIDDLE, 119)), [88, "10/40 runs  0:12 left  2.5/s"]);
  assertEquals(partsOf(progressBar(START, 79)), [68, "0/40 runs"]);
});

Deno.test("progressBar() leaves out what matters least where there is no room", () => {
  const rung: Snapshot = { ...MIDDLE, stage: { kind: "rung", step: 1200 } };
  const texts = [79, 55, 46, 33, 20].map((width) => partsOf(progressBar(rung, width))[1]);
  assertEquals(texts, [
    "10/40 runs  0:12 left  2.5/s  first 1,200 steps",
    "10/40 runs  0:12 left  2.5/s",
    "10/40 runs  0:12 left  2.5/s",
    "10/40 runs  0:12 left",
    "10/40 runs  0:12 left",
  ]);
  for (let width = 22; width <= 200; width++) {
    assert(textWidth(progressBar(rung, width)) <= width);
  }
});

Deno.test("progressBar() goes on counting in stages that follow", () => {
  assertEquals(
    partsOf(progressBar(SCORING, 79)),
    [28, "40/40 runs  3/30 test scores  0:12 left  2.5/s"],
  );
  const look: Snapshot = {
    ...MIDDLE,
    ...{ stage: { kind: "look", seeds: 12 }, total: 96, isTotalAtMost: true, bound: "most" },
  };
  assertMatch(
    progressBar(look, 119),
    /^[█░]+ {2}10\/96 runs {2}at most 0:12 left {2}2.5\/s {2}look at 12 seeds$/,
  );
  const early: Snapshot = { ...look, secondsLeft: undefined, bound: undefined };
  assertMatch(progressBar(early, 119), / {2}10\/96 runs at most {2}2.5\/s {2}look at 12 seeds$/);
  const writing: Snapshot = { ...SCORING, stage: undefined, scores: undefined, secondsLeft: 1 };
  assertMatch(progressBar(writing, 79), / {2}40\/40 runs {2}writing results {2}0:01 left/);
  const least: Snapshot = { ...MIDDLE, failed: 2, bound: "least" };
  assertMatch(progressBar(least, 79), / {2}10\/40 runs, 2 failed {2}more than 0:12 left/);
});

Deno.test("progressBar() picks units in which rates and times can be read", () => {
  const shown = (rate: number, secondsLeft: number) =>
    progressBar({ ...START, rate, secondsLeft }, 79).split("  ").slice(2);
  assertEquals(shown(123.4, 0.1), ["0:01 left", "123/s"]);
  assertEquals(shown(9.96, 59.5), ["1:00 left", "10/s"]);
  assertEquals(shown(0.5, 725), ["12:05 left", "30/min"]);
  assertEquals(shown(0.002, 12_000), ["3:20:00 left", "7/h"]);
});

Deno.test("progressLine() says the same in words", () => {
  assertEquals(progressLine(START), "0 of 40 runs");
  assertEquals(progressLine({ ...MIDDLE, failed: 1 }), "10 of 40 runs, 1 failed, 2.5/s, 12 s left");
  assertEquals(progressLine(SCORING), "40 of 40 runs, 3 of 30 test scores, 2.5/s, 12 s left");
  const look: Snapshot = {
    ...MIDDLE,
    ...{ stage: { kind: "look", seeds: 12 }, total: 96, isTotalAtMost: true, bound: "most" },
  };
  assertEquals(
    progressLine(look),
    "10 of at most 96 runs, 2.5/s, look at 12 seeds, at most 12 s left",
  );
  const left = (secondsLeft: number) => progressLine({ ...START, secondsLeft }).split(", ").at(-1);
  assertEquals([0.2, 3, 59.5, 725].map(left), [
    "1 s left",
    "3 s left",
    "1 min left",
    "12 min 5 s left",
  ]);
});
