import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { readDataset } from "../../../src/dataset/read_dataset.ts";
import { loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { HISTOGRAM_COUNTS } from "../../../src/results/histograms_csv.ts";
import { resolveConfig } from "../../../src/trainers/config.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { createRunTrainer } from "../../../src/trainers/run_trainer.ts";
import type { Training } from "../../../src/trainers/trainer.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";
import { trainingData } from "../../../src/trainers/training_data.ts";
import { layersOf } from "../_layers_of.ts";
import { scoreByHand } from "../_score_by_hand.ts";

const DIGITS = new URL("../../../data/digits.csv", import.meta.url).pathname;
const dataset = await readDataset(DIGITS, { target: "digit" });
const trainer = createRunTrainer({ kernels: await loadKernelsModule(), dataset });

function train(values: Config, seed = 1337, scoresTest = false): Promise<Training> {
  return trainer.train({
    trainer: "notebook",
    config: resolveConfig(BUILT_IN.named("notebook"), { max_steps: 4, disp_period: 3, ...values }),
    seed,
    split: { train: 0.5, validation: 0.5, test: 0, resplit: false },
    standardize: "none",
    scoresTest,
  });
}

Deno.test("trainingData() tells what a run of the notebook was trained on", async () => {
  const training = await train({}, 7);
  const task = { config: {}, seed: 7 };
  assertEquals(await trainingData(BUILT_IN.named("notebook"), dataset, task), training.data());
});

Deno.test("the notebook trainer gives what a run of the notebook was", async () => {
  const training = await train({});
  const { result, data } = training;
  const layers = layersOf(training);
  assertEquals(result.status, "completed");
  assertEquals(result.steps, 5);
  assertEquals(result.evaluations.map(({ step }) => step), [0, 3]);
  assertEquals(layers.map(({ inputs, outputs }) => [inputs, outputs]), [
    [64, 128],
    [128, 128],
    [128, 10],
  ]);
  const biases = layers.map(({ bias }) => [...new Set(bias)]);
  assertEquals(biases.map(({ length }) => length), [1, 1, 1]);
  assertEquals(biases[2], [0]);

  const weights = layers.flatMap(({ weight }) => [...weight]);
  const close = (actual: number, expected: number) =>
    assert(Math.abs(actual / expected - 1) < 1e-12, `${actual} is not ${expected}`);
  close(result.measures.weight_l1, weights.reduce((sum, weight) => sum + Math.abs(weight), 0));
  close(result.measures.weight_l2, Math.hypot(...weights.map((weight) => Math.abs(weight))));
  for (const [index, { counts }] of result.histograms.entries()) {
    assertEquals(counts.length, HISTOGRAM_COUNTS.length);
    assertEquals(counts.reduce((sum, count) => sum + count), layers[index].weight.length);
  }

  const { rows, mean, deviation } = data();
  const all = [...rows.train, ...rows.validation, ...rows.test];
  assertEquals([all.length, new Set(all).size], [1796, 1796]);
  assertEquals([mean.length, new Set(mean).size, new Set(deviation).size], [64, 1, 1]);
});

Deno.test("the notebook trainer's digests tell runs apart and stay the same", async () => {
  const digests = await Promise.all([
    train({}),
    train({}),
    train({ lambda_l2: 1e-9 }),
    train({}, 1338),
  ]);
  const [first, again, ...others] = digests.map(({ result }) => result.digest);
  assertEquals(again, first);
  // A golden value: what people have stored. Another one means another NOTEBOOK_VERSION.
  assertEquals(first.slice(0, 16), "38453e1337df497c");
  for (const other of others) assertNotEquals(other, first);
});

Deno.test("the notebook trainer goes on after NaN, and calls that diverged", async () => {
  const { result } = await train({ init_scale: 0.5, max_steps: 6, dropout_rate: 0 });
  assertEquals([result.status, result.steps], ["diverged", 7]);
  const [, , last] = result.evaluations;
  assertEquals(last.step, 6);
  // The loss alone: a probability became 1, and 0·log(0) is NaN.
  assertEquals(last.measures.train_loss, NaN);
  assert(last.measures.validation_accuracy > 0.2 && Number.isFinite(result.measures.weight_l2));
});

Deno.test("the notebook trainer scores its final model on the notebook's test rows", async () => {
  for (const dropout of [0.025, 0.5]) {
    const values = { dropout_rate: dropout, learning_rate: 0.5, max_steps: 60, init_scale: 0.1 };
    const [training, unscored] = await Promise.all([
      train(values, 1337, true),
      train(values, 1337),
    ]);
    assertEquals([unscored.result.digest, unscored.test], [training.result.digest, undefined]);
    const { probabilities, confusion, accuracy } = scoreByHand(training, dataset, { linear: [1] });
    assertEquals(probabilities.length, 359);
    const { test } = training;
    assertEquals([test?.confusion, test?.measures.accuracy], [confusion, accuracy]);
    assert(accuracy > 0.5, `accuracy ${accuracy} tells little`);
    // The notebook's own loss: as if each class were a yes or no.
    const losses = probabilities.map(({ label, p }) =>
      -p.reduce((sum, p, c) => sum + Math.log(c === label ? p : 1 - p), 0)
    );
    const loss = losses.reduce((sum, loss) => sum + loss) / losses.length;
    assert(
      Math.abs((test?.measures.loss ?? NaN) / loss - 1) < 1e-9,
      `${test?.measures.loss} is not ${loss}`,
    );
    assertEquals(test?.units.map(({ weights }) => weights.length), Array(8).fill(64));
  }
});
