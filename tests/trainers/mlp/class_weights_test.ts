import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { classFactors } from "../../../src/trainers/mlp/_class_weights.ts";
import { trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { configWith, numbers } from "../_model_fixture.ts";

const CLASSES = ["ham", "spam", "eggs"];
/** Four of ham, one of spam, three of eggs. */
const LABELS = [0, 0, 2, 1, 0, 2, 0, 2];

function sumOf(factors: Float64Array, labels = LABELS): number {
  return labels.reduce((sum, label) => sum + factors[label], 0);
}

Deno.test("classFactors() balances classes as scikit-learn's compute_class_weight does", () => {
  // compute_class_weight("balanced", classes=np.arange(3), y=[0, 0, 2, 1, 0, 2, 0, 2])
  const factors = classFactors("balanced", CLASSES, LABELS);
  assertEquals([...factors ?? []], [0.6666666666666666, 2.6666666666666665, 0.8888888888888888]);
});

Deno.test("classFactors() divides given weights by their mean over the rows", () => {
  const factors = classFactors("{spam: 5, eggs: 2}", CLASSES, LABELS) ?? new Float64Array();
  // (4·1 + 1·5 + 3·2) / 8
  assertEquals([...factors], [1, 5, 2].map((weight) => weight / 1.875));
  assert(Math.abs(sumOf(factors) - LABELS.length) < 1e-12);
  assertEquals(classFactors("{ham: 3, spam: 15, eggs: 6}", CLASSES, LABELS), factors);
});

Deno.test("classFactors() leaves out classes without training rows", () => {
  const labels = [0, 0, 0, 2];
  assertEquals([...classFactors("balanced", CLASSES, labels) ?? []], [4 / 6, 0, 2]);
  const factors = classFactors("{spam: 100, eggs: 5}", CLASSES, labels) ?? new Float64Array();
  assertEquals([...factors], [1 / 2, 0, 5 / 2]);
});

Deno.test("classFactors() gives none for none, and refuses classes that there are not", () => {
  assertEquals(classFactors("none", CLASSES, LABELS), undefined);
  assertThrows(() => classFactors("{bacon: 2}", CLASSES, LABELS), RangeError, "{bacon: 2}");
  assertThrows(() => classFactors("balancd", CLASSES, LABELS), RangeError, "balancd");
});

const module = await loadKernelsModule();
const noise = numbers(200, 3);
/** One row in five is of class 1, which is a little to the right. */
const skewed = numericDataset({
  rows: 200,
  columns: 1,
  classes: 2,
  checksum: "skewed",
  valueAt: (row) => 2 * noise[row] + (row % 5 === 0 ? 1 : 0),
  targetAt: (row) => row % 5 === 0 ? 1 : 0,
});

async function train(values: Config) {
  const config = configWith({ hidden: [], steps: 300, learning_rate: 1, ...values });
  const split = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
  const task = { config, seed: 1, split, standardize: "feature" as const, scoresTest: true };
  return await trainMlp(instantiateKernels(module, "f32"), skewed, task);
}

/** How many of the test rows are predicted to be of class 1. */
function positives(confusion: readonly number[] = []): number {
  return confusion[1] + confusion[3];
}

Deno.test("trainMlp() predicts a rare class more often where it weighs more", async () => {
  const [none, balanced, heavy] = await Promise.all([
    train({}),
    train({ class_weight: "balanced" }),
    train({ class_weight: "{1: 1000}" }),
  ]);
  assert(positives(none.test?.confusion) < positives(balanced.test?.confusion));
  assert(positives(balanced.test?.confusion) < positives(heavy.test?.confusion));
  // The reported loss excludes weights: it is lowest without them.
  const losses = [none, balanced, heavy].map(({ result }) =>
    result.evaluations[result.evaluations.length - 1].measures.train_loss
  );
  assertEquals(losses.toSorted((a, b) => a - b), losses);
});

Deno.test("trainMlp() starts at the same losses whatever the weights, and mappings can be scaled", async () => {
  const runs = await Promise.all(
    ["none", "balanced", "{1: 4}", "{0: 2, 1: 8}"].map((weight) => train({ class_weight: weight })),
  );
  const [none, balanced, four, eight] = runs.map(({ result }) => result);
  for (const { evaluations: [first] } of [balanced, four, eight]) {
    assertEquals(first, none.evaluations[0]);
  }
  assertEquals(eight.digest, four.digest);
  assertNotEquals(four.digest, none.digest);
});

Deno.test("trainMlp() weighs a row in a batch as among all rows", async () => {
  // A batch of all but one row is drawn, and has nearly the gradient of all.
  const near = { class_weight: "{1: 9}", steps: 1, learning_rate: 0.1 };
  const [all, batch, plain] = await Promise.all([
    train(near),
    train({ ...near, batch_size: 119 }),
    train({ ...near, class_weight: "none" }),
  ]);
  const biasOf = ({ parameters }: typeof all) => parameters[1].values[1];
  assert(Math.abs(biasOf(batch) - biasOf(all)) < 0.1 * Math.abs(biasOf(all) - biasOf(plain)));
});
