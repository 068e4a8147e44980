import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Dataset } from "../../../src/dataset/dataset.ts";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { referenceKernels } from "../../../src/kernels/reference.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { layersOf } from "../_layers_of.ts";
import { configWith, numbers } from "../_model_fixture.ts";
import { scoreByHand } from "../_score_by_hand.ts";
import { OF_CLASSES, TECHNIQUES } from "./_techniques.ts";

const module = await loadKernelsModule();
const split = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };

/** Rows around one centre per class. */
function blobs(rows: number, columns: number, classes: number): Dataset {
  const noise = numbers(rows * columns, 7);
  const centres = numbers(classes * columns, 8);
  return numericDataset({
    rows,
    columns,
    classes,
    checksum: "blobs",
    valueAt: (row, column) =>
      centres[(row % classes) * columns + column] + 0.8 * noise[row * columns + column],
  });
}

const dataset = blobs(120, 7, 3);
const SMALL: Config = { hidden: [10, 6], steps: 30, evaluate_every: 10, learning_rate: 0.3 };
const ALL = { ...TECHNIQUES, ...OF_CLASSES };

function train(values: Config, seed = 1, kernels = instantiateKernels(module, "f32")) {
  const config = configWith({ ...SMALL, ...values });
  return trainMlp(kernels, dataset, { config, seed, split, standardize: "global" });
}

for (const [name, values] of Object.entries(ALL)) {
  Deno.test(`trainMlp() gives the reference kernels' digest: ${name}`, async () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const fast = await train(values);
    const plain = await train(values, 1, referenceKernels("f32", memory));
    assertEquals(fast.result.evaluations, plain.result.evaluations);
    assertEquals(fast.result.digest, plain.result.digest);
  });
}

/** Trains until a step, of the 30 that there are. */
function trainUntil(stopAt: number, values: Config) {
  const config = configWith({ ...SMALL, ...values });
  const task = { config, seed: 1, split, standardize: "global" as const, stopAt };
  return trainMlp(instantiateKernels(module, "f32"), dataset, task);
}

for (const [name, values] of Object.entries(ALL)) {
  Deno.test(`trainMlp() that is stopped gives the whole run so far, to the bit: ${name}`, async () => {
    const { result: whole } = await train(values);
    for (const stopAt of [10, 20]) {
      const { result } = await trainUntil(stopAt, values);
      const soFar = whole.evaluations.filter(({ step }) => step <= stopAt);
      assertEquals(result.evaluations, soFar);
      assert(result.steps <= stopAt);
      assertEquals(result.status, "completed");
    }
    for (const stopAt of [30, 31]) {
      const { result } = await trainUntil(stopAt, values);
      assertEquals(result.digest, whole.digest);
    }
  });
}

Deno.test("trainMlp() that is stopped prunes as the whole run does, and its model is pruned", async () => {
  const values = { prune_threshold: 0.5, prune_period: 10 };
  const { result: whole } = await train(values);
  const { result: stopped } = await trainUntil(20, values);
  const { result: short } = await train({ ...values, steps: 20 });
  assertEquals(stopped.evaluations, whole.evaluations.slice(0, 3));
  // A run of 20 steps does not prune after its last update.
  assertNotEquals(short.evaluations[2].measures.sparsity, whole.evaluations[2].measures.sparsity);
});

Deno.test("trainMlp() learns, and evaluates every so many steps and at the end", async () => {
  const { result } = await train({ steps: 205, evaluate_every: 50 });
  assertEquals(result.evaluations.map(({ step }) => step), [0, 50, 100, 150, 200, 205]);
  const [first] = result.evaluations;
  const last = result.evaluations[5];
  assert(last.measures.train_loss < 0.5 * first.measures.train_loss);
  assert(last.measures.validation_accuracy > 0.8);
  assertEquals(result.status, "completed");
  assertEquals(result.steps, 205);
});

