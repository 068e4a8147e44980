import { assert, assertEquals, assertRejects } from "@std/assert";
import { backward, forward } from "../../../experiments/trainers/_picture_network.ts";
import { makeWeights } from "../../../experiments/trainers/_picture_weights.ts";
import cnn from "../../../experiments/trainers/cnn.ts";
import { randomStream } from "../../../src/random_stream.ts";
import fixtures from "../../fixtures/examples/predictions.json" with { type: "json" };
import { accuracy, runExample, tableData, valuesOf } from "./_run_example.ts";

Deno.test("forward() convolves as SciPy does", () => {
  const { picture, kernels, bias, hidden } = fixtures.convolution;
  const weights = makeWeights(8, bias.length, 2);
  weights.kernel.set(kernels);
  weights.kernelBias.set(bias);
  const keep = new Float64Array(hidden.length).fill(1);
  const activations = forward(Float64Array.from(picture), weights, keep, Math);
  // Nine products in another order.
  hidden.forEach((value, unit) => assert(Math.abs(activations.hidden[unit] - value) < 1e-14));
  assertEquals([...activations.probabilities], [0.5, 0.5]);
});

for (const side of [2, 5, 8]) {
  Deno.test(`backward() agrees with central differences on ${side} × ${side} pixels`, () => {
    const random = randomStream(`${side}/gradient`);
    const [channels, classes, label] = [3, 4, 2];
    const weights = makeWeights(side, channels, classes);
    weights.all.forEach((_, at) => weights.all[at] = random() - 0.5);
    const picture = new Float64Array(side * side).map(() => 2 * random() - 1);
    // Dropout of 0.3, so that kept and dropped units cannot be confused.
    const keep = new Float64Array(weights.dense.length / classes)
      .map(() => random() < 0.3 ? 0 : 1 / 0.7);
    const loss = () => -Math.log(forward(picture, weights, keep, Math).probabilities[label]);

    const gradient = makeWeights(side, channels, classes);
    const activations = forward(picture, weights, keep, Math);
    backward(activations, label, weights.dense, keep, gradient);
    const step = 1e-5;
    weights.all.forEach((weight, at) => {
      weights.all[at] = weight + step;
      const above = loss();
      weights.all[at] = weight - step;
      const below = loss();
      weights.all[at] = weight;
      const difference = (above - below) / (2 * step);
      // The loss is rounded at 1e-16, the step's square is 1e-10.
      assert(
        Math.abs(difference - gradient.all[at]) < 1e-9,
        `weight ${at}: ${gradient.all[at]} is not ${difference}`,
      );
    });
    assert(gradient.kernel.some((value) => value !== 0));
  });
}

Deno.test("cnn.ts learns the digits, with dropout and weight decay, too", async () => {
  const data = await tableData("digits", "global");
  for (const config of [{}, { dropout: 0.5, weight_decay: 0.01 }]) {
    const { curve } = await runExample(cnn, data, { ...config, epochs: 6 });
    assertEquals(curve.map(({ step }) => step), [0, 1, 2, 3, 4, 5, 6]);
    const accuracies = curve.map(({ predictions }) => accuracy(predictions, data));
    assert(accuracies[0] < 0.4, `${accuracies[0]} without training`);
    assert(accuracies[6] > 0.97, `${accuracies[6]} after six epochs`);
  }
});

Deno.test("cnn.ts drops units and shrinks weights as its hyperparameters say", async () => {
  const data = await tableData("digits", "global");
  const norm = async (config: Record<string, number>) => {
    const run = await runExample(cnn, data, { ...config, epochs: 2 });
    return Math.hypot(...valuesOf(run, "dense"));
  };
  const plain = await norm({});
  assert(await norm({ weight_decay: 0.1 }) < 0.9 * plain);
  assert(await norm({ dropout: 0.5 }) !== plain);
  // An update of 32 rows takes learning_rate·λ off each weight: here, all that there was.
  const run = await runExample(cnn, data, {
    epochs: 1,
    batch_size: data.train.rows,
    learning_rate: 1e-12,
    weight_decay: 1e12,
  });
  assert(valuesOf(run, "kernel").every((w) => Math.abs(w) < 1e-9));
});

Deno.test("cnn.ts gives the same model for a seed, and another for another", async () => {
  const data = await tableData("digits", "global");
  const run = (seed: number) => runExample(cnn, data, { epochs: 1, dropout: 0.2 }, seed);
  assertEquals(await run(3), await run(3));
  assert((await run(3)).curve[0].predictions[0] !== (await run(4)).curve[0].predictions[0]);
});

Deno.test("cnn.ts refuses rows that are no square pictures", async () => {
  const data = await tableData("wine", "feature");
  await assertRejects(() => runExample(cnn, data, {}), Error, "13 pixels are no square picture");
});
