import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import type { Dataset } from "../../../src/dataset/dataset.ts";
import { lanesOf } from "../../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { referenceKernels } from "../../../src/kernels/reference.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import type { Training } from "../../../src/trainers/trainer.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { layersOf } from "../_layers_of.ts";
import { configWith, modelFixture, numbers } from "../_model_fixture.ts";
import { TECHNIQUES } from "./_techniques.ts";

const module = await loadKernelsModule();
const split = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
const [ROWS, COLUMNS] = [120, 5];
const noise = numbers(ROWS * COLUMNS, 7);
const errors = numbers(ROWS, 9);

/** A quantity that depends on the inputs, not only linearly: about 40 ± 15. */
const dataset = quantitiesOf((row) => {
  const [a, b, c] = noise.slice(row * COLUMNS, row * COLUMNS + 3);
  return 40 + 20 * a - 12 * b * c + 4 * errors[row];
});

function quantitiesOf(targetAt: (row: number) => number): Dataset {
  return numericDataset({
    rows: ROWS,
    columns: COLUMNS,
    classes: 1,
    checksum: "quantities",
    valueAt: (row, column) => (column + 1) * noise[row * COLUMNS + column] + column,
    targetAt,
  });
}

const SMALL: Config = { hidden: [10, 6], steps: 30, evaluate_every: 10, learning_rate: 0.05 };

function train(values: Config, options: {
  data?: Dataset;
  seed?: number;
  kernels?: Parameters<typeof trainMlp>[0];
  stopAt?: number;
} = {}): Promise<Training> {
  const { data = dataset, seed = 1, kernels = instantiateKernels(module, "f32"), stopAt } = options;
  const config = configWith({ ...SMALL, ...values });
  const task = { config, seed, split, standardize: "feature" as const, scoresTest: true, stopAt };
  return trainMlp(kernels, data, task);
}

for (const loss of ["squared", "huber"]) {
  for (const [name, technique] of Object.entries(TECHNIQUES)) {
    const values = { ...technique, loss };
    Deno.test(`a regression gives the reference kernels' digest: ${loss}, ${name}`, async () => {
      const memory = new WebAssembly.Memory({ initial: 1 });
      const fast = await train(values);
      const plain = await train(values, { kernels: referenceKernels("f32", memory) });
      assertEquals(fast.result.evaluations, plain.result.evaluations);
      assertEquals(fast.result.digest, plain.result.digest);
      assertEquals(fast.test, plain.test);
    });

    Deno.test(`a regression that is stopped gives the whole run so far: ${loss}, ${name}`, async () => {
      const { result: whole } = await train(values);
      const { result } = await train(values, { stopAt: 10 });
      assertEquals(result.evaluations, whole.evaluations.filter(({ step }) => step <= 10));
    });
  }
}

// As in golden_digests_test.ts: only a change that is meant to change numbers may change these.
const GOLDEN: Record<string, { values: Config; digest: string; last: number }> = {
  "ten steps": { values: { steps: 10 }, digest: "c6e8bdfb5999c853", last: 42.8353110731207 },
  "ten steps of Huber's loss, in batches": {
    values: {
      steps: 10,
      loss: "huber",
      batch_size: 16,
      momentum: 0.9,
      dropout: 0.2,
      l2_penalty: 0.01,
    },
    digest: "4ee9b356229a3183",
    last: 45.42100875211454,
  },
  "no hidden layer, Adam": {
    values: { hidden: [], optimizer: "adam", l1_penalty: 0.01, l1_method: "proximal" },
    digest: "e4cca47989ca8526",
    last: 55.03022721246464,
  },
};

for (const [name, { values, digest, last }] of Object.entries(GOLDEN)) {
  Deno.test(`a regression's digest and predictions stay what they were: ${name}`, async () => {
    const { result, test } = await train(values);
    assertEquals(result.digest.slice(0, 16), digest);
    assertEquals(test?.predictions?.at(-1), last);
  });
}

