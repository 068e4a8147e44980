import { assert, assertEquals } from "@std/assert";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import { layersOf } from "../_layers_of.ts";
import {
  madeUpRows,
  newKernels,
  stateBefore,
  taskWith,
  trainApart,
  trainInStages,
  trainStage,
} from "./_stages.ts";

const dataset = madeUpRows(3);

async function train(values: Config) {
  const training = await trainMlp(newKernels(), dataset, taskWith(values));
  const numbers = layersOf(training).flatMap(({ weight, bias }) => [...weight, ...bias]);
  return { ...training, numbers };
}

/** Asserts that numbers are the same but for a few roundings of float32. */
function assertNear(actual: readonly number[], expected: readonly number[]): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((value, n) => {
    assert(Math.abs(value - expected[n]) < 1e-6, `${value} at ${n}, not ${expected[n]}`);
  });
}

const BASES: Record<string, Config> = {
  "SGD": { momentum: 0.9, learning_rate: 0.05, batch_size: 16 },
  "Adam": { optimizer: "adam", learning_rate: 0.02, dropout: 0.2 },
};

for (const [name, base] of Object.entries(BASES)) {
  Deno.test(`lookahead returns the slow weights, a share of the way to the fast ones: ${name}`, async () => {
    const initial = await train({ ...base, steps: 0 });
    const fast = await train({ ...base, steps: 10 });
    for (const [rate, steps] of [[0.5, 10], [0.8, 10], [0.8, 17]]) {
      const slow = await train({ ...base, steps, lookahead_steps: 10, lookahead_rate: rate });
      assertNear(
        slow.numbers,
        initial.numbers.map((phi, n) => phi + rate * (fast.numbers[n] - phi)),
      );
    }
    const early = await train({ ...base, steps: 9, lookahead_steps: 10 });
    assertEquals(early.numbers, initial.numbers);
  });
}

Deno.test("lookahead's evaluations are of the slow weights, which only change when they are updated", async () => {
  const { result } = await train({ lookahead_steps: 5, steps: 20, evaluate_every: 1 });
  const losses = result.evaluations.map(({ measures }) => measures.train_loss);
  for (let step = 0; step < 20; step++) {
    assertEquals(losses[step + 1] === losses[step], (step + 1) % 5 !== 0, `step ${step + 1}`);
  }
});

for (const [name, base] of Object.entries(BASES)) {
  Deno.test(`averaging returns the mean of the weights from its start on, one per period: ${name}`, async () => {
    const single = await Promise.all([20, 24, 28].map((steps) => train({ ...base, steps })));
    const mean = (count: number) =>
      single[0].numbers.map((_, n) => {
        return single.slice(0, count).reduce((sum, { numbers }) => sum + numbers[n], 0) / count;
      });
    const averaging = { averaging_start: 20, averaging_period: 4 };
    for (const [steps, count] of [[20, 1], [23, 1], [24, 2], [28, 3], [30, 3]]) {
      const { numbers } = await train({ ...base, ...averaging, steps });
      assertNear(numbers, mean(count));
      if (count === 1) assertEquals(numbers, single[0].numbers);
    }
  });
}

Deno.test("averaging leaves evaluations before its start as they are", async () => {
  const plain = await train({ evaluate_every: 5 });
  const averaged = await train({ evaluate_every: 5, averaging_start: 20, averaging_period: 5 });
  const lossesOf = ({ result }: typeof plain) =>
    result.evaluations.map(({ measures }) => measures.train_loss);
  const isSame = lossesOf(plain).map((loss, n) => loss === lossesOf(averaged)[n]);
  // The first average, after 20 updates, is of one model.
  assertEquals(isSame, [true, true, true, true, true, false, false]);
});

Deno.test("runs with and without averaging share the steps before its start", async () => {
  const tasks = ["none", 12, 20].map((start) =>
    taskWith({ averaging_period: 3, dropout: 0.2, averaging_start: start })
  );
  const from = await stateBefore(11, dataset, { tasks });
  assertEquals(Object.keys(from.arrays).filter((name) => name.startsWith("average")), []);
  for (const task of tasks) {
    const [{ result }] = await trainInStages(dataset, [task], { cuts: [11, 13, 25] });
    const [alone] = await trainApart(dataset, [task]);
    assertEquals(result, alone.result);
    const digests: string[] = [];
    await trainStage(dataset, { tasks: [task], from, until: Infinity }, {
      onEnd: (_, { result }) => void digests.push(result.digest),
    });
    assertEquals(digests, [alone.result.digest]);
  }
});

/** Configs in which evaluations see other parameters than those that are trained. */
const FOLLOWING: Record<string, Config> = {
  "lookahead": { lookahead_steps: 4 },
  "averaging": { averaging_start: 3, averaging_period: 2 },
  "averaging of lookahead": { averaging_start: 2, averaging_period: 1, lookahead_steps: 3 },
};

for (const [name, values] of Object.entries(FOLLOWING)) {
  Deno.test(`evaluations and early stopping leave training as it is: ${name}`, async () => {
    const rarely = await train({ ...values, evaluate_every: 30 });
    const often = await train({ ...values, evaluate_every: 1 });
    assertEquals(often.numbers, rarely.numbers);
    const stopped = await train({
      ...values,
      evaluate_every: 1,
      learning_rate: 1.5,
      early_stopping: 3,
    });
    const losses = stopped.result.evaluations.map(({ measures }) => measures.validation_loss);
    const best = losses.indexOf(Math.min(...losses));
    assertEquals(stopped.result.steps, best);
    const until = await train({ ...values, learning_rate: 1.5, steps: Math.max(best, 1) });
    if (best > 0) assertEquals(stopped.numbers, until.numbers);
  });

  Deno.test(`pruned weights are 0 in what evaluations see at once: ${name}`, async () => {
    const pruned = { ...values, prune_threshold: 0.5, prune_period: 7, evaluate_every: 1 };
    const { result, numbers } = await train(pruned);
    const sparsities = result.evaluations.map(({ measures }) => measures.sparsity);
    assert(sparsities[7] > 0.2 && sparsities[6] === 0);
    sparsities.slice(1).forEach((sparsity, step) => assert(sparsity >= sparsities[step]));
    assert(numbers.filter((number) => number === 0).length > 0.2 * numbers.length);
    // The masks, the trained weights and what follows them agree before every step after that.
    const { arrays } = await stateBefore(15, dataset, { tasks: [taskWith(pruned)] });
    const words = (name: string) => new Uint32Array(arrays[name].buffer);
    for (let layer = 0; layer < 3; layer++) {
      const mask = words(`layer${layer}.mask`);
      assert(mask.includes(0));
      // Weights come before biases, block by block.
      const names = [`layer${layer}.weight`, `lookahead${2 * layer}`, `average${2 * layer}`];
      const there = names.filter((name) => name in arrays);
      assert(there.length > 1);
      for (const name of there) {
        assert(words(name).every((word, n) => mask[n] !== 0 || word === 0), name);
      }
    }
  });
}