Deno.test("trainMlp() gives the same after other runs in the same memory", async () => {
  const kernels = instantiateKernels(module, "f32");
  const first = await train({ dropout: 0.2, batch_size: 16 }, 1, kernels);
  await train({ hidden: [40, 33], l1_penalty: 0.1 }, 2, kernels);
  const again = await train({ dropout: 0.2, batch_size: 16 }, 1, kernels);
  assertEquals(again.result.digest, first.result.digest);
});

Deno.test("trainMlp() depends on the seed", async () => {
  assertNotEquals((await train({}, 1)).result.digest, (await train({}, 2)).result.digest);
});

Deno.test("trainMlp() starts every cell of a seed from the same weights and rows", async () => {
  const first = (values: Config) => train(values).then(({ result }) => result.evaluations[0]);
  const plain = await first({});
  const others: Config[] = [
    { dropout: 0.5 },
    { l2_penalty: 0.1 },
    { batch_size: 8 },
    { label_smoothing: 0.5 },
    { input_noise: 2 },
    { cutout: 1, cutout_share: 0.5 },
    { mixup: 1 },
    { cutmix: 1 },
    { adversarial: 1 },
    { max_norm: 0.01 },
    { optimizer: "adam" },
  ];
  for (const values of others) {
    const { step, measures } = await first(values);
    assertEquals({ step, measures: { ...measures, penalty: 0 } }, plain);
  }
});

Deno.test("trainMlp() takes a batch of all rows or more as full batch", async () => {
  const full = await train({ batch_size: "all" });
  assertEquals((await train({ batch_size: 72 })).result.digest, full.result.digest);
  assertEquals((await train({ batch_size: 5000 })).result.digest, full.result.digest);
  assertNotEquals((await train({ batch_size: 71 })).result.digest, full.result.digest);
});

Deno.test("trainMlp() shares a forward pass with the evaluation without changing a bit", async () => {
  const shaken = { hidden: [8, 8, 8], skip: "residual", shake_drop: 0.5 };
  const unshared: Config[] = [
    ...[{ dropout: 0.3 }, { input_noise: 0.3 }, { cutout: 0.5 }, { mixup: 1 }, { cutmix: 0.5 }],
    ...[{ batch_norm: "on" }, shaken],
  ];
  const shared: Config[] = [{}, { label_smoothing: 0.2 }, { adversarial: 0.2 }];
  for (const values of [...shared, ...unshared]) {
    const rarely = await train({ ...values, evaluate_every: 30 });
    const often = await train({ ...values, evaluate_every: 1 });
    assertEquals(often.parameters, rarely.parameters);
  }
});

Deno.test("trainMlp() takes the gradient at the inputs with their noise", async () => {
  // From weights of 0, whose predictions no noise changes.
  const start: Config = { hidden: [], init: "normal", init_scale: 0, steps: 1 };
  const [plain] = layersOf(await train(start));
  const [noisy] = layersOf(await train({ ...start, input_noise: 0.5 }));
  assertEquals(noisy.bias, plain.bias);
  noisy.weight.forEach((weight, n) => assertNotEquals(weight, plain.weight[n]));
});

Deno.test("trainMlp() draws the same with adversarial training as without", async () => {
  // At ε = 1e-300, the moved rows are the rows: so is their gradient.
  const values: Config = { dropout: 0.3, batch_size: 16, mixup: 1, input_noise: 0.1 };
  const plain = await train(values);
  const attacked = await train({ ...values, adversarial: 1e-300, adversarial_weight: 0.5 });
  assertEquals(attacked.parameters, plain.parameters);
});

Deno.test("trainMlp() keeps pruned weights at 0, and prunes neither first nor last", async () => {
  const { result, ...trained } = await train({
    prune_threshold: 0.4,
    prune_period: 10,
    evaluate_every: 1,
    steps: 30,
  });
  const layers = layersOf(trained);
  const sparsities = result.evaluations.map(({ measures }) => measures.sparsity);
  assertEquals(sparsities.slice(0, 10), new Array(10).fill(0));
  assert(sparsities[10] > 0.1);
  assert(sparsities[20] > sparsities[10]);
  assertEquals(sparsities[30], sparsities[20]);
  sparsities.slice(1).forEach((sparsity, step) => assert(sparsity >= sparsities[step]));
  const zeros = layers.flatMap(({ weight }) => [...weight]).filter((weight) => weight === 0);
  const count = layers.reduce((sum, { weight }) => sum + weight.length, 0);
  assertEquals(zeros.length / count, result.evaluations[30].measures.sparsity);
});

