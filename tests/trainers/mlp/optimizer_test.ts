import { assert, assertEquals } from "@std/assert";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { reserveAdam } from "../../../src/trainers/mlp/_adam.ts";
import type { DenseLayer } from "../../../src/trainers/mlp/_mlp_parameters.ts";
import { reserveSgd } from "../../../src/trainers/mlp/_sgd.ts";
import { Arena } from "../../../src/trainers/mlp/arena.ts";
import { mlpConfig } from "../../../src/trainers/mlp/mlp_config.ts";
import { NO_TERMS } from "../../../src/trainers/mlp/optimizer.ts";
import { configWith, modelFixture } from "../_model_fixture.ts";

const module = await loadKernelsModule();

/** Where each weight of a layer stands in the memory's view, by output. */
function columnsOf({ w, inputs, outputs }: DenseLayer, size: number): number[][] {
  return Array.from(
    { length: outputs },
    (_, o) =>
      Array.from({ length: inputs }, (_, i) => w / size + ((o >> 2) * inputs + i) * 4 + (o & 3)),
  );
}

/** A model that `step()` trains on all of its rows. */
function trained(values: Config) {
  const fixture = modelFixture(values);
  const { model, trainingRows, view } = fixture;
  const columns = model.parameters.layers.flatMap((layer) =>
    columnsOf(layer, view.BYTES_PER_ELEMENT)
  );
  function gradient() {
    const rows = trainingRows();
    model.forward(rows, "training");
    model.backward(rows);
  }
  function step(count = 1) {
    for (let n = 0; n < count; n++) {
      gradient();
      model.update();
    }
  }
  const weights = () => columns.flat().map((at) => view[at]);
  return { ...fixture, columns, gradient, step, weights };
}

for (const precision of ["f32", "f64"] as const) {
  Deno.test(`step sizes in ${precision} are what a constant gradient is multiplied by`, () => {
    const kernels = instantiateKernels(module, precision);
    const config = mlpConfig(configWith({ momentum: 0.75, epsilon: 0.5 }));
    const [inputs, outputs, bytes] = [3, 4, 12 * (precision === "f32" ? 4 : 8)];
    for (
      const [reserve, sizeOf] of [
        [reserveSgd, () => 0.1 / (1 - 0.75)],
        // The bias-corrected mean of equal squares is that square.
        [reserveAdam, (gradient: number) => 0.1 / (gradient + 0.5)],
      ] as const
    ) {
      const arena = new Arena();
      const [values, gradient, mask, target] = [1, 2, 3, 4].map(() => arena.region(bytes));
      const block = { kind: "weights", inputs, outputs, bytes, values, gradient, mask } as const;
      const optimizer = reserve(kernels, arena, config, { blocks: [block], terms: NO_TERMS });
      arena.allocate(kernels.memory);
      const viewAt = (offset: number) =>
        precision === "f32"
          ? new Float32Array(kernels.memory.buffer, offset, inputs * outputs)
          : new Float64Array(kernels.memory.buffer, offset, inputs * outputs);
      viewAt(gradient).forEach((_, n, gradients) => gradients[n] = n / 4);
      for (let step = 0; step < 5; step++) optimizer.update(0.1);
      optimizer.writeStepSizes(block, target);
      viewAt(target).forEach((size, n) => {
        // A dozen roundings.
        const tolerance = precision === "f32" ? 1e-6 : 1e-14;
        assert(Math.abs(size / sizeOf(n / 4) - 1) < tolerance, `${size} at ${n}`);
      });
    }
  });
}

const SMALL: Config = { hidden: [7, 5], activation: "tanh", learning_rate: 0.2 };

const OPTIMIZERS: Record<string, Config> = {
  "sgd": { learning_rate: 1 },
  "sgd with momentum": { momentum: 0.9, learning_rate: 0.05 },
  "adam": { optimizer: "adam", learning_rate: 0.05, epsilon: 0.01 },
};

