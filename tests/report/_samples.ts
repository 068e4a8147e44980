import { randomStream } from "../../src/random_stream.ts";
import type { Plan, Sample } from "./_sample_input.ts";

const STRENGTHS = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

/** A hump over the strength: none to speak of, best at `peak`, ruinous at the end. */
function hump(strength: number, peak: number, gain: number, ruin: number): number {
  if (strength === 0) return 0;
  const decades = Math.log10(strength / peak);
  return decades <= 0 ? gain * 2 ** decades : gain - ruin * decades ** 2;
}

const l1 = (values: Readonly<Record<string, unknown>>) =>
  hump(Number(values.l1_penalty ?? 0), 1e-3, 0.011, 0.03);
const l2 = (values: Readonly<Record<string, unknown>>) =>
  hump(Number(values.l2_penalty ?? 0), 1e-2, 0.006, 0.02);

function named<Name extends string>(samples: Record<Name, Sample>): Record<Name, Sample> {
  return samples;
}

/** Draws the numbers of a random search, which have six digits. */
function drawer(name: string) {
  const random = randomStream(name);
  const digits = (value: number) => Number(value.toPrecision(6));
  return {
    uniform: (low: number, high: number) => digits(low + (high - low) * random()),
    log: (low: number, high: number) => digits(low * (high / low) ** random()),
    word: <Word extends string>(...words: readonly Word[]) =>
      words[Math.floor(words.length * random())],
  };
}

/** The points of a random search; a key that a point lacks has its default, but is not in its name. */
function planOfPoints(
  swept: Plan["swept"],
  points: readonly Readonly<Record<string, number | string>>[],
  defaults: Readonly<Record<string, number | string>> = {},
): Plan {
  const cells = points.map((values) => ({
    name: Object.entries(values).map(([key, value]) => `${key}=${value}`).join(" "),
    technique: Object.keys(values).join(" × "),
    values: Object.fromEntries(swept.map(({ key }) => [key, values[key] ?? defaults[key]])),
  }));
  return { swept, cells, baseline: cells[0].name, trainers: { mlp: 1 } };
}

const SAMPLED_KEYS = [
  { key: "learning_rate", label: "Learning rate", regularizer: false },
  { key: "l2_penalty", label: "L2 penalty", regularizer: true },
  { key: "dropout", label: "Dropout", regularizer: true },
  { key: "activation", label: "Activation", regularizer: false },
];

/** Some points, none of them the same in any number. */
function sampledPlan(count: number): Plan {
  const { uniform, log, word } = drawer("sampled");
  const points = Array.from({ length: count }, () => ({
    learning_rate: log(10 ** -2.5, 10 ** -0.5),
    l2_penalty: log(1e-5, 0.1),
    dropout: uniform(0, 0.6),
    activation: word("relu", "tanh"),
  }));
  return planOfPoints(SAMPLED_KEYS, points);
}

/** Points of which some have a momentum, and others another key in its place. */
function conditionalPlan(): Plan {
  const { uniform, log, word } = drawer("conditional");
  const swept = [
    { key: "learning_rate", label: "Learning rate", regularizer: false },
    { key: "batch_size", label: "Batch size", unit: "rows", regularizer: false },
    { key: "optimizer", label: "Optimizer", regularizer: false },
    { key: "momentum", label: "Momentum", regularizer: false },
    { key: "beta1", label: "Adam’s β₁", regularizer: false },
  ];
  const points = Array.from({ length: 40 }, () => {
    const shared = {
      learning_rate: log(0.001, 1),
      batch_size: Math.round(log(16, 256)),
      optimizer: word("sgd", "adam"),
    };
    return shared.optimizer === "sgd"
      ? { ...shared, momentum: uniform(0, 0.95) }
      : { ...shared, beta1: uniform(0.5, 0.99) };
  });
  return planOfPoints(swept, points, { momentum: 0, beta1: 0.9 });
}

/** Cells that start fast need not end well. */
const HALVING: Sample = {
  name: "halving",
  description: "Which of 27 settings is worth training to the end?",
  grid: [{
    learning_rate: [0.01, 0.03, 0.1],
    l2_penalty: [0, 1e-4, 1e-2],
    dropout: [0, 0.2, 0.5],
  }],
  baseline: { learning_rate: 0.1, l2_penalty: 0, dropout: 0 },
  seeds: 3,
  accuracy: (values) =>
    0.94 + l2(values) + 0.02 * Math.log10(Number(values.learning_rate)) +
    0.03 * Number(values.dropout) - 0.1 * Number(values.dropout) ** 3,
  status: (cell, seed) =>
    cell === "learning_rate=0.1 l2_penalty=0.01 dropout=0.2" && seed === 1 ? "diverged" : undefined,
  halving: { minSteps: 50, eta: 3 },
};