Deno.test("trainMlp() ends a run whose loss is not finite as diverged", async () => {
  const { result } = await train({ learning_rate: 1e30, steps: 100, evaluate_every: 5 });
  assertEquals(result.status, "diverged");
  assertEquals(result.steps, 5);
  assertEquals(result.histograms.map(({ counts }) => counts), [[], [], []]);
  const again = await train({ learning_rate: 1e30, steps: 100, evaluate_every: 5 });
  assertEquals(again.result.digest, result.digest);
});

Deno.test("trainMlp() evaluates more rows than fit one pass", async () => {
  const many = blobs(2500, 7, 3);
  const task = {
    config: configWith({ ...SMALL, batch_size: 16, steps: 0 }),
    seed: 1,
    split,
    standardize: "global" as const,
  };
  const inChunks = await trainMlp(instantiateKernels(module, "f32"), many, task);
  const config = configWith({ ...SMALL, steps: 0 });
  const atOnce = await trainMlp(instantiateKernels(module, "f32"), many, { ...task, config });
  assertEquals(inChunks.result.evaluations, atOnce.result.evaluations);
});

Deno.test("trainMlp() reports histograms and norms of the final weights", async () => {
  const { result, ...trained } = await train({});
  const layers = layersOf(trained);
  result.histograms.forEach(({ minimum, maximum, counts }, n) => {
    const { weight } = layers[n];
    assertEquals([minimum, maximum], [Math.min(...weight), Math.max(...weight)]);
    assertEquals(counts.length, 16);
    assertEquals(counts.reduce((sum, count) => sum + count), weight.length);
  });
  const weights = layers.flatMap(({ weight }) => [...weight]);
  const l1 = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  // The same float64 sums in another order, of about 150 terms.
  assert(Math.abs(result.measures.weight_l1 - l1) < 1e-12 * l1);
});

/** As `train()`, on more test rows than one pass takes. */
function trainAndScore(testShare: number, scoresTest: boolean) {
  const many = blobs(1500, 7, 3);
  const split = { train: 0.8 - testShare, validation: 0.2, test: testShare, resplit: true };
  const task = { config: configWith(SMALL), seed: 1, split, scoresTest };
  const kernels = instantiateKernels(module, "f32");
  return { many, training: trainMlp(kernels, many, { ...task, standardize: "global" }) };
}

Deno.test("trainMlp() scores its final model on the test rows", async () => {
  const { many, training: started } = trainAndScore(0.6, true);
  const training = await started;
  const { probabilities, confusion, accuracy } = scoreByHand(training, many);
  assertEquals(probabilities.length, 900);
  const { test } = training;
  assertEquals([test?.confusion, test?.measures.accuracy, test?.units], [confusion, accuracy, []]);
  assert(accuracy > 0.5 && accuracy < 1, `accuracy ${accuracy} tells little`);
  const losses = probabilities.map(({ label, p }) => -Math.log(p[label]));
  const loss = losses.reduce((sum, loss) => sum + loss) / losses.length;
  assert(
    Math.abs((test?.measures.loss ?? NaN) / loss - 1) < 1e-5,
    `${test?.measures.loss} is not ${loss}`,
  );
});

Deno.test("trainMlp() trains the same model whether or not it is scored", async () => {
  const [scored, unscored] = [trainAndScore(0.2, true), trainAndScore(0.2, false)];
  const [{ result }, other] = await Promise.all([scored.training, unscored.training]);
  assertEquals([other.result.digest, other.test], [result.digest, undefined]);
  assertEquals((await trainAndScore(0, true).training).test, undefined);
});