/** What a trained network of relu layers predicts for a row, in plain arithmetic. */
function predictByHand(
  training: Training,
  row: number,
  scale: { mean: number; deviation: number },
) {
  const { mean, deviation } = training.data();
  const layers = layersOf(training);
  let x = Array.from({ length: COLUMNS }, (_, f) => {
    return (dataset.values[row * COLUMNS + f] - mean[f]) / deviation[f];
  });
  layers.forEach(({ outputs, weight, bias }, layer) => {
    x = Array.from({ length: outputs }, (_, o) => {
      const sum = x.reduce((sum, value, i) => sum + value * weight[i * outputs + o], bias[o]);
      return layer < layers.length - 1 ? Math.max(sum, 0) : sum;
    });
  });
  assertEquals(x.length, 1);
  return { standardized: x[0], quantity: scale.mean + scale.deviation * x[0] };
}

/** Mean and deviation of the target over some rows. */
function momentsOf(rows: Int32Array) {
  const targets = Array.from(rows, (row) => dataset.targets[row]);
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const square = targets.reduce((sum, value) => sum + (value - mean) ** 2, 0) / targets.length;
  return { mean, deviation: Math.sqrt(square) };
}

for (
  const [loss, term] of [
    ["squared", (e: number) => e * e / 2],
    ["huber", (e: number) => Math.abs(e) > 1 ? Math.abs(e) - 0.5 : e * e / 2],
  ] as const
) {
  Deno.test(`a regression reports the ${loss} loss of standardized targets, and predicts quantities`, async () => {
    const training = await train({ loss, l2_penalty: 0.1, steps: 100 });
    const { rows } = training.data();
    const scale = momentsOf(rows.train);
    const { measures } = training.result.evaluations[training.result.evaluations.length - 1];
    for (const part of ["train", "validation", "test"] as const) {
      const losses = Array.from(rows[part], (row) => {
        const { standardized } = predictByHand(training, row, scale);
        return term(standardized - (dataset.targets[row] - scale.mean) / scale.deviation);
      });
      const mean = losses.reduce((sum, value) => sum + value, 0) / losses.length;
      const reported = part === "test" ? training.test?.measures.loss : measures[`${part}_loss`];
      // Single precision: 6e-8 of each of a few sums.
      assertAlmostEquals(reported ?? NaN, mean, 1e-6, part);
    }
    const { predictions = [] } = training.test ?? {};
    assertEquals(predictions.length, rows.test.length);
    assertEquals(training.test?.confusion, undefined);
    rows.test.forEach((row, index) => {
      const { quantity } = predictByHand(training, row, scale);
      assertAlmostEquals(predictions[index], quantity, 1e-5 * scale.deviation);
    });
  });
}

Deno.test("a regression learns", async () => {
  const { result: { evaluations } } = await train({ steps: 400, evaluate_every: 200 });
  const [first, , last] = evaluations.map(({ measures }) => measures);
  assert(last.train_loss < 0.1 * first.train_loss);
  assert(last.validation_loss < 0.5 * first.validation_loss);
});

Deno.test("a regression does not depend on the unit of its target", async () => {
  const celsius = await train({});
  // Powers of 2 change no rounding.
  const other = await train({}, { data: quantitiesOf((row) => 8 * dataset.targets[row]) });
  assertEquals(other.result.digest, celsius.result.digest);
  assertEquals(other.test?.predictions, celsius.test?.predictions?.map((value) => 8 * value));
  assertEquals(other.test?.measures.loss, celsius.test?.measures.loss);
});

Deno.test("a regression whose training targets are all the same predicts about that", async () => {
  const training = await train({}, { data: quantitiesOf(() => 12.5) });
  assertEquals(training.result.status, "completed");
  for (const value of training.test?.predictions ?? []) assert(Math.abs(value - 12.5) < 3);
});

Deno.test("a regression diverges where its loss is not finite", async () => {
  const { result } = await train({ learning_rate: 1e30 });
  assertEquals(result.status, "diverged");
  const huber = await train({ learning_rate: 1e30, loss: "huber" });
  assertEquals(huber.result.status, "diverged");
});

Deno.test("Huber's loss gives outliers less weight", async () => {
  const data = quantitiesOf((row) => dataset.targets[row] + (row % 20 === 0 ? 2000 : 0));
  const values = { hidden: [], steps: 500, evaluate_every: 500, learning_rate: 0.1 };
  const typical = async (loss: string) => {
    const training = await train({ ...values, loss }, { data });
    const { rows } = training.data();
    const errors = Array.from(
      rows.test,
      (row, index) => Math.abs((training.test?.predictions?.[index] ?? NaN) - data.targets[row]),
    );
    return errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)];
  };
  assert(await typical("huber") < 0.8 * await typical("squared"));
});

