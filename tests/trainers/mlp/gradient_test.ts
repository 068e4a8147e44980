import { assert, assertEquals } from "@std/assert";
import type { Kernels } from "../../../src/kernels/kernels.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import type { Rows } from "../../../src/trainers/mlp/rows.ts";
import { targetsOf } from "../../../src/trainers/mlp/row_targets.ts";
import { modelFixture } from "../_model_fixture.ts";

/** Step of the central differences; the error of one is about STEP² and 1e-16/STEP. */
const STEP = 1e-5;
/** Ten times the error above, for gradients of about 1. */
const TOLERANCE = 1e-9;

/** What a model of a gradient test predicts: three classes, or a quantity. */
interface Targets {
  readonly rows?: number;
  readonly classes?: number;
  /** Of the rows' losses, by class; all are 1 if not given. */
  readonly factorOf?: readonly number[];
  readonly updateOf?: (gradient: number) => number;
  /** What is used in place of WebAssembly's kernels, on their memory. */
  readonly kernelsOn?: (kernels: Kernels) => Kernels;
}

/**
 * Compares every parameter's change in one update at learning rate 1 with the central difference
 * of loss + reported penalty, or what the optimizer makes of it. In float64, by the float32 kernels' own
 * source.
 */
function assertGradient(
  values: Config,
  { rows = 11, classes = 3, factorOf, kernelsOn, updateOf = (gradient) => gradient }: Targets = {},
): void {
  const { kernels, config, trainingRows, adversarial, model, view } = modelFixture(
    { ...values, learning_rate: 1, momentum: 0 },
    { rows, classes, factorOf, kernelsOn },
  );
  const size = view.BYTES_PER_ELEMENT;
  const memory = new Uint8Array(kernels.memory.buffer);
  // Biases start at 0, where relu has its kink for a unit that nothing reaches: move them away.
  for (const { b, outputs, norm } of model.parameters.layers) {
    for (let o = 0; o < outputs; o++) {
      view[b / size + o] = 0.05 * (o % 5 - 2.2);
      if (norm) view[norm.scale / size + o] = 0.6 + 0.1 * (o % 4);
    }
  }
  const before = memory.slice();

  /**
   * Mean loss of the last pass with these targets, each row's multiplied by its class's factor, with
   * every label replaced by `label`, if it is given.
   */
  function meanLoss(batch: Rows, label?: number): number {
    const targets = targetsOf(kernels, batch, classes);
    const real = targets.slice();
    let sum = 0;
    for (const [own, factor] of factorOf?.entries() ?? [[undefined, 1] as const]) {
      const totals = { loss: 0, correct: 0 };
      real.forEach((target, b) => {
        if (own !== undefined && target !== own) targets[b] = -1;
        else if (label !== undefined && target >= 0) targets[b] = label;
      });
      model.evaluate(batch, totals);
      targets.set(real);
      sum += factor * totals.loss;
    }
    return sum / batch.count;
  }

  /** The same with smoothed labels. */
  function smoothedLoss(batch: Rows): number {
    // Cross-entropy is linear in the target: a share of it goes to each class.
    let loss = (1 - config.labelSmoothing) * meanLoss(batch);
    for (let c = 0; config.labelSmoothing > 0 && c < classes; c++) {
      loss += config.labelSmoothing / classes * meanLoss(batch, c);
    }
    return loss;
  }

  /** The same, mixed with that for the targets that the rows are mixed with. */
  function mixedLoss(batch: Rows): number {
    const { mixed } = batch;
    if (!mixed) return smoothedLoss(batch);
    const other = smoothedLoss({ ...batch, ...mixed });
    return (1 - mixed.share) * smoothedLoss(batch) + mixed.share * other;
  }

  /** Loss + penalty with parameter `at` moved by `change`; the same dropout and noise every time. */
  function objective(at: number, change: number): number {
    memory.set(before);
    view[at] += change;
    const batch = trainingRows();
    model.forward(batch, "training");
    let loss = mixedLoss(batch);
    if (adversarial) {
      model.forward(adversarial.attack(batch), "again");
      const { adversarialWeight: weight } = config;
      loss = (1 - weight) * loss + weight * mixedLoss(batch);
    }
    return loss + model.penalty(model.parameters.weightSums());
  }

  const places = model.parameters.layers.flatMap(({ w, b, inputs, outputs, norm }) => {
    const perOutput = norm ? [b, norm.scale] : [b];
    const others = perOutput.flatMap((first) => {
      return Array.from({ length: outputs }, (_, o) => first / size + o);
    });
    const weights = Array.from({ length: inputs * outputs }, (_, n) => {
      const i = Math.floor(n / outputs);
      const o = n % outputs;
      return w / size + ((o >> 2) * inputs + i) * 4 + (o & 3);
    });
    return [...weights, ...others];
  });

  memory.set(before);
  const batch = trainingRows();
  model.forward(batch, "training");
  (adversarial ?? model).backward(batch);
  model.update();
  const after = view.slice();
  memory.set(before);
  const start = view.slice();

  let moved = 0;
  for (const at of places) {
    const numeric = updateOf((objective(at, STEP) - objective(at, -STEP)) / (2 * STEP));
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
    assertGradient({ hidden: [9, 5], activation: ["tanh", "relu"] }, { rows });
  }
});

