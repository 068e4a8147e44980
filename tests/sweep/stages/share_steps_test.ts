import { assertEquals } from "@std/assert";
import type { RunStates } from "../../../src/sweep/stages/run_states.ts";
import { partAt, sharedUntil, workOf, workShares } from "../../../src/sweep/stages/share_steps.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";

/** A run of 10 flops a step with a pruning threshold that acts from its period on. */
function run({ steps, l2 = 0, threshold = 0, period = 50 }: {
  steps: number;
  l2?: number;
  threshold?: number;
  period?: number;
}) {
  const config: Config = { steps, l2, threshold, period };
  const states: RunStates = [
    { from: 0, keys: ["l2"] },
    ...threshold > 0 && period < steps ? [{ from: period, keys: ["threshold", "period"] }] : [],
  ];
  const identity = { trainer: "a", version: 1, config, seed: 1 };
  return { identity, states, mostSteps: steps, flops: 10 * steps };
}

Deno.test("sharedUntil() is infinite for runs that differ only in their ends", () => {
  assertEquals(sharedUntil([run({ steps: 100 }), run({ steps: 150 })], 0), Infinity);
});

Deno.test("sharedUntil() is the first step whose work differs, from a step on", () => {
  const runs = [
    run({ steps: 200 }),
    run({ steps: 200, threshold: 0.5, period: 50 }),
    run({ steps: 200, threshold: 0.5, period: 100 }),
  ];
  assertEquals(sharedUntil(runs, 0), 50);
  assertEquals(partAt(runs, 50), [[runs[0], runs[2]], [runs[1]]]);
  assertEquals(sharedUntil([runs[0], runs[2]], 50), 100);
  assertEquals(sharedUntil([runs[1]], 50), Infinity);
});

Deno.test("sharedUntil() finds that runs part where they begin", () => {
  const runs = [run({ steps: 200 }), run({ steps: 200, threshold: 0.5, period: 50 })];
  assertEquals(sharedUntil(runs, 50), 50);
});

Deno.test("partAt() parts runs that differ from the first step on", () => {
  assertEquals(partAt([run({ steps: 9 }), run({ steps: 9, l2: 1 })], 0).length, 2);
});

Deno.test("workOf() counts shared steps once", () => {
  const ends = [300, 600, 1200, 2400].map((steps) => run({ steps }));
  assertEquals(workOf(ends), { steps: 2400, flops: 24_000 });
  assertEquals(workOf([run({ steps: 9 }), run({ steps: 9, l2: 1 })]), { steps: 18, flops: 180 });
});

Deno.test("workOf() follows runs that part, and part again", () => {
  const runs = [
    run({ steps: 200 }),
    run({ steps: 200, threshold: 0.5, period: 50 }),
    run({ steps: 150, threshold: 0.9, period: 50 }),
    run({ steps: 200, threshold: 0.5, period: 100 }),
    // Ends before it prunes.
    run({ steps: 80, threshold: 0.5, period: 100 }),
  ];
  // 50 together; then 150, 100, and 50 of the two others before they take 100 each.
  assertEquals(workOf(runs).steps, 50 + 150 + 100 + 50 + 100 + 100);
});

Deno.test("workOf() leaves out the steps before a kept state", () => {
  const runs = [run({ steps: 600 }), run({ steps: 1200 }), run({ steps: 2400 })];
  const stepOf = ({ mostSteps }: { mostSteps?: number }) => mostSteps === 600 ? 0 : 600;
  assertEquals(workOf(runs, stepOf).steps, 600 + 1800);
});

Deno.test("workOf() counts each run whose trainer's runs have no states", () => {
  const alone = { ...run({ steps: 5 }), states: undefined };
  assertEquals(workOf([alone, alone]), { steps: 10, flops: 100 });
});

Deno.test("workShares() divides the work of shared steps evenly among the runs that share them", () => {
  const runs = [
    run({ steps: 200 }),
    run({ steps: 200, threshold: 0.5, period: 50 }),
    run({ steps: 100, l2: 1 }),
  ];
  assertEquals(workShares(runs), [250 + 1500, 250 + 1500, 1000]);
  assertEquals(workShares(runs, () => 50), [1500, 1500, 500]);
});
