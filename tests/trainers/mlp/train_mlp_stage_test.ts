import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import type { Dataset } from "../../../src/dataset/dataset.ts";
import { nativeKernels } from "../../../src/kernels/native_kernels.ts";
import { referenceKernels } from "../../../src/kernels/reference.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { SeedStart } from "../../../src/trainers/mlp/_seed_start.ts";
import { mlpCanGoOn } from "../../../src/trainers/mlp/mlp_can_go_on.ts";
import { trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import { trainMlpStage } from "../../../src/trainers/mlp/train_mlp_stage.ts";
import type { DatasetTask } from "../../../src/trainers/on_dataset.ts";
import type { TrainingState } from "../../../src/trainers/training_stage.ts";
import { UnfitState } from "../../../src/trainers/unfit_state.ts";
import { nativeLibraries } from "../../_native_library.ts";
import {
  isSameState,
  madeUpRows,
  newKernels,
  type Outcome,
  stateBefore,
  taskWith,
  trainApart,
  trainInStages,
  trainStage,
} from "./_stages.ts";
import { OF_CLASSES, TECHNIQUES } from "./_techniques.ts";

const classes = madeUpRows(3);
const quantities = madeUpRows(1);
const libraries = await nativeLibraries();

/** Every combination of values. */
function gridOf(values: Readonly<Record<string, readonly Config[string][]>>): Config[] {
  return Object.entries(values).reduce<Config[]>(
    (configs, [key, choices]) =>
      configs.flatMap((config) => choices.map((choice) => ({ ...config, [key]: choice }))),
    [{}],
  );
}

/** Runs of different lengths, with different evaluations, which can stop early. */
const LISTS = gridOf({
  steps: [21, 30],
  evaluate_every: [4, 5],
  early_stopping: ["none", 1, 3],
});

const RUNS: readonly { name: string; values: Config; dataset: Dataset }[] = [
  ...Object.entries({ ...TECHNIQUES, ...OF_CLASSES }).map(([name, values]) => {
    return { name, values, dataset: classes };
  }),
  ...Object.entries(TECHNIQUES).map(([name, values], index) => {
    const loss = index % 2 === 0 ? "squared" : "huber";
    return { name: `${name}, of a quantity`, values: { ...values, loss }, dataset: quantities };
  }),
];

for (const { name, values, dataset } of RUNS) {
  Deno.test(`runs that share steps end as separate ones, in one stage and in many: ${name}`, async () => {
    // The rates of a cosine over the run depend on how long it is.
    const lists = LISTS.filter(({ steps }) => values.schedule !== "cosine" || steps === 30);
    const tasks = lists.map((list, index) => {
      return taskWith({ ...values, ...list }, { scoresTest: index % 2 === 0 });
    });
    const expected = await trainApart(dataset, tasks);
    for (const cuts of [[], [5], [1, 2, 7, 20, 21, 22], [21, 30]]) {
      assertEquals(await trainInStages(dataset, tasks, { cuts }), expected, `stages at ${cuts}`);
    }
  });
}

const KERNELS = [
  { name: "WebAssembly", create: newKernels },
  {
    name: "plain TypeScript",
    create: () => referenceKernels("f32", new WebAssembly.Memory({ initial: 1 })),
  },
  ...libraries.map((library) => ({
    name: `${library.bits} bits`,
    create: () => nativeKernels(library, newKernels()),
  })),
];

for (const [name, values] of Object.entries({ ...TECHNIQUES, ...OF_CLASSES })) {
  Deno.test(`a run goes on from a state that other kernels made: ${name}`, async () => {
    const task = taskWith({ ...values, early_stopping: 4, evaluate_every: 3 }, { seed: 5 });
    const expected = await trainApart(classes, [task]);
    // Each is followed by each.
    const order = KERNELS.flatMap((_, a) => KERNELS.flatMap((_, b) => [a, b]));
    const cuts = order.slice(1).map((_, index) => index + 1).filter((cut) => cut < 30);
    const kernelsOf = (stage: number) => KERNELS[order[stage]].create();
    assertEquals(await trainInStages(classes, [task], { cuts, kernelsOf }), expected);
  });
}

/** As in sweeps that share their steps. */
const SWEEPS: Record<string, Config> = {
  "SGD": {},
  "Adam": { optimizer: "adam", learning_rate: 0.01 },
};
const ADDITIONS: Record<string, Config> = {
  "full batch": {},
  "batches": { batch_size: 16, momentum: 0.9, max_norm: 2 },
  "dropout": { dropout: 0.2 },
  "noise on batches with dropout": { batch_size: 13, dropout: 0.1, input_noise: 0.3 },
  "cut-out of batches": { batch_size: 13, cutout: 0.4 },
  "mixup of batches": { batch_size: 13, mixup: 1, input_noise: 0.1 },
  "cut-mix of batches": { batch_size: 13, cutmix: 0.5 },
  "adversarial training of batches": { batch_size: 13, adversarial: 0.1, dropout: 0.1 },
};

for (const [optimizer, base] of Object.entries(SWEEPS)) {
  for (const [addition, values] of Object.entries(ADDITIONS)) {
    Deno.test(`runs that prune at each other's ends and evaluations share steps: ${optimizer}, ${addition}`, async () => {
      const lists = gridOf({
        steps: [100, 150],
        evaluate_every: [40, 50],
        early_stopping: ["none", 1, 2],
      });
      const common: Config = {
        ...{ hidden: [6], prune_threshold: 0.5, prune_period: 50, learning_rate: 0.5 },
        ...base,
        ...values,
      };
      const tasks = lists.map((list) => taskWith({ ...common, ...list }));
      const expected = await trainApart(classes, tasks);
      for (const cuts of [[], [50, 100], [99, 101]]) {
        assertEquals(await trainInStages(classes, tasks, { cuts }), expected, `stages at ${cuts}`);
      }
      const ends = new Set(expected.map(({ result: { evaluations } }) => evaluations.length));
      assert(ends.size > 2, "they end at different steps");
    });
  }
}

Deno.test("a run that does not prune shares steps with one that does, up to its first pruning", async () => {
  const plain = taskWith({ steps: 12, prune_threshold: 0 });
  const pruned = taskWith({ steps: 30, prune_threshold: 0.9, prune_period: 12 });
  const short = taskWith({ steps: 12, prune_threshold: 0.5, prune_period: 12 });
  const tasks = [plain, pruned, short];
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 2, 0]]) {
    const some = order.map((index) => tasks[index]);
    assertEquals(
      await trainInStages(classes, some, { cuts: [12] }),
      await trainApart(classes, some),
    );
  }
  // As far as they do nothing, pruning's settings can differ: what is long decides.
  const idle = taskWith({ steps: 12, prune_threshold: 0.9, prune_period: 12 });
  const long = taskWith({ steps: 30, prune_threshold: 0 });
  assertEquals(
    await trainInStages(classes, [idle, long]),
    await trainApart(classes, [idle, long]),
  );
});