Deno.test("a regression with early stopping keeps the model of the lowest validation loss", async () => {
  const values = { early_stopping: 3, learning_rate: 0.2, evaluate_every: 1, steps: 300 };
  const { result } = await train(values);
  const losses = result.evaluations.map(({ measures }) => measures.validation_loss);
  assertEquals(result.evaluations[losses.indexOf(Math.min(...losses))].step, result.steps);
  assert(result.steps < 300);
});

Deno.test("a regression depends on the seed", async () => {
  const [one, two] = await Promise.all([1, 2].map((seed) => train({}, { seed })));
  assertNotEquals(one.result.digest, two.result.digest);
});

/** Solves a·x = b by elimination; a is symmetric and positive definite. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]]);
  rows.forEach((pivot, k) => {
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / pivot[k];
      rows[i] = rows[i].map((value, j) => value - factor * pivot[j]);
    }
  });
  const x = new Array<number>(b.length).fill(0);
  for (let i = b.length - 1; i >= 0; i--) {
    const known = rows[i].slice(i + 1, b.length)
      .reduce((sum, value, n) => sum + value * x[i + 1 + n], 0);
    x[i] = (rows[i][b.length] - known) / rows[i][i];
  }
  return x;
}

/**
 * The weights and the bias of ridge regression: the least of Σ½(x·w + c − y)²/n + ½·penalty·‖w‖².
 *
 * @param x (rows, features); @param y (rows).
 */
function ridge(x: readonly (readonly number[])[], y: readonly number[], penalty: number) {
  const n = y.length;
  const withOne = x.map((row) => [...row, 1]);
  const features = x[0].length;
  const square = Array.from(
    { length: features + 1 },
    (_, i) =>
      Array.from({ length: features + 1 }, (_, j) => {
        const sum = withOne.reduce((sum, row) => sum + row[i] * row[j], 0) / n;
        return sum + (i === j && i < features ? penalty : 0);
      }),
  );
  const right = Array.from(
    { length: features + 1 },
    (_, i) => withOne.reduce((sum, row, b) => sum + row[i] * y[b], 0) / n,
  );
  return solve(square, right);
}

Deno.test("without hidden layers it converges to ridge regression's closed form, in float64", () => {
  for (const penalty of [0, 0.03, 1]) {
    const [rows, features] = [26, 6];
    const values = { hidden: [], learning_rate: 0.5, momentum: 0.5, l2_penalty: penalty };
    const { model, rows: batch, x, targets, kernels } = modelFixture(values, {
      rows,
      features,
      classes: 1,
    });
    assertEquals(lanesOf(kernels.precision), 2);
    for (let step = 0; step < 3000; step++) {
      model.forward(batch, "training");
      model.backward(batch);
      model.update();
    }
    const inputs = Array.from(
      { length: rows },
      (_, b) => x.slice(b * features, (b + 1) * features),
    );
    const expected = ridge(inputs, [...targets].slice(0, rows), penalty);
    const [{ weight, bias }] = model.parameters.trainedLayers();
    // Parameters come out in float32.
    [...weight, ...bias].forEach((value, n) => assertAlmostEquals(value, expected[n], 2e-7));
  }
});

Deno.test("a run without hidden layers ends with ridge regression's predictions", async () => {
  const training = await train({ hidden: [], l2_penalty: 0.05, steps: 2000, learning_rate: 0.3 });
  const { rows, mean, deviation } = training.data();
  const scale = momentsOf(rows.train);
  const inputsOf = (row: number) =>
    Array.from({ length: COLUMNS }, (_, f) => {
      return (dataset.values[row * COLUMNS + f] - mean[f]) / deviation[f];
    });
  const standardized = Array.from(rows.train, (row) => {
    return (dataset.targets[row] - scale.mean) / scale.deviation;
  });
  const solution = ridge(Array.from(rows.train, inputsOf), standardized, 0.05);
  rows.test.forEach((row, index) => {
    const sum = [...inputsOf(row), 1].reduce((sum, value, n) => sum + value * solution[n], 0);
    const expected = scale.mean + scale.deviation * sum;
    // Single precision, of sums that are a few deviations.
    assertAlmostEquals(
      training.test?.predictions?.[index] ?? NaN,
      expected,
      1e-5 * scale.deviation,
    );
  });
});
