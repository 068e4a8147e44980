import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { resolveConfig } from "../../../src/trainers/config.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { notebookCanGoOn } from "../../../src/trainers/notebook/notebook_can_go_on.ts";
import { loadNotebook } from "../../../src/trainers/notebook/train_notebook.ts";
import type { Training, TrainingTask } from "../../../src/trainers/trainer.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";
import type {
  StageListener,
  TrainingStage,
  TrainingState,
} from "../../../src/trainers/training_stage.ts";
import { UnfitState } from "../../../src/trainers/unfit_state.ts";
import { nativeLibraries } from "../../_native_library.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { numbers } from "../_model_fixture.ts";
import { dataset as digits } from "../_train_digits.ts";

const kernels = await loadKernelsModule();
const [library] = await nativeLibraries();
const notebook = BUILT_IN.named("notebook");

const [ROWS, COLUMNS] = [61, 5];
const values = numbers(ROWS * COLUMNS, 3);
const dataset = numericDataset({
  ...{ rows: ROWS, columns: COLUMNS, classes: 3, checksum: "made up" },
  valueAt: (row, column) => values[row * COLUMNS + column] + 0.5 * (row % 3),
});

function taskWith(values: Config, others: Partial<TrainingTask> = {}): TrainingTask {
  return {
    config: resolveConfig(notebook, {
      max_steps: 9,
      disp_period: 3,
      learning_rate: 0.1,
      ...values,
    }),
    seed: 1337,
    split: { train: 0.5, validation: 0.5, test: 0, resplit: false },
    standardize: "none",
    ...others,
  };
}

function outcomeOf({ result: { trainSeconds: _, ...result }, test, parameters }: Training) {
  return { result, test, parameters };
}

function trainApart(tasks: readonly TrainingTask[]) {
  return Promise.all(tasks.map(async (task) => {
    return outcomeOf(await loadNotebook({ kernels, dataset })(task));
  }));
}

/** Trains a stage with kernels of its own; every second one is native if there are any. */
async function trainStage(stage: TrainingStage, listener: Partial<StageListener> = {}) {
  const native = stage.until % 2 === 0 ? library : undefined;
  const train = loadNotebook({ kernels, dataset, native });
  return await train.stage?.(stage, { onEnd() {}, ...listener });
}

async function trainInStages(tasks: readonly TrainingTask[], cuts: readonly number[]) {
  const outcomes: ReturnType<typeof outcomeOf>[] = [];
  let from: TrainingState | undefined;
  for (const until of [...cuts, Infinity]) {
    const going = tasks.map((_, index) => index).filter((index) => !outcomes[index]);
    if (going.length === 0) break;
    const state = await trainStage({ tasks: going.map((index) => tasks[index]), from, until }, {
      onEnd: (index, training) => void (outcomes[going[index]] = outcomeOf(training)),
    });
    from = state && structuredClone(state);
  }
  return outcomes;
}

const TECHNIQUES: Record<string, Config> = {
  "no regularization": { dropout_rate: 0, pruning_rate: 0 },
  "few dropped units": { dropout_rate: 0.03 },
  "many dropped units": { dropout_rate: 0.3 },
  "pruning, L1 and L2": { pruning_rate: 0.5, prune_period: 4, lambda_l1: 0.1, lambda_l2: 0.1 },
  "no step is finite": { learning_rate: 1e300, init_scale: 1e200 },
};