Deno.test("each run of a stage has the measures that it requested", async () => {
  for (const cuts of [[], [15]]) {
    const tasks = [
      taskWith({}, { measures: ["macro_f1"], scoresTest: true }),
      taskWith({ steps: 20 }),
      taskWith({ steps: 25 }, { measures: ["brier", "macro_f1"], scoresTest: true }),
    ];
    const apart = await trainApart(classes, tasks);
    assertEquals(await trainInStages(classes, tasks, { cuts }), apart);
  }
});

Deno.test("a stage's runs can diverge, each at the first of its own evaluations", async () => {
  const tasks = gridOf({ evaluate_every: [1, 4, 9], steps: [9, 30], early_stopping: ["none", 20] })
    .map((list) => taskWith({ ...list, learning_rate: 1e30 }));
  const expected = await trainApart(classes, tasks);
  assertEquals(await trainInStages(classes, tasks), expected);
  assertEquals(await trainInStages(classes, tasks, { cuts: [2, 5] }), expected);
  assert(expected.every(({ result: { status } }) => status === "diverged"));
  assertEquals(new Set(expected.map(({ result: { steps } }) => steps)).size, 3);
});

Deno.test("a fold's runs share steps", async () => {
  const split = { train: 0.6, validation: 0.2, test: 0.2, resplit: true, folds: 3 };
  const tasks = [20, 30].map((steps) =>
    taskWith({ steps, batch_size: 11, dropout: 0.2 }, { split, fold: 2 })
  );
  assertEquals(
    await trainInStages(classes, tasks, { cuts: [3, 20] }),
    await trainApart(classes, tasks),
  );
});

Deno.test("a run goes on from the end of a shorter one, and from where it was stopped", async () => {
  const values: Config = {
    batch_size: 13,
    optimizer: "adam",
    prune_threshold: 0.4,
    prune_period: 10,
  };
  const long = taskWith({ ...values, steps: 40, early_stopping: 3, evaluate_every: 5 });
  const [expected] = await trainApart(classes, [long]);
  const first: DatasetTask[] = [
    { ...long, config: { ...long.config, steps: 20 } },
    { ...long, stopAt: 20 },
  ];
  for (const task of first) {
    const states: TrainingState[] = [];
    const outcomes: string[] = [];
    await trainStage(classes, { tasks: [task], until: Infinity, keepsEnds: true }, {
      onEndState: (_, state) => (states.push(state), outcomes.push("state")),
      onEnd: () => void outcomes.push("end"),
    });
    assertEquals(outcomes, ["state", "end"]);
    const [from] = states;
    assertEquals(from.step, 20);
    assertEquals(await trainFrom(from, [long]), [expected]);
    // And to the same end again.
    assertEquals(await trainFrom(from, [task]), await trainApart(classes, [task]));
  }
});