/** Cells with large effects, small ones, and none. */
const LOOKS: Sample = {
  name: "looks",
  description: "How many seeds does it take to tell penalties apart?",
  grid: [{ l1_penalty: [0, ...STRENGTHS] }, { l2_penalty: STRENGTHS }],
  seeds: 40,
  looks: [5, 10, 20, 40],
  accuracy: (values) => 0.965 + l1(values) + l2(values),
};

/** The sweeps that a report must do justice to. */
export const SAMPLES = named({
  l1VsL2: {
    name: "l1-vs-l2",
    description: "Do L1 or L2 weight penalties help a small MLP on the digits, and how much?",
    grid: [{ l1_penalty: [0, ...STRENGTHS.slice(0, 3)] }, { l2_penalty: STRENGTHS }],
    seeds: 10,
    accuracy: (values) => 0.965 + l1(values) + l2(values),
  },
  undecided: {
    name: "dropout",
    grid: [{ dropout: [0, 0.1, 0.2, 0.3, 0.5, 0.8] }],
    seeds: 5,
    accuracy: ({ dropout }) => 0.966 + 0.004 * Number(dropout) - 0.02 * Number(dropout) ** 3,
  },
  elasticNet: {
    name: "elastic-net",
    description: "Do L1 and L2 help together more than either alone?",
    grid: [{
      l1_penalty: [0, ...STRENGTHS.slice(0, 4)],
      l2_penalty: [0, ...STRENGTHS.slice(0, 4)],
    }],
    seeds: 8,
    accuracy: (values) => 0.965 + l1(values) + 0.5 * l2(values),
  },
  fourTechniques: {
    name: "four-techniques",
    description: "L1, L2, dropout and pruning side by side, each over its strength.",
    grid: [
      { l1_penalty: [0, ...STRENGTHS.slice(0, 4)] },
      { l2_penalty: STRENGTHS },
      { dropout: [0.1, 0.2, 0.3, 0.5] },
      { prune_threshold: [0.1, 0.25, 0.5, 1, 2] },
    ],
    seeds: 10,
    accuracy: (values) =>
      0.965 + l1(values) + l2(values) + 0.01 * Number(values.dropout) -
      0.012 * Number(values.prune_threshold) ** 2,
    sparsity: ({ prune_threshold }) => Math.min(0.99, 0.45 * Number(prune_threshold)),
  },
  threeWays: {
    name: "three-ways",
    description: "Three settings at once, one of them a word.",
    grid: [{
      learning_rate: [0.03, 0.1, 0.3],
      l2_penalty: [0, 1e-4, 1e-3, 1e-2],
      activation: ["relu", "tanh"],
    }],
    baseline: { learning_rate: 0.1, l2_penalty: 0, activation: "relu" },
    seeds: 5,
    accuracy: (values) =>
      0.96 + l2(values) + 0.01 * Math.log10(Number(values.learning_rate)) +
      (values.activation === "tanh" ? 0.004 : 0),
  },
  diverged: {
    name: "too-fast",
    description: "Learning rates up to where training diverges.",
    grid: [{ learning_rate: [0.01, 0.1, 1, 10], l2_penalty: [0, 1e-3] }],
    baseline: { learning_rate: 0.1, l2_penalty: 0 },
    seeds: 6,
    accuracy: ({ learning_rate: rate }) =>
      Number(rate) === 10 ? NaN : 0.965 - (Number(rate) < 0.05 ? 0.12 : 0),
    status: (cell, seed) =>
      cell === "learning_rate=1 l2_penalty=0" && seed < 2
        ? "diverged"
        : cell === "learning_rate=1 l2_penalty=0.001" && seed === 3
        ? "failed"
        : undefined,
  },
  allDiverged: {
    name: "all-diverged",
    description: "No run completes.",
    grid: [{ learning_rate: [100, 1e20, 1e30] }],
    baseline: { learning_rate: 100 },
    seeds: 4,
    accuracy: () => NaN,
  },
  depths: {
    name: "depths",
    description: "Networks of one to six hidden layers.",
    grid: [{ hidden: [[32], [16, 16], [8, 8, 8, 8, 8, 8]] }],
    baseline: { hidden: [32] },
    seeds: 3,
    accuracy: ({ hidden }) => 0.97 - 0.003 * (typeof hidden === "object" ? hidden.length : 0),
    layers: ({ hidden }) => 1 + (typeof hidden === "object" ? hidden.length : 0),
  },
  sampled: {
    name: "sampled",
    description: "Sixteen random points, none of them the same in any number.",
    plan: sampledPlan(16),
    grid: [],
    seeds: 3,
    accuracy: ({ learning_rate: rate, dropout }) =>
      0.97 - (Number(rate) < 0.006 ? 0.88 : 0) - 0.02 * Number(dropout),
  },
  manyPoints: {
    name: "many-points",
    description: "A hundred random points.",
    plan: sampledPlan(100),
    grid: [],
    seeds: 3,
    accuracy: ({ learning_rate: rate, l2_penalty: penalty, dropout, activation }) =>
      0.97 - (Number(rate) < 0.006 ? 0.6 : 0) - 0.01 * Math.log10(Number(rate) / 0.08) ** 2 -
      0.03 * Number(dropout) ** 2 - (Number(penalty) > 0.03 ? 0.02 : 0) +
      (activation === "tanh" ? 0.004 : 0),
  },
  conditional: {
    name: "conditional",
    description: "Forty random points with one of two optimizers, each with a key of its own.",
    plan: conditionalPlan(),
    grid: [],
    seeds: 4,
    accuracy: ({ learning_rate: rate, optimizer, momentum }) => {
      const best = optimizer === "adam" ? 0.004 : 0.1;
      const distance = Math.log10(Number(rate) / best);
      return 0.965 - 0.02 * distance ** 2 + 0.015 * Number(momentum) ** 2;
    },
  },
  oneCell: { name: "one-cell", grid: [{}], seeds: 4, accuracy: () => 0.97 },
  oneSeed: {
    name: "one-seed",
    grid: [{ l2_penalty: [0, ...STRENGTHS] }],
    seeds: 1,
    accuracy: (values) => 0.965 + l2(values),
  },
  halving: HALVING,
  halvingUnfinished: { ...HALVING, finished: 2 },
  looks: LOOKS,
  looksUnfinished: { ...LOOKS, finished: 2 },
  loss: {
    name: "by-loss",
    description: "The same question asked of the loss.",
    metric: "validation_loss",
    grid: [{ l2_penalty: [0, ...STRENGTHS] }],
    equivalence: 0.01,
    seeds: 6,
    accuracy: (values) => 0.965 + l2(values),
  },
  prices: {
    name: "prices",
    description: "Which penalty predicts the price of a house best?",
    grid: [{ l1_penalty: [0, ...STRENGTHS.slice(0, 4)] }, { l2_penalty: STRENGTHS }],
    quantity: { target: "price", mean: 250_000, sd: 98_000, rows: 506 },
    seeds: 10,
    accuracy: (values) => 0.7 + 8 * l1(values) + 8 * l2(values),
  },
  folds: {
    name: "folds",
    description: "Five folds, dealt anew for each of three seeds.",
    grid: [{ l2_penalty: [0, ...STRENGTHS] }],
    seeds: 3,
    folds: 5,
    accuracy: (values) => 0.95 + l2(values),
  },
  skewed: {
    name: "oil-spill",
    description: "Does a penalty help to find the few spills?",
    grid: [{ l2_penalty: [0, ...STRENGTHS] }],
    classes: [{ name: "no spill", rows: 896 }, { name: "spill", rows: 41 }],
    recall: (name) => name === "spill" ? 0 : 1,
    seeds: 10,
    accuracy: (values) => 0.951 + l2(values),
  },
});

/** Ten thousand runs: what a report must stay small for. */
export const LARGE: Sample = {
  name: "large",
  grid: [{
    l1_penalty: Array.from({ length: 40 }, (_, index) => index / 1e5),
    l2_penalty: Array.from({ length: 25 }, (_, index) => index / 1e4),
  }],
  seeds: 10,
  evaluations: 5,
  accuracy: ({ l1_penalty, l2_penalty }) =>
    0.965 + 20 * Number(l1_penalty) - 4 * (Number(l2_penalty) - 0.001) ** 2 * 100,
};
