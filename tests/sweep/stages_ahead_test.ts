import { assertEquals } from "@std/assert";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { stagesAhead } from "../../src/sweep/stages_ahead.ts";
import type { Stage, StageAhead } from "../../src/sweep/sweep_events.ts";
import { type ExperimentLines, withSmallExperiment } from "./_small_experiment.ts";

const PENALTIES = "[0, 0.1, 0.2, 0.3, 0.4]";

async function aheadOf(
  stage: Stage,
  lines: ExperimentLines,
  { stopAt, keepsModels = true }: { stopAt?: number; keepsModels?: boolean } = {},
): Promise<{ ahead: StageAhead[]; flops: number }> {
  let found: { ahead: StageAhead[]; flops: number } | undefined;
  await withSmallExperiment(async ({ experiment, dataset }) => {
    const { runs } = planRuns(experiment, dataset, stopAt);
    const ahead = stagesAhead(stage, runs, { experiment, dataset, keepsModels });
    const [{ flops }] = planRuns(experiment, dataset).runs;
    found = { ahead, flops };
    await Promise.resolve();
  }, lines);
  if (!found) throw new Error("There is no experiment");
  return found;
}

function shortly(ahead: readonly StageAhead[], flops: number) {
  return ahead.map(({ kind, runs, isAtMost, work }) => {
    const whole = [...work.values()].reduce((sum, next) => sum + next, 0) / flops;
    return [kind, runs, isAtMost, Math.round(whole * 1e6) / 1e6];
  });
}

Deno.test("stagesAhead() expects the test scores of three cells at most, which are short runs", async () => {
  const { ahead, flops } = await aheadOf({ kind: "runs" }, { penalties: PENALTIES, seeds: "4" });
  assertEquals(shortly(ahead, flops), [["scores", 12, true, 12]]);
  const alone = await aheadOf({ kind: "runs" }, { penalties: "[0]", seeds: "4" });
  assertEquals(shortly(alone.ahead, alone.flops), [["scores", 4, false, 4]]);
});

Deno.test("stagesAhead() expects long runs to be scored by their models, if there is room", async () => {
  const lines = { penalties: "[0]", seeds: "4", steps: 2_000_000 };
  for (const [keepsModels, work] of [[true, 0], [false, 4]] as const) {
    const { ahead, flops } = await aheadOf({ kind: "runs" }, lines, { keepsModels });
    assertEquals(shortly(ahead, flops), [["scores", 4, false, work]]);
  }
});

Deno.test("stagesAhead() expects nothing after test scores", async () => {
  const { ahead } = await aheadOf({ kind: "scores" }, {});
  assertEquals(ahead, []);
});

Deno.test("stagesAhead() knows the rungs to come, whose runs go on where they were stopped", async () => {
  const halving = { penalties: PENALTIES, more: "successive_halving: { min_steps: 2, eta: 2 }" };
  const first = await aheadOf({ kind: "rung", step: 2 }, halving, { stopAt: 2 });
  // Of 8 steps: 2 more for 3 cells, then 4 more for 2, with 2 seeds.
  const kinds = shortly(first.ahead, first.flops).map(([kind, runs]) => [kind, runs]);
  assertEquals(kinds, [["rung", 6], ["runs", 4], ["scores", 6]]);
  const [rung, runs] = shortly(first.ahead, first.flops).map(([, , , work]) => Number(work));
  assertEquals([rung < 6 * 0.3, runs < 4 * 0.55, runs > 4 * 0.45], [true, true, true]);
  const second = await aheadOf({ kind: "rung", step: 4 }, halving, { stopAt: 4 });
  assertEquals(second.ahead.map(({ kind }) => kind), ["runs", "scores"]);
});

Deno.test("stagesAhead() knows how many runs looks can have at most", async () => {
  const { ahead, flops } = await aheadOf({ kind: "look", seeds: 3 }, {
    ...{ penalties: "[0, 0.1]", seeds: "{ from: 3, to: 12, until: decided }" },
  });
  assertEquals(shortly(ahead, flops), [["look", 18, true, 18], ["scores", 24, true, 24]]);
});
