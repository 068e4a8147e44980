import { assertAlmostEquals, assertEquals } from "@std/assert";
import { estimateSeconds, measureRate, rateOf } from "../../src/sweep/estimate_time.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { RunTrainer } from "../../src/trainers/run_trainer.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { plannedRuns } from "./_planned_runs.ts";
import { noData, runResult } from "./_run_result.ts";

const SHAPE = { trainRows: 60, validationRows: 20, testRows: 20, columns: 4, classes: 3 };

Deno.test("rateOf() is the time of the completed runs over their work", () => {
  const runs = plannedRuns([{}, {}, {}, {}]).map((run) => ({ ...run, flops: 100 }));
  const records = [2, 4, 99, undefined].map((trainSeconds, index) =>
    trainSeconds === undefined ? undefined : {
      ...runs[index],
      result: {
        ...runResult(index),
        status: index === 2 ? "diverged" as const : "completed" as const,
        trainSeconds,
      },
    }
  );
  assertEquals(rateOf(runs, records), 6 / 200);
  assertEquals(rateOf(runs, runs.map(() => undefined)), undefined);
});

Deno.test("rateOf() leaves out runs that early stopping ended before their last step", () => {
  const runs = plannedRuns([{ steps: 1 }, { steps: 5 }]).map((run) => ({ ...run, flops: 100 }));
  const records = runs.map((run, index) => ({
    ...run,
    result: { ...runResult(index), steps: 1, trainSeconds: 3 },
  }));
  assertEquals(rateOf(runs, records), 3 / 100);
});

/** Takes so long per step, and may diverge at one. */
function clockwork(secondsPerStep: number, divergesAt = Infinity): Pick<RunTrainer, "train"> {
  return {
    train: ({ config, seed }) => {
      const steps = Math.min(Number(config.steps), divergesAt);
      return Promise.resolve({
        result: { ...runResult(seed), steps, trainSeconds: secondsPerStep * steps },
        parameters: [],
        data: noData,
      });
    },
  };
}

Deno.test("measureRate() trains for long enough, and counts the steps that were done", async () => {
  const [run] = plannedRuns([resolveConfig(BUILT_IN.named("mlp"), { steps: 1_000_000 })]);
  for (const [trainer, steps] of [[clockwork(0.01), 16], [clockwork(0.01, 3), 3]] as const) {
    const flops = BUILT_IN.named("mlp").cost({ ...run.task.config, steps }, SHAPE);
    assertAlmostEquals(
      await measureRate(trainer, run, { trainers: BUILT_IN, shape: SHAPE }),
      0.01 * steps / flops,
      1e-12,
    );
  }
});

Deno.test("estimateSeconds() shares work among workers, but no single run", () => {
  const runs = [60, 20, 20].map((flops) => ({ ...plannedRuns([{}])[0], flops }));
  assertEquals(estimateSeconds(runs, 0.5, 1), 50);
  assertEquals(estimateSeconds(runs, 0.5, 2), 30);
  assertEquals(estimateSeconds([], 0.5, 2), 0);
});