for (const [name, optimizer] of Object.entries(OPTIMIZERS)) {
  Deno.test(`${name}: max_norm holds after every step, and is not below what it limits`, () => {
    const limit = 0.7;
    const run = trained({ ...SMALL, ...optimizer, max_norm: limit });
    const norms = () =>
      run.columns.map((places) =>
        Math.sqrt(places.reduce((sum, at) => sum + run.view[at] ** 2, 0))
      );
    assert(norms().some((norm) => norm > limit), "the limit has something to do");
    for (let step = 0; step < 30; step++) {
      run.step();
      // A few roundings of float64.
      for (const norm of norms()) assert(norm <= limit * (1 + 1e-15 * 8), `${norm}`);
      assert(norms().some((norm) => norm > limit * 0.999999));
    }
  });

  Deno.test(`${name}: max_norm scales what is over it, and nothing else`, () => {
    const free = trained({ ...SMALL, ...optimizer });
    const limited = trained({ ...SMALL, ...optimizer, max_norm: 1.2 });
    free.step();
    limited.step();
    const isOver = free.columns.map((places) => {
      const norm = Math.sqrt(places.reduce((sum, at) => sum + free.view[at] ** 2, 0));
      const scale = norm > 1.2 ? 1.2 / norm : 1;
      for (const at of places) assertEquals(limited.view[at], free.view[at] * scale);
      return norm > 1.2;
    });
    assertEquals(new Set(isOver).size, 2, "some units are over the limit and some are not");
  });

  Deno.test(`${name}: proximal L1 ends where gradient and penalty balance`, () => {
    const penalty = 0.02;
    const run = trained({
      ...optimizer,
      hidden: [],
      l1_penalty: penalty,
      l1_method: "proximal",
    });
    run.step(6000);
    run.gradient();
    const [{ w, dw }] = run.model.parameters.layers;
    const toGradient = (dw - w) / run.view.BYTES_PER_ELEMENT;
    let zeros = 0;
    for (const at of run.columns.flat()) {
      const weight = run.view[at];
      const gradient = run.view[at + toGradient];
      if (weight === 0) {
        zeros++;
        assert(Math.abs(gradient) <= penalty, `${gradient} moves a weight that is 0`);
      } else {
        // The optimality condition of loss + λ·Σ|w|, to what 6,000 steps converge to.
        const rest = gradient + penalty * Math.sign(weight);
        assert(Math.abs(rest) < 1e-8, `${rest} remains at ${weight}`);
      }
    }
    assert(zeros > 3 && zeros < 15, `${zeros} of 18 weights are 0`);
  });

  Deno.test(`${name}: a proximal group lasso ends where gradient and penalty balance`, () => {
    const penalty = 0.03;
    const run = trained({
      ...optimizer,
      hidden: [],
      group_lasso: penalty,
      l1_method: "proximal",
    });
    run.step(6000);
    run.gradient();
    const [{ w, dw, inputs }] = run.model.parameters.layers;
    const toGradient = (dw - w) / run.view.BYTES_PER_ELEMENT;
    const strength = penalty * Math.sqrt(run.columns.length);
    let zeros = 0;
    for (let i = 0; i < inputs; i++) {
      const places = run.columns.map((column) => column[i]);
      const norm = Math.hypot(...places.map((at) => run.view[at]));
      if (norm === 0) {
        zeros++;
        const pull = Math.hypot(...places.map((at) => run.view[at + toGradient]));
        assert(pull <= strength, `${pull} moves a group that is 0`);
      }
      for (const at of norm === 0 ? [] : places) {
        // The optimality condition of loss + λ·√O·Σ‖w[i,·]‖, to what 6,000 steps converge to.
        const rest = run.view[at + toGradient] + strength * run.view[at] / norm;
        assert(Math.abs(rest) < 1e-8, `${rest} remains at ${run.view[at]}`);
      }
    }
    assert(zeros > 0 && zeros < inputs, `${zeros} of ${inputs} groups are 0`);
  });

  Deno.test(`${name}: weight decay takes learning_rate·weight_decay·w besides the update`, () => {
    const plain = trained({ ...SMALL, ...optimizer });
    const decayed = trained({ ...SMALL, ...optimizer, weight_decay: 0.3 });
    const { learningRate } = plain.config;
    const before = plain.weights();
    plain.step();
    decayed.step();
    const [expected, actual] = [plain.weights(), decayed.weights()];
    before.forEach((weight, n) => {
      // Both are stored weights of about 1, so they carry their rounding.
      const taken = expected[n] - actual[n];
      assert(Math.abs(taken - learningRate * 0.3 * weight) < 1e-15);
    });
  });

  Deno.test(`${name}: pruned weights stay 0`, () => {
    const run = trained({ ...SMALL, ...optimizer, prune_threshold: 0.5, l2_penalty: 0.01 });
    run.step(3);
    run.model.beginStep(run.config.prunePeriod);
    const isPruned = run.weights().map((weight) => weight === 0);
    assert(isPruned.includes(true) && isPruned.includes(false));
    run.step(5);
    assertEquals(run.weights().map((weight) => weight === 0), isPruned);
  });
}

Deno.test("an update uses the scheduled rate for the gradient, the decay and the shrinkage", () => {
  const schedule: Config = { schedule: "restarts", schedule_period: 2, warm_up: 2, steps: 8 };
  const others: Config[] = [
    { weight_decay: 0.3 },
    { l1_penalty: 0.1, l1_method: "proximal" },
    { optimizer: "adam", epsilon: 0.01, weight_decay: 0.3 },
    { optimizer: "adam", epsilon: 0.01, group_lasso: 0.1, l1_method: "proximal" },
  ];
  for (const values of others) {
    // Half the rate in the first step, all of it in two, half of it in the fourth.
    for (const [step, rate] of [[0, 0.1], [1, 0.2], [2, 0.2], [3, 0.1], [4, 0.2]]) {
      const scheduled = trained({ ...SMALL, ...values, ...schedule });
      const plain = trained({ ...SMALL, ...values, learning_rate: rate });
      scheduled.model.beginStep(step);
      scheduled.step();
      plain.step();
      const expected = plain.weights();
      scheduled.weights().forEach((weight, n) => {
        // cos² of π/4 is ½ but for a rounding.
        assert(Math.abs(weight - expected[n]) < 1e-15, `step ${step}`);
      });
    }
  }
});
