import { assert, assertEquals } from "@std/assert";
import type { TrainedLayer } from "../../../src/trainers/trained_layer.ts";
import { layersOf } from "../_layers_of.ts";
import { modelFixture } from "../_model_fixture.ts";
import { trainDigits } from "../_train_digits.ts";

const PROXIMAL = { l1_method: "proximal", momentum: 0.9, steps: 300 };

/** The zeros among the weights from each input of a layer. */
function zerosByInput({ weight, inputs, outputs }: TrainedLayer): number[] {
  return Array.from(
    { length: inputs },
    (_, i) => weight.subarray(i * outputs, (i + 1) * outputs).filter((w) => w === 0).length,
  );
}

Deno.test("a proximal group lasso switches some pixels and units off whole, and touches no others", async () => {
  const training = await trainDigits({ ...PROXIMAL, group_lasso: 3e-3 });
  for (const layer of layersOf(training)) {
    const zeros = zerosByInput(layer);
    const off = zeros.filter((count) => count === layer.outputs).length;
    assert(off > 0 && off < layer.inputs, `${off} of ${layer.inputs} are off`);
    assertEquals(zeros.filter((count) => count > 0 && count < layer.outputs), []);
  }
});

Deno.test("with proximal L1 a group lasso sets single weights to 0, too", async () => {
  const training = await trainDigits({ ...PROXIMAL, group_lasso: 1e-3, l1_penalty: 1e-3 });
  const [first] = layersOf(training);
  const zeros = zerosByInput(first);
  assert(zeros.some((count) => count === first.outputs));
  assert(zeros.some((count) => count > 0 && count < first.outputs));
});

Deno.test("the gradient of a group lasso makes weights small, but switches nothing off", async () => {
  const training = await trainDigits({ momentum: 0.9, steps: 300, group_lasso: 1e-3 });
  for (const layer of layersOf(training)) {
    assert(zerosByInput(layer).every((count) => count < layer.outputs));
  }
  const free = await trainDigits({ momentum: 0.9, steps: 300 });
  assert(training.result.measures.weight_l2 < 0.8 * free.result.measures.weight_l2);
});

Deno.test("a group lasso's penalty is λ·√O·Σ‖w[i,·]‖ over all layers", () => {
  const { model } = modelFixture({ hidden: [7, 5], group_lasso: 0.3, l2_penalty: 0.5 });
  let expected = 0;
  for (const { weight, inputs, outputs } of model.parameters.trainedLayers()) {
    for (const w of weight) expected += 0.25 * w * w;
    for (let i = 0; i < inputs; i++) {
      const group = weight.subarray(i * outputs, (i + 1) * outputs);
      expected += 0.3 * Math.sqrt(outputs) * Math.hypot(...group);
    }
  }
  const penalty = model.penalty(model.parameters.weightSums());
  // The copies of the weights are in float32.
  assert(Math.abs(penalty / expected - 1) < 1e-6, `${penalty}, by hand ${expected}`);
});