for (const [name, values] of Object.entries(TECHNIQUES)) {
  Deno.test(`the notebook's runs that share steps end as separate ones: ${name}`, async () => {
    const tasks = [5, 8, 9].flatMap((last) =>
      [2, 3].map((period, index) => {
        const measures = index === 0 ? ["macro_f1"] : undefined;
        const config = { ...values, max_steps: last, disp_period: period };
        return taskWith(config, { measures, scoresTest: last !== 8 });
      })
    );
    const expected = await trainApart(tasks);
    for (const cuts of [[], [4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]) {
      assertEquals(await trainInStages(tasks, cuts), expected, `stages at ${cuts}`);
    }
  });
}

Deno.test("the notebook's runs prune apart after what they share", async () => {
  const tasks = [
    taskWith({ pruning_rate: 0 }),
    taskWith({ pruning_rate: 0.5, prune_period: 4 }),
    taskWith({ pruning_rate: 0.9, prune_period: 6, max_steps: 5 }),
  ];
  const expected = await trainApart(tasks);
  const from = await trainStage({ tasks, until: 4 });
  for (const [index, task] of tasks.entries()) {
    await trainStage({ tasks: [task], from, until: Infinity }, {
      onEnd: (_, training) => assertEquals(outcomeOf(training), expected[index]),
    });
  }
});

Deno.test("the notebook's states are equal before every step up to actsFrom", async () => {
  const VALUES: Record<string, fc.Arbitrary<number>> = {
    pruning_rate: fc.constantFrom(0, 0.4, 0.8),
    prune_period: fc.integer({ min: 1, max: 7 }),
    max_steps: fc.integer({ min: 0, max: 6 }),
    disp_period: fc.integer({ min: 1, max: 7 }),
  };
  const rows = notebook.hyperparameters.filter(({ actsFrom }) => actsFrom);
  assertEquals(rows.map(({ key }) => key).sort(), Object.keys(VALUES).sort());
  for (const { key, actsFrom } of rows) {
    await fc.assert(
      fc.asyncProperty(fc.record(VALUES), VALUES[key], async (config, other) => {
        const tasks = [config, { ...config, [key]: other }].map((values) => taskWith(values));
        const last = Math.min(...tasks.map(({ config }) => actsFrom?.(config) ?? 0), 7);
        const states = await Promise.all(
          tasks.map((task) => {
            const until = Math.min(
              last,
              ...tasks.map(({ config }) => Number(config.max_steps) + 1),
            );
            return trainStage({ tasks: [task], until });
          }),
        );
        assertEquals(states[0]?.arrays, states[1]?.arrays);
      }),
      { numRuns: 12 },
    );
  }
});

Deno.test("a notebook's run goes on from the end of a shorter one and from where it was wanted", async () => {
  const task = taskWith({ max_steps: 9, disp_period: 2 });
  const [expected] = await trainApart([task]);
  const states: TrainingState[] = [];
  await trainStage({
    tasks: [taskWith({ max_steps: 5, disp_period: 2 })],
    until: Infinity,
    keepsEnds: true,
  }, {
    onEndState: (_, state) => states.push(state),
    wantsState: () => true,
    onState: (state) => states.push(state),
  });
  assertEquals(states.map(({ step }) => step), [1, 3, 5, 6]);
  for (const from of states) {
    assert(notebookCanGoOn(task, from));
    await trainStage({ tasks: [task], from, until: Infinity }, {
      onEnd: (_, training) => assertEquals(outcomeOf(training), expected),
    });
  }
  const [first] = states;
  assert(!notebookCanGoOn(taskWith({ max_steps: 3 }), states[3]), "it is too short");
  assert(!notebookCanGoOn(taskWith({ disp_period: 1 }), states[3]), "an evaluation is missing");
  assert(notebookCanGoOn(taskWith({ disp_period: 1 }), first));
  assert(!notebookCanGoOn(taskWith({}, { measures: ["macro_f1"] }), first), "a measure is missing");
});

Deno.test("a damaged state of the notebook is refused", async () => {
  const task = taskWith({});
  const state = await trainStage({ tasks: [task], until: 5 });
  assert(state);
  const { arrays } = state;
  const random = new Int32Array(arrays.random.slice().buffer);
  const randomAt = (next: number) => new Uint8Array(random.with(624, next).buffer);
  const damaged: Partial<TrainingState>[] = [
    ...Object.entries(arrays).flatMap(([name, bytes]) => {
      const { [name]: _, ...others } = arrays;
      return [others, { ...arrays, [name]: bytes.slice(8) }];
    }).map((arrays) => ({ arrays })),
    { arrays: { ...arrays, more: new Uint8Array(8) } },
    { arrays: { ...arrays, random: randomAt(625) } },
    { arrays: { ...arrays, random: randomAt(-1) } },
    ...[-1, 0.5, NaN, 11].map((step) => ({ step })),
    { evaluations: [] },
  ];
  for (const [index, others] of damaged.entries()) {
    const from = { ...state, ...others };
    const going = () => trainStage({ tasks: [task], from, until: Infinity });
    await assertRejects(going, UnfitState, undefined, `${index}`);
  }
});

Deno.test("a notebook's model alone gives the scores that training gives, to the bit", async () => {
  for (const values of Object.values(TECHNIQUES)) {
    const task = taskWith(values, { measures: ["macro_f1", "brier"], scoresTest: true });
    const { test, parameters } = await loadNotebook({ kernels, dataset })(task);
    assert(test);
    assertEquals(await loadNotebook({ kernels, dataset }).score?.(task, parameters), test);
  }
  const task = taskWith({ max_steps: 1 }, { scoresTest: true });
  const train = loadNotebook({ kernels, dataset: digits });
  const { test, parameters } = await train(task);
  assertEquals(test?.units.length, 8);
  assertEquals(await train.score?.(task, parameters), test);
  await assertRejects(
    async () => await train.score?.(task, parameters.slice(1)),
    UnfitState,
    "A model must have layer0.weight (64, 128); it has layer0.bias (128)",
  );
});