Deno.test("update() follows the gradient where layers are passed as one", () => {
  for (const hidden of [[5, 4], [3, 8, 2], [6, 5, 4, 3]]) {
    assertGradient({ hidden, activation: "identity", l2_penalty: 0.1 }, { rows: 60 });
  }
  assertGradient({ hidden: [6, 5, 4], activation: ["tanh", "identity", "identity"] }, { rows: 60 });
  const dropout = [0, 0.3, 0];
  assertGradient({ hidden: [6, 5, 4], activation: "identity", dropout }, { rows: 60 });
});

Deno.test("update() follows the gradient where layers with dropout between them are passed as one", () => {
  const rows = 60;
  for (const rate of [0.02, 0.2]) {
    for (const activation of ["relu", "tanh"]) {
      const values = { hidden: [7, 6], activation: [activation, "identity"] };
      assertGradient({ ...values, dropout: [0, rate] }, { rows });
    }
    assertGradient({ hidden: [9], activation: "identity", dropout: rate, l2_penalty: 0.1 }, {
      rows,
    });
    const attacked = { hidden: [9, 8], activation: "identity", dropout: rate, adversarial: 0.1 };
    assertGradient(attacked, { rows });
    const left = ["tanh", "identity", "identity"];
    assertGradient({ hidden: [6, 5, 9], activation: left, dropout: [0, 0, rate] }, { rows });
    const right = ["identity", "relu"];
    assertGradient({ hidden: [9, 4], activation: right, dropout: [rate, 0.3] }, { rows });
    assertGradient({ hidden: [8, 7, 6], activation: "identity", dropout: rate }, { rows });
  }
});

Deno.test("update() follows the gradient with skip connections", () => {
  // Sums grow with each layer: smaller weights keep gradients near 1.
  const values = { skip: "residual", init: "normal", init_scale: 0.3 };
  for (const rows of [11, 60]) {
    for (const activation of ACTIVATIONS) {
      assertGradient({ ...values, hidden: [6, 6, 6, 5, 5], activation }, { rows });
    }
    // Some layers could be passed as one, but for what skip connections add to them.
    const activation = ["tanh", "identity", "identity", "identity"];
    for (const hidden of [[5, 5, 4, 3], [6, 5, 5, 4], [6, 6, 6, 6]]) {
      for (const dropout of [0, 0.1, 0.5]) {
        assertGradient({ ...values, hidden, activation, dropout }, { rows });
      }
    }
  }
});

Deno.test("update() follows the gradient with batch normalization, padding rows or not", () => {
  const values = { batch_norm: "on", init: "glorot" };
  for (const rows of [3, 8, 11, 26]) {
    for (const activation of ACTIVATIONS) {
      assertGradient({ ...values, hidden: [7, 5], activation }, { rows });
    }
  }
  for (const rows of [11, 26]) {
    assertGradient({ ...values, hidden: [6, 6], activation: "tanh", skip: "residual" }, { rows });
  }
  // Layers that would be passed as one without it.
  assertGradient({ ...values, hidden: [6, 5, 4], activation: "identity" }, { rows: 60 });
  assertGradient({ ...values, hidden: [6, 5], activation: "identity", dropout: 0.1 }, { rows: 60 });
});

Deno.test("update() follows the gradient with shake-drop whose factors are the same both ways", () => {
  // Draws that decide to shake, with α = β = 0.3: it draws β − ½.
  const kernelsOn = (kernels: Kernels): Kernels => ({
    ...kernels,
    drawUniform(_state, w, _inputs, outputs, scale) {
      const value = outputs === 1 ? -1 : scale === 1 ? 0.3 : -0.2;
      new Float64Array(kernels.memory.buffer, w, outputs).fill(value);
    },
  });
  const values = { hidden: [6, 6, 6, 6], skip: "residual", shake_drop: 0.5 };
  for (const activation of ACTIVATIONS) {
    const config = { ...values, activation, init: "normal", init_scale: 0.3 };
    const additions: Config[] = [{}, { batch_norm: "on" }, { dropout: 0.3 }];
    for (const addition of additions) {
      assertGradient({ ...config, ...addition }, { rows: 11, kernelsOn });
    }
  }
});

