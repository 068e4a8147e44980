import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { Config, HyperparameterValue } from "../../src/trainers/hyperparameter.ts";
import { TRAINERS } from "../../src/trainers/registry.ts";
import type { IdleRule, TrainerName } from "../../src/trainers/trainer.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { numbers } from "./_model_fixture.ts";

const ROWS = 60;
const SPLIT = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
const SHAPE = { trainRows: 36 };

type Values = Readonly<Record<string, readonly HyperparameterValue[]>>;

/** Values for short runs: of each key some that matter, some that change nothing, and the bounds. */
const VALUES: Readonly<Record<TrainerName, Values>> = {
  mlp: {
    hidden: [[], [5], [6, 4], [5, 5]],
    activation: ["relu", "tanh", "identity"],
    init: ["he", "glorot", "normal"],
    "init_scale": [0, 0.01, 0.5],
    // Refused where the target is a class.
    loss: ["squared"],
    "class_weight": ["none", "balanced", "{0: 1, 2: 5}"],
    optimizer: ["sgd", "adam"],
    "learning_rate": [0.01, 0.3],
    schedule: ["constant", "step", "cosine", "restarts"],
    "warm_up": [0, 1, 3, 6],
    "schedule_period": [1, 2, 3, 6],
    "step_factor": [0.1, 0.5, 1],
    "cycle_factor": [1, 2],
    momentum: [0, 0.5, 0.9],
    beta1: [0, 0.8, 0.9],
    beta2: [0.9, 0.999],
    epsilon: [1e-8, 0.1],
    "batch_size": ["all", 5, 35, 36, 37, 1000],
    steps: [0, 1, 5, 6],
    "clip_gradient": ["none", 0.01],
    "l1_penalty": [0, 0.01],
    "l1_method": ["gradient", "proximal"],
    "group_lasso": [0, 0.01],
    "l2_penalty": [0, 0.01],
    "weight_decay": [0, 0.1],
    "max_norm": ["none", 0.5],
    dropout: [0, 0.02, 0.5],
    "batch_norm": ["off", "on"],
    "batch_norm_momentum": [0, 0.9],
    skip: ["none", "residual"],
    "shake_drop": [0, 0.5],
    "label_smoothing": [0, 0.1],
    "input_noise": [0, 0.5],
    cutout: [0, 0.5],
    "cutout_share": [0.2, 0.5],
    cutmix: [0, 0.5],
    mixup: [0, 0.4],
    adversarial: [0, 0.1],
    "adversarial_weight": [0.5, 1],
    "lookahead_steps": ["none", 1, 2, 5, 6],
    "lookahead_rate": [0.5, 0.8],
    "averaging_start": ["none", 1, 2, 5, 6],
    "averaging_period": [1, 2, 4, 5],
    snapshots: ["none", 2, 3],
    "prune_threshold": [0, 0.5],
    "prune_period": [1, 5, 6, 100],
    "early_stopping": ["none", 1, 2, 3, 5, 6, 100],
    "evaluate_every": [1, 2, 5, 6, 100],
  },
  notebook: {
    "learning_rate": [0, 0.003, 0.1],
    "dropout_rate": [0, 0.025, 0.5],
    "pruning_rate": [0, 0.1, 1],
    "prune_period": [1, 2, 3, 4, 100],
    "lambda_l1": [0, 0.1],
    "lambda_l2": [0, 0.1],
    "max_steps": [0, 2, 3],
    "disp_period": [1, 2, 3, 4, 100],
    "init_scale": [0.01, 0.1],
  },
};

/** How many pairs to train; the notebook's runs take longer. */
const RUNS: Readonly<Record<TrainerName, number>> = { mlp: 40, notebook: 8 };

const kernels = await loadKernelsModule();
const dataset = blobs();

for (const { name, hyperparameters, idle = [], ...trainer } of TRAINERS) {
  const train = await trainer.load({ kernels, dataset });
  const configs = fc.record(
    Object.fromEntries(
      hyperparameters.map(({ key }) => [key, fc.constantFrom(...VALUES[name][key])]),
    ),
  ).map((values) => resolveConfig(BUILT_IN.named(name), values));

  /** All of a run that any file shows. */
  const resultOf = async (config: Config, seed: number) => {
    const task = { config, seed, split: SPLIT, standardize: "global" as const, scoresTest: true };
    const { result: { trainSeconds: _, ...result }, test } = await train(task);
    return { result, test };
  };

  for (const rule of idle) {
    Deno.test(`${name}: runs that differ in idle ${rule.keys.join(", ")} are the same`, async () => {
      const isIdle = (config: Config) => rule.isIdle(config, SHAPE);
      const pairs = fc.record({
        one: configs,
        other: configs,
        seed: fc.integer({ min: 1, max: 99 }),
      })
        .map(({ one, other, seed }) => ({ one, other: withKeys(one, other, rule.keys), seed }))
        .filter(({ one, other }) => isIdle(one) && isIdle(other));
      await fc.assert(
        fc.asyncProperty(pairs, async ({ one, other, seed }) => {
          assertEquals(await resultOf(one, seed), await resultOf(other, seed));
        }),
        { numRuns: RUNS[name] },
      );
    });
  }

  Deno.test(`${name}: cells with the same idle keys and the same rest are the same run`, async () => {
    const idleOf = (config: Config) =>
      new Set(idle.filter((rule) => rule.isIdle(config, SHAPE)).flatMap(({ keys }) => keys));
    const pairs = fc.record({ one: configs, other: configs }).map(({ one, other }) => ({
      one,
      other: withKeys(one, other, [...idleOf(one)]),
    })).filter(({ one, other }) => {
      return idleOf(one).size > 0 && [...idleOf(one)].join() === [...idleOf(other)].join();
    });
    await fc.assert(
      fc.asyncProperty(pairs, async ({ one, other }) => {
        assertEquals(await resultOf(one, 1), await resultOf(other, 1));
      }),
      { numRuns: 4 * RUNS[name] },
    );
  });

  Deno.test(`${name}: idle rules name the hyperparameters that they read`, () => {
    for (const { keys, reads, isIdle } of idle) {
      const known = new Set(hyperparameters.map(({ key }) => key));
      assertEquals([...keys, ...reads].filter((key) => !known.has(key)), []);
      fc.assert(fc.property(configs, (config) => {
        const read = new Set<string>();
        isIdle(recorded(config, read), SHAPE);
        assertEquals([...read].filter((key) => !reads.includes(key)), []);
      }));
    }
  });
}