async function trainFrom(from: TrainingState, tasks: readonly DatasetTask[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await trainStage(classes, { tasks, from, until: Infinity }, {
    onEnd(index, { result: { trainSeconds: _, ...result }, test, parameters }) {
      outcomes[index] = { result, test, parameters };
    },
  });
  return outcomes;
}

Deno.test("a stage gives the states that its listener wants, before the next step", async () => {
  const task = taskWith({ steps: 30, evaluate_every: 7, early_stopping: 20 });
  const states: TrainingState[] = [];
  let asked = 0;
  const last = await trainStage(classes, { tasks: [task], until: 29 }, {
    wantsState: () => asked++ % 2 === 1,
    onState: (state) => states.push(state),
  });
  assertEquals(states.map(({ step }) => step), [8, 22]);
  const [expected] = await trainApart(classes, [task]);
  assert(last);
  for (const state of [...states, last]) assertEquals(await trainFrom(state, [task]), [expected]);
});

Deno.test("states are the same whichever stages led to them", async () => {
  const values = {
    batch_size: 13,
    dropout: 0.2,
    input_noise: 0.1,
    cutout: 0.3,
    mixup: 1,
    cutmix: 0.5,
  };
  const task = taskWith({
    ...values,
    ...{ prune_threshold: 0.3, prune_period: 7, steps: 30, adversarial: 0.1 },
  });
  let from: TrainingState | undefined;
  for (let until = 1; until <= 30; until++) {
    const whole = await trainStage(classes, { tasks: [task], until });
    from = await trainStage(classes, { tasks: [task], from, until });
    assert(from && whole && isSameState(from, whole), `before step ${until}`);
  }
});

Deno.test("a run's trainSeconds count the steps before the state that it goes on from", async () => {
  const task = taskWith({});
  const state = await stateBefore(10, classes, { tasks: [task] });
  let seconds = 0;
  const from = { ...state, trainSeconds: 1000 };
  await trainStage(classes, { tasks: [task], from, until: Infinity }, {
    onEnd: (_, { result }) => void (seconds = result.trainSeconds),
  });
  assert(seconds > 1000, `${seconds}`);
});

/** A state that has everything that one can have. */
async function richState(): Promise<{ task: DatasetTask; state: TrainingState }> {
  const task = taskWith({
    ...{ batch_size: 13, dropout: 0.2, input_noise: 0.1, prune_threshold: 0.3, prune_period: 7 },
    ...{ optimizer: "adam", early_stopping: 9, evaluate_every: 5, learning_rate: 0.02 },
    ...{ cutout: 0.3, mixup: 0.5, cutmix: 0.5 },
  });
  return { task, state: await stateBefore(12, classes, { tasks: [task] }) };
}

Deno.test("a damaged state is refused, and the run can then start from its first step", async () => {
  const { task, state } = await richState();
  const kernels = newKernels();
  const start = new SeedStart(kernels);
  const trainOn = (from: TrainingState) => {
    return trainMlpStage(kernels, classes, { tasks: [task], from, until: Infinity }, {
      onEnd() {},
    }, start);
  };
  const withArray = (name: string, bytes?: Uint8Array): TrainingState => {
    const { [name]: _, ...others } = state.arrays;
    return { ...state, arrays: bytes ? { ...others, [name]: bytes } : others };
  };
  const order = new Int32Array(state.arrays["batches.order"].slice().buffer);
  const orderWith = (row: number) => new Uint8Array(Int32Array.from(order).fill(row, 0, 1).buffer);
  const [[step, best]] = state.best;
  const damaged: Record<string, TrainingState> = {
    ...Object.fromEntries(
      Object.entries(state.arrays).flatMap(([name, bytes]) => [
        ...(name.endsWith(".mask") ? [] : [[`no ${name}`, withArray(name)]]),
        [`short ${name}`, withArray(name, bytes.slice(1))],
        [`long ${name}`, withArray(name, new Uint8Array(bytes.length + 4))],
        [`empty ${name}`, withArray(name, new Uint8Array())],
      ]),
    ),
    "another array": withArray("velocity0", new Uint8Array(64)),
    "a row that is not there": withArray("batches.order", orderWith(1e9)),
    "a negative row": withArray("batches.order", orderWith(-1)),
    "a row twice": withArray("batches.order", orderWith(order[1])),
    "no best parameters": { ...state, best: new Map() },
    "half of the best parameters": {
      ...state,
      best: new Map([[step, { "layer0.weight": best["layer0.weight"] }]]),
    },
    "no evaluations": { ...state, evaluations: [] },
    "an evaluation less": { ...state, evaluations: state.evaluations.slice(1) },
    "a later step": { ...state, step: 20 },
    "a step past the end": { ...state, step: 31 },
    "half a step": { ...state, step: 11.5 },
    "a negative step": { ...state, step: -1 },
    "no step": { ...state, step: NaN },
  };
  const [expected] = await trainApart(classes, [task]);
  for (const [name, from] of Object.entries(damaged)) {
    await assertRejects(() => trainOn(from), UnfitState, undefined, name);
  }
  const { result: { trainSeconds: _, ...result } } = await trainMlp(
    kernels,
    classes,
    task,
    {},
    start,
  );
  assertEquals(result, expected.result);
});

Deno.test("a state of another network or optimizer is refused", async () => {
  const { task, state } = await richState();
  const others: Config[] = [
    { hidden: [10] },
    { hidden: [10, 7] },
    { optimizer: "sgd" },
    { batch_size: "all" },
    { input_noise: 0 },
    { cutout: 0 },
    { mixup: 0 },
    { cutmix: 0 },
  ];
  for (const values of others) {
    const other = { ...task, config: { ...task.config, ...values } };
    await assertRejects(
      () => trainStage(classes, { tasks: [other], from: state, until: Infinity }),
      UnfitState,
      "A state must",
    );
  }
});

Deno.test("whatever bytes a state has, a run goes on from it or refuses it", async () => {
  const { task, state } = await richState();
  const names = Object.keys(state.arrays);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      async (name, at, bytes) => {
        const copy = state.arrays[name].slice();
        for (const [n, byte] of bytes.entries()) copy[(at + n) % copy.length] = byte;
        const from = { ...state, arrays: { ...state.arrays, [name]: copy } };
        try {
          await trainStage(classes, { tasks: [task], from, until: Infinity });
        } catch (error) {
          assert(error instanceof UnfitState);
        }
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("mlpCanGoOn() wants a run's evaluations, measures, patience and best parameters", async () => {
  const state = await stateBefore(18, classes, {
    tasks: [
      taskWith({ evaluate_every: 4, early_stopping: 3 }),
      taskWith({ evaluate_every: 6 }, { measures: ["macro_f1"] }),
    ],
  });
  const canGoOn = (values: Config, others: Partial<DatasetTask> = {}) =>
    mlpCanGoOn(taskWith(values, others), state);
  assert(canGoOn({ evaluate_every: 4 }));
  assert(canGoOn({ evaluate_every: 8 }), "some of the evaluations");
  assert(canGoOn({ evaluate_every: 12 }));
  assert(canGoOn({ evaluate_every: 18 }), "the next evaluation is the state's step");
  assert(!canGoOn({ evaluate_every: 5 }), "5 is missing");
  assert(!canGoOn({ evaluate_every: 2 }), "2 is missing");
  assert(canGoOn({ evaluate_every: 6 }, { measures: ["macro_f1"] }));
  assert(!canGoOn({ evaluate_every: 6 }, { measures: ["macro_f1", "brier"] }));
  assert(canGoOn({ evaluate_every: 4, steps: 18 }));
  assert(!canGoOn({ evaluate_every: 4, steps: 17 }));
  assert(!canGoOn({ evaluate_every: 4 }, { stopAt: 17 }));
  assert(canGoOn({ evaluate_every: 4 }, { stopAt: 18 }));
  assert(canGoOn({ evaluate_every: 4, early_stopping: 7 }));
  const best = new Map<number, never>();
  const withoutBest = { ...state, best };
  assert(!mlpCanGoOn(taskWith({ evaluate_every: 4, early_stopping: 7 }), withoutBest));
  assert(mlpCanGoOn(taskWith({ evaluate_every: 4 }), withoutBest));
  const rising = state.evaluations.map((evaluation, index) => {
    return { ...evaluation, measures: { ...evaluation.measures, validation_loss: index } };
  });
  const late = { ...state, evaluations: rising, best: new Map([[0, {}]]) };
  assert(!mlpCanGoOn(taskWith({ evaluate_every: 4, early_stopping: 4 }), late), "it has ended");
  assert(mlpCanGoOn(taskWith({ evaluate_every: 4, early_stopping: 5 }), late));
  const broken = state.evaluations.map((evaluation) => {
    const loss = evaluation.step === 6 ? NaN : 1;
    return { ...evaluation, measures: { ...evaluation.measures, train_loss: loss } };
  });
  assert(!mlpCanGoOn(taskWith({ evaluate_every: 6 }), { ...state, evaluations: broken }));
  assert(mlpCanGoOn(taskWith({ evaluate_every: 4 }), { ...state, evaluations: broken }));
});