const REGULARIZERS: Record<string, Config> = {
  "an L1 penalty": { l1_penalty: 0.03 },
  "an L2 penalty": { l2_penalty: 0.2 },
  "a group lasso": { group_lasso: 0.03 },
  "dropout": { dropout: 0.3 },
  "dropout per layer": { dropout: [0.1, 0.6] },
  "label smoothing": { label_smoothing: 0.3 },
  "input noise": { input_noise: 0.4 },
  "cut-out": { cutout: 0.7, cutout_share: 0.4 },
  "mixup": { mixup: 2 },
  "cut-mix": { cutmix: 1 },
  "adversarial training": { adversarial: 0.2, adversarial_weight: 0.7 },
  "adversarial training and dropout": { adversarial: 0.1, dropout: [0.1, 0.6] },
  "all together": {
    l1_penalty: 0.01,
    l2_penalty: 0.1,
    group_lasso: 0.01,
    dropout: [0.2, 0.4],
    label_smoothing: 0.1,
    input_noise: 0.2,
    cutout: 0.5,
    mixup: 2,
    adversarial: 0.1,
  },
};
for (const [name, values] of Object.entries(REGULARIZERS)) {
  Deno.test(`update() follows the gradient with ${name}, for every activation`, () => {
    for (const activation of ACTIVATIONS) assertGradient({ hidden: [7, 6], activation, ...values });
  });
}

const LOSSES = ["squared", "huber"];

for (const loss of LOSSES) {
  Deno.test(`update() follows the gradient of the ${loss} loss of a quantity`, () => {
    for (const activation of ACTIVATIONS) {
      assertGradient({ loss, hidden: [7, 5], activation }, { classes: 1 });
    }
    for (const hidden of [[], [4], [5, 1, 6], [4, 7, 5, 3]]) {
      for (const rows of [1, 2, 3, 26]) {
        assertGradient({ loss, hidden, activation: "tanh" }, { classes: 1, rows });
      }
    }
  });

  for (const [name, { label_smoothing: _, ...values }] of Object.entries(REGULARIZERS)) {
    if (Object.keys(values).length === 0) continue;
    Deno.test(`update() follows the gradient of the ${loss} loss with ${name}`, () => {
      for (const activation of ACTIVATIONS) {
        assertGradient({ loss, hidden: [7, 6], activation, ...values }, { classes: 1 });
      }
    });
  }

  Deno.test(`update() follows the gradient of the ${loss} loss where layers are passed as one`, () => {
    const options = { classes: 1, rows: 60 };
    for (const dropout of [0, 0.02, 0.2]) {
      assertGradient({ loss, hidden: [9], activation: "identity", dropout }, options);
      const activation = ["tanh", "identity", "identity"];
      assertGradient({ loss, hidden: [6, 5, 9], activation, dropout: [0, 0, dropout] }, options);
    }
  });
}

Deno.test("Huber's loss limits the gradients of large errors, and no others", () => {
  const squared = changes({ loss: "squared", hidden: [] }, { classes: 1, rows: 26 });
  const huber = changes({ loss: "huber", hidden: [] }, { classes: 1, rows: 26 });
  assert(squared.some((change, n) => Math.abs(change - huber[n]) > 1e-3));
  // From weights of 0, errors are the targets, which are within −2 and 2.
  const small = { hidden: [], init: "normal", init_scale: 0 };
  const near = (loss: string) => changes({ ...small, loss }, { classes: 1, rows: 1, seed: 4 });
  assertEquals(near("huber"), near("squared"));
});

for (const [name, values] of Object.entries(REGULARIZERS)) {
  Deno.test(`update() follows the gradient of weighted classes with ${name}`, () => {
    for (const activation of ACTIVATIONS) {
      assertGradient({ hidden: [7, 6], activation, ...values }, { factorOf: [0.5, 3, 0.125] });
    }
  });
}

Deno.test("update() of adam goes gradient/(|gradient| + epsilon) first, whatever the rest", () => {
  // A large epsilon, so that the gradient's size shows.
  const values = { hidden: [7, 6], optimizer: "adam", epsilon: 2 };
  const updateOf = (gradient: number) => gradient / (Math.abs(gradient) + 2);
  assertGradient(values, { updateOf });
  for (const regularizer of Object.values(REGULARIZERS)) {
    assertGradient({ ...values, activation: "tanh", ...regularizer }, { updateOf });
  }
});

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
  const first = model.parameters.layers[0].w / view.BYTES_PER_ELEMENT;
  const weight = view[first];
  const plain = changes(values);
  const decayed = changes({ ...values, weight_decay: 0.2 });
  assert(Math.abs(decayed[0] - plain[0] - 0.5 * 0.2 * weight) < 1e-15);
});

/** How far one update takes each weight of the first layer down. */
function changes(values: Config, options: Parameters<typeof modelFixture>[1] = {}): number[] {
  const { model, rows, view } = modelFixture(values, options);
  const { w, weightBytes } = model.parameters.layers[0];
  const size = view.BYTES_PER_ELEMENT;
  const weights = () => [...view.slice(w / size, (w + weightBytes) / size)];
  const before = weights();
  model.forward(rows, "training");
  model.backward(rows);
  model.update();
  return weights().map((weight, n) => before[n] - weight);
}