Deno.test("each kind of idle setting has a rule", () => {
  const ruleFor = (name: TrainerName, key: string): readonly IdleRule[] =>
    TRAINERS.find((trainer) => trainer.name === name)?.idle?.filter(({ keys }) =>
      keys.includes(key)
    ) ?? [];
  const idleIn = (name: TrainerName, key: string, values: Config) =>
    ruleFor(name, key).some((rule) =>
      rule.isIdle(resolveConfig(BUILT_IN.named(name), values), SHAPE)
    );
  const cases: [TrainerName, string, Config, Config][] = [
    ["mlp", "beta1", { optimizer: "sgd" }, { optimizer: "adam" }],
    ["mlp", "momentum", { optimizer: "adam" }, { optimizer: "sgd" }],
    ["mlp", "init_scale", { init: "he" }, { init: "normal" }],
    ["mlp", "prune_period", { prune_threshold: 0 }, { prune_threshold: 0.1 }],
    ["mlp", "prune_period", { prune_threshold: 1, steps: 99 }, { prune_threshold: 1, steps: 101 }],
    ["mlp", "batch_size", { batch_size: 36 }, { batch_size: 35 }],
    ["mlp", "l1_method", { l2_penalty: 1 }, { l1_penalty: 1 }],
    ["mlp", "dropout", { hidden: [] }, { hidden: [1] }],
    ["mlp", "batch_norm_momentum", { batch_norm: "off" }, { batch_norm: "on" }],
    [
      ...["mlp", "batch_norm_momentum"] as const,
      { batch_norm: "on", averaging_start: 1 },
      { batch_norm: "on", averaging_start: 2 },
    ],
    [
      ...["mlp", "batch_norm_momentum"] as const,
      { batch_norm: "on", lookahead_steps: 5 },
      { batch_norm: "on", lookahead_rate: 0.8 },
    ],
    ["mlp", "skip", { hidden: [5, 4, 5] }, { hidden: [4, 5, 5] }],
    ["mlp", "shake_drop", { skip: "none" }, { skip: "residual", hidden: [5, 5] }],
    ["mlp", "evaluate_every", { steps: 50 }, { steps: 51 }],
    ["mlp", "early_stopping", { early_stopping: 20 }, { early_stopping: 19 }],
    ["mlp", "learning_rate", { steps: 0 }, { steps: 1 }],
    ["mlp", "schedule", { schedule: "step", steps: 250 }, { schedule: "step", steps: 251 }],
    ["mlp", "schedule_period", { schedule: "cosine" }, { schedule: "restarts" }],
    ["mlp", "step_factor", { schedule: "restarts" }, { schedule: "step" }],
    ["mlp", "cycle_factor", { schedule: "step" }, { schedule: "restarts" }],
    ["mlp", "lookahead_rate", {}, { lookahead_steps: 5 }],
    ["mlp", "averaging_start", { averaging_start: 1001 }, { averaging_start: 1000 }],
    ["mlp", "averaging_period", { averaging_start: 991 }, { averaging_start: 990 }],
    ["mlp", "snapshots", { schedule: "cosine" }, { schedule: "restarts" }],
    [
      ...["mlp", "snapshots"] as const,
      { schedule: "restarts", schedule_period: 999, warm_up: 1 },
      { schedule: "restarts", schedule_period: 998, warm_up: 1 },
    ],
    ["notebook", "prune_period", { pruning_rate: 0 }, {}],
    ["notebook", "disp_period", { max_steps: 399 }, { max_steps: 400 }],
  ];
  for (const [name, key, idle, working] of cases) {
    assertEquals([idleIn(name, key, idle), idleIn(name, key, working)], [true, false], key);
  }
});

function withKeys(config: Config, values: Config, keys: readonly string[]): Config {
  return { ...config, ...Object.fromEntries(keys.map((key) => [key, values[key]])) };
}

/** The config, noting which keys are read. */
function recorded(config: Config, read: Set<string>): Config {
  return new Proxy(config, {
    get(target, key) {
      read.add(String(key));
      return target[String(key)];
    },
  });
}

/** Rows around one centre per class. */
function blobs(): Dataset {
  const [columns, classes] = [5, 3];
  const noise = numbers(ROWS * columns, 7);
  return numericDataset({
    rows: ROWS,
    columns,
    classes,
    checksum: "idle",
    valueAt: (row, column) => ((row % classes) * column) % 3 + noise[row * columns + column],
  });
}
