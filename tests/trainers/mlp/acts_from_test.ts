import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { MLP_HYPERPARAMETERS } from "../../../src/trainers/mlp/mlp_hyperparameters.ts";
import type { DatasetTask } from "../../../src/trainers/on_dataset.ts";
import type { TrainingState } from "../../../src/trainers/training_stage.ts";
import { configWith } from "../_model_fixture.ts";
import { isSameState, madeUpRows, taskWith, trainStage } from "./_stages.ts";

const dataset = madeUpRows(3);
const ROWS = MLP_HYPERPARAMETERS.filter(({ actsFrom }) => actsFrom);

/** Values that runs can share steps with. */
const VALUES: Record<string, fc.Arbitrary<Config[string]>> = {
  steps: fc.integer({ min: 1, max: 12 }),
  evaluate_every: fc.integer({ min: 1, max: 13 }),
  early_stopping: fc.constantFrom("none", 1, 2),
  prune_threshold: fc.constantFrom(0, 0.4, 0.8),
  prune_period: fc.integer({ min: 1, max: 13 }),
  schedule: fc.constantFrom("constant", "step", "cosine", "restarts"),
  schedule_period: fc.integer({ min: 1, max: 6 }),
  step_factor: fc.constantFrom(0.1, 0.5),
  cycle_factor: fc.integer({ min: 1, max: 3 }),
  averaging_start: fc.constantFrom("none", 1, 4, 9),
  averaging_period: fc.integer({ min: 1, max: 4 }),
  snapshots: fc.constantFrom("none", 2, 3, 4),
};

const BASES = fc.record({
  optimizer: fc.constantFrom("sgd", "adam"),
  batch_size: fc.constantFrom("all", 13),
  dropout: fc.constantFrom(0, 0.2),
  input_noise: fc.constantFrom(0, 0.3),
  cutout: fc.constantFrom(0, 0.5),
  mixup: fc.constantFrom(0, 1),
  cutmix: fc.constantFrom(0, 0.5),
  adversarial: fc.constantFrom(0, 0.1),
  momentum: fc.constantFrom(0, 0.9),
  warm_up: fc.constantFrom(0, 3),
  lookahead_steps: fc.constantFrom("none", 3),
});

/** The states before each step, up to the last one. */
async function statesOf(task: DatasetTask): Promise<TrainingState[]> {
  const states: TrainingState[] = [];
  const { steps } = task.config;
  for (let until = 0; until <= Number(steps); until++) {
    const state = await trainStage(dataset, { tasks: [task], from: states.at(-1), until });
    if (!state) break;
    states.push(state);
  }
  return states;
}

Deno.test("the rows of mlp that do not act from the start are these", () => {
  assertEquals(ROWS.map(({ key }) => key).sort(), Object.keys(VALUES).sort());
});

Deno.test("actsFrom is the first period of pruning that is on and before the last step", () => {
  const config = configWith({ prune_threshold: 0.1, prune_period: 7, steps: 20 });
  const cases: [Config, number][] = [
    [{}, 7],
    [{ prune_threshold: 0 }, Infinity],
    [{ prune_period: 19 }, 19],
    [{ prune_period: 20 }, Infinity],
    [{ steps: 7 }, Infinity],
    [{ steps: 8 }, 7],
  ];
  for (const { key, actsFrom } of ROWS) {
    for (const [values, expected] of cases) {
      const isPruning = key.startsWith("prune");
      assertEquals(actsFrom?.({ ...config, ...values }), isPruning ? expected : Infinity);
    }
  }
});

Deno.test("actsFrom of averages is the step whose update is followed by the first, or the second", () => {
  const rowOf = (key: string) => ROWS.find((row) => row.key === key);
  const of = (values: Config) =>
    ["averaging_start", "averaging_period"].map((key) =>
      rowOf(key)?.actsFrom?.(configWith(values))
    );
  assertEquals(of({}), [Infinity, Infinity]);
  assertEquals(of({ averaging_start: 8, averaging_period: 3, steps: 8 }), [7, 10]);
  assertEquals(of({ averaging_start: 9, averaging_period: 3, steps: 8 }), [Infinity, Infinity]);
});

Deno.test("actsFrom of snapshots is the step before which the first is taken", () => {
  const row = ROWS.find(({ key }) => key === "snapshots");
  const of = (values: Config) =>
    row?.actsFrom?.(
      configWith({ schedule: "restarts", schedule_period: 6, warm_up: 2, ...values }),
    );
  assertEquals(of({ steps: 9 }), 8);
  assertEquals(of({ steps: 8 }), Infinity);
  assertEquals(of({ steps: 9, schedule: "cosine" }), Infinity);
});

Deno.test("actsFrom of a schedule is the first step whose rate it lowers", () => {
  const config = configWith({ steps: 100, warm_up: 4, schedule_period: 30 });
  const expected: Record<string, Record<string, number>> = {
    constant: {},
    step: { schedule: 34, schedule_period: 34, step_factor: 34 },
    // Each rate depends on how many steps there are.
    cosine: { schedule: 5, steps: 5 },
    restarts: { schedule: 5, schedule_period: 5, cycle_factor: 35, snapshots: 34 },
  };
  for (const [schedule, steps] of Object.entries(expected)) {
    for (const { key, actsFrom } of ROWS) {
      const from = actsFrom?.({ ...config, schedule });
      assertEquals(from, steps[key] ?? Infinity, `${key} of ${schedule}`);
    }
  }
});

for (const { key, actsFrom } of ROWS) {
  Deno.test(`two configs that differ in ${key} have equal states before every step up to actsFrom`, async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(BASES, fc.record(VALUES), VALUES[key], async (base, values, other) => {
        const tasks = [values, { ...values, [key]: other }].map((values) =>
          taskWith({ hidden: [5], learning_rate: 0.1, ...base, ...values })
        );
        const [a, b] = await Promise.all(tasks.map(statesOf));
        const last = Math.min(...tasks.map(({ config }) => actsFrom?.(config) ?? 0));
        for (const [step, state] of a.entries()) {
          if (step > last || !b[step]) break;
          assert(isSameState(state, b[step]), `before step ${step}`);
          compared++;
        }
      }),
      { numRuns: 40 },
    );
    // Averages that begin with the run leave one state each.
    assert(compared > 40, `${compared} states`);
  });
}
