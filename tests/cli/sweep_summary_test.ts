import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { failureList, stoppedText, sweepSummary } from "../../src/cli/sweep_summary.ts";
import { textWidth } from "../../src/cli/text_width.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { sampleInput } from "../report/_sample_input.ts";
import { SAMPLES } from "../report/_samples.ts";

function summaryOf(name: keyof typeof SAMPLES, width = 200) {
  return sweepSummary(sampleInput(SAMPLES[name]), "reports/name", width);
}

function textsOf(name: keyof typeof SAMPLES, width = 200): string[] {
  return summaryOf(name, width).map(({ text }) => text.replaceAll("\u00a0", " "));
}

Deno.test("sweepSummary() says in three lines what was found, what to do, and where the report is", () => {
  assertEquals(textsOf("fourTechniques"), [
    "better: L1 penalty 0.001, +1.42 points (simultaneous 95% interval 0.12 to 2.72, 10 seeds) " +
    "against no regularization",
    "Use L1 penalty 0.001 (validation accuracy 97.4%, test accuracy 96.7%)",
    "reports/name/report.html",
    "Its mean is the highest of 19, so it flatters the cell; the test score does not.",
    "18 cells compared with no regularization: 1 better, 2 worse, 15 undecided",
    "four-techniques: 190 runs, 187 trained, 3 reused, in 2 min 34 s",
  ]);
  const [found, advice] = textsOf("l1VsL2");
  assertStringIncludes(found, "undecided: L1 penalty 0.001, +1.42 points (");
  assertStringIncludes(advice, "Keep no regularization: nothing is shown to be better (");
  assertStringIncludes(textsOf("threeWays")[0], "seeds) against the baseline");
});

Deno.test("sweepSummary() colours a verdict that says something, and dims what is more", () => {
  const [better, , path, limit, counts] = summaryOf("fourTechniques");
  assertEquals(better.marked, { text: "better:", colour: "green" });
  assertEquals([limit.isDim, counts.isDim], [true, true]);
  assert(path.href?.startsWith("file:///") && path.href.endsWith("/reports/name/report.html"));
  assertEquals(summaryOf("l1VsL2")[0].marked, { text: "undecided:", colour: undefined });
});

Deno.test("sweepSummary() says without a comparison what there is", () => {
  assertEquals(textsOf("allDiverged"), [
    "All 12 runs diverged, so there is nothing to compare.",
    "reports/name/report.html",
    "A run diverges when its loss becomes infinite or not a number.",
    "all-diverged: 12 runs, 9 trained, 3 reused, 12 diverged, in 2 min 34 s",
  ]);
  assertStringIncludes(
    textsOf("oneCell")[0],
    "The only cell reaches a mean validation accuracy of",
  );
  assertStringIncludes(textsOf("halving").at(-1) ?? "", "25 cells stopped early (1 run of them");
});

Deno.test("sweepSummary() dims nothing that says why there is no result", () => {
  assertEquals(summaryOf("allDiverged").map(({ isDim = false }) => isDim), [
    false,
    false,
    false,
    true,
  ]);
});

Deno.test("sweepSummary() says that a sweep is unfinished, and how to go on", () => {
  const lines = summaryOf("looksUnfinished");
  assertStringIncludes(lines[0].text, "so far, undecided: ");
  assertStringIncludes(lines[1].text, "So far, keep no regularization");
  assertStringIncludes(lines[3].text, "Unfinished: 75 of at most 440 runs had ended");
  assertEquals(lines[4].text, "The same command does the rest.");
  assertFalse(lines[3].isDim);
});

Deno.test("sweepSummary() fits a terminal", () => {
  for (const name of Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]) {
    for (const width of [40, 80, 100]) {
      // But for the last line, which is for logs.
      for (const { text, href } of summaryOf(name, width).slice(0, -1)) {
        assert(href !== undefined || textWidth(text) <= width, text);
      }
    }
  }
});

Deno.test("stoppedText() says why a sweep ended, how to go on, and what there is to see", () => {
  const counts = { total: 20, known: 2, trained: 5, diverged: 0, failed: 1 };
  const kept = "7 of 20 runs are kept, and the same command does the rest";
  const [why, path] = stoppedText({ state: "interrupted", counts, folder: "reports/name" });
  assertEquals(why, { text: `Stopped; ${kept}`, marked: { text: "Stopped" } });
  assertEquals(path.text, "reports/name/report.html shows what there is");
  assert(path.href?.endsWith("/reports/name/report.html"));
  assertEquals(
    stoppedText({ state: "stopped", stage: { kind: "rung", step: 5 }, counts })
      .map(({ text }) => text),
    [`Stopped: which cells go on depends on the runs that failed; ${kept}`],
  );
});

function failures(count: number): RunOutcome[] {
  const config = resolveConfig(BUILT_IN.named("mlp"), { steps: 5, dropout: 0.5 });
  const cell = {
    index: 0,
    name: "dropout=0.5",
    technique: "dropout",
    trainer: "mlp" as const,
    config,
  };
  return Array.from({ length: count }, (_, replicate) => ({
    key: `key ${replicate}`,
    cell,
    replicate,
    seed: replicate + 1,
    failure: "its worker ended",
  }));
}

Deno.test("failureList() names cell, seed, reason and config", () => {
  assertEquals(
    failureList(failures(1), BUILT_IN),
    "1 run failed:\n  dropout=0.5, seed 1: its worker ended\n    steps=5 dropout=0.5",
  );
});

Deno.test("failureList() has no line for a config of defaults", () => {
  const [failure] = failures(1);
  const config = resolveConfig(BUILT_IN.named("mlp"), {});
  assertEquals(
    failureList([{ ...failure, cell: { ...failure.cell, config } }], BUILT_IN),
    "1 run failed:\n  dropout=0.5, seed 1: its worker ended",
  );
});

Deno.test("failureList() does not repeat a cell's name as its config", () => {
  const [failure] = failures(1);
  const config = resolveConfig(BUILT_IN.named("mlp"), { dropout: 0.5 });
  assertEquals(
    failureList([{ ...failure, cell: { ...failure.cell, config } }], BUILT_IN),
    "1 run failed:\n  dropout=0.5, seed 1: its worker ended",
  );
});

Deno.test("failureList() names twenty runs at most", () => {
  const text = failureList(failures(23), BUILT_IN) ?? "";
  assertStringIncludes(text, "23 runs failed:\n");
  assertEquals(text.match(/, seed /g)?.length, 20);
  assertStringIncludes(text, "\n  … and 3 more, which manifest.json lists");
});

Deno.test("failureList() is nothing if no run failed", () => {
  assertEquals(failureList([], BUILT_IN), undefined);
});
