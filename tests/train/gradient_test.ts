import { assert, assertEquals } from "@std/assert";
import type { Config } from "../../src/experiment/hyperparameters.ts";
import { modelFixture } from "./_model_fixture.ts";

/** Step of the central differences; the error of one is about STEP² and 1e-16/STEP. */
const STEP = 1e-5;
/** Ten times the error above, for gradients of about 1. */
const TOLERANCE = 1e-9;

/**
 * Compares every parameter's change in one update at learning rate 1 with the central difference
 * of loss + penalty. In float64, by the float32 kernels' own source.
 */
function assertGradient(values: Config, rows = 11): void {
  const { kernels, config, rows: batch, model, view } = modelFixture(
    { ...values, learning_rate: 1, momentum: 0 },
    { rows },
  );
  const size = view.BYTES_PER_ELEMENT;
  const memory = new Uint8Array(kernels.memory.buffer);
  // Biases start at 0, where relu has its kink for a unit that nothing reaches: move them away.
  for (const { b, outputs } of model.layers) {
    for (let o = 0; o < outputs; o++) view[b / size + o] = 0.05 * (o % 5 - 2.2);
  }
  const before = memory.slice();

  /** Loss + penalty with parameter `at` moved by `change`; the same dropout every time. */
  function objective(at: number, change: number): number {
    memory.set(before);
    view[at] += change;
    const totals = { loss: 0, correct: 0 };
    model.forward(batch, "training");
    model.evaluate(batch, totals);
    const { l1, squares } = model.weightSums();
    return totals.loss / batch.count + config.l1Penalty * l1 + 0.5 * config.l2Penalty * squares;
  }

  const places = model.layers.flatMap(({ w, b, inputs, outputs }) => {
    const biases = Array.from({ length: outputs }, (_, o) => b / size + o);
    const weights = Array.from({ length: inputs * outputs }, (_, n) => {
      const i = Math.floor(n / outputs);
      const o = n % outputs;
      return w / size + ((o >> 2) * inputs + i) * 4 + (o & 3);
    });
    return [...weights, ...biases];
  });

  memory.set(before);
  model.forward(batch, "training");
  model.backward(batch);
  model.update();
  const after = view.slice();
  memory.set(before);
  const start = view.slice();

  let moved = 0;
  for (const at of places) {
    const numeric = (objective(at, STEP) - objective(at, -STEP)) / (2 * STEP);
    const analytic = start[at] - after[at];
    const difference = Math.abs(analytic - numeric);
    assert(
      difference < TOLERANCE,
      `parameter ${at}: ${analytic} by the kernels, ${numeric} by differences`,
    );
    if (analytic !== 0) moved++;
  }
  assert(moved > places.length / 2, "most parameters have a gradient");
}

const ACTIVATIONS = ["relu", "tanh", "identity"];

Deno.test("update() follows the gradient of the loss for every activation", () => {
  for (const activation of ACTIVATIONS) assertGradient({ hidden: [7, 5], activation });
});

Deno.test("update() follows the gradient for no to four hidden layers", () => {
  for (const hidden of [[], [4], [5, 4], [5, 1, 6], [4, 7, 5, 3]]) {
    assertGradient({ hidden, activation: "tanh" });
  }
});

Deno.test("update() follows the gradient for mixed activations and odd numbers of rows", () => {
  for (const rows of [1, 2, 3, 8, 26]) {
    assertGradient({ hidden: [9, 5], activation: ["tanh", "relu"] }, rows);
  }
});

Deno.test("update() follows the gradient where layers are passed as one", () => {
  for (const hidden of [[5, 4], [3, 8, 2], [6, 5, 4, 3]]) {
    assertGradient({ hidden, activation: "identity", l2_penalty: 0.1 }, 60);
  }
  assertGradient({ hidden: [6, 5, 4], activation: ["tanh", "identity", "identity"] }, 60);
  const dropout = [0, 0.3, 0];
  assertGradient({ hidden: [6, 5, 4], activation: "identity", dropout }, 60);
});

const REGULARIZERS: Record<string, Config> = {
  "an L1 penalty": { l1_penalty: 0.03 },
  "an L2 penalty": { l2_penalty: 0.2 },
  "dropout": { dropout: 0.3 },
  "dropout per layer": { dropout: [0.1, 0.6] },
  "all together": { l1_penalty: 0.01, l2_penalty: 0.1, dropout: [0.2, 0.4] },
};
for (const [name, values] of Object.entries(REGULARIZERS)) {
  Deno.test(`update() follows the gradient with ${name}, for every activation`, () => {
    for (const activation of ACTIVATIONS) assertGradient({ hidden: [7, 6], activation, ...values });
  });
}

Deno.test("update() limits each element of the gradient, penalties included", () => {
  const values = { hidden: [5], l2_penalty: 3, learning_rate: 1 };
  const free = changes(values);
  const clipped = changes({ ...values, clip_gradient: 0.05 });
  assert(free.some((change) => Math.abs(change) > 0.05));
  assertEquals(
    clipped.map((change) => Math.abs(change) <= 0.05 + 1e-15),
    clipped.map(() => true),
  );
  free.forEach((change, n) => {
    const expected = Math.max(-0.05, Math.min(0.05, change));
    // Both are differences of stored weights of about 1, so they carry their rounding.
    assert(Math.abs(clipped[n] - expected) < 1e-15);
  });
});

Deno.test("update() takes learning_rate·weight_decay·w from weights, decoupled from the clip", () => {
  const values = { hidden: [5], learning_rate: 0.5, clip_gradient: 0.01 };
  const { model, view } = modelFixture(values);
  const first = model.layers[0].w / view.BYTES_PER_ELEMENT;
  const weight = view[first];
  const plain = changes(values);
  const decayed = changes({ ...values, weight_decay: 0.2 });
  assert(Math.abs(decayed[0] - plain[0] - 0.5 * 0.2 * weight) < 1e-15);
});

/** How far one update takes each weight of the first layer down. */
function changes(values: Config): number[] {
  const { model, rows, view } = modelFixture(values);
  const { w, weightBytes } = model.layers[0];
  const size = view.BYTES_PER_ELEMENT;
  const weights = () => [...view.slice(w / size, (w + weightBytes) / size)];
  const before = weights();
  model.forward(rows, "training");
  model.backward(rows);
  model.update();
  return weights().map((weight, n) => before[n] - weight);
}
