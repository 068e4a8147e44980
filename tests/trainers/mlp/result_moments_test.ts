import { assert, assertEquals } from "@std/assert";
import type { Precision } from "../../../src/kernels/kernels.ts";
import { referenceKernels } from "../../../src/kernels/reference.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { chunksOf } from "../../../src/trainers/mlp/_chunks_of.ts";
import { trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import type { TrainedLayer } from "../../../src/trainers/trained_layer.ts";
import { modelFixture } from "../_model_fixture.ts";
import { madeUpRows, newKernels, stateBefore, taskWith } from "./_stages.ts";

const [ROWS, FEATURES, STEPS] = [11, 6, 5];

/** Runs whose results are of other weights than the trained ones. */
const FOLLOWING: Record<string, Config> = {
  "averaging": { averaging_start: 2, averaging_period: 1 },
  "lookahead": { lookahead_steps: 2, lookahead_rate: 0.3 },
};

/** A network with all that a stage can have. */
const DEEP: Config = {
  hidden: [6, 6, 5],
  activation: "tanh",
  batch_norm: "on",
  skip: "residual",
  shake_drop: 0.4,
  dropout: 0.3,
  learning_rate: 0.1,
};

/** A model after some steps, and its rows in passes of some; with twins of the kernels if wanted. */
function trained(values: Config, precision: Precision, usesTwins = false) {
  const fixture = modelFixture({ ...DEEP, ...values }, {
    precision,
    rows: ROWS,
    features: FEATURES,
    kernelsOn: (kernels) => usesTwins ? referenceKernels(precision, kernels.memory) : kernels,
  });
  const { kernels, model, rows } = fixture;
  for (let step = 0; step < STEPS; step++) {
    model.beginStep(step);
    model.forward(rows, "training");
    model.backward(rows);
    model.update();
  }
  const passesOf = (capacity: number) =>
    [...chunksOf(kernels, rows, { classes: 3, capacity })].map(({ chunk }) => chunk);
  return { ...fixture, passesOf };
}

/** The mean and unbiased variance that each normalized layer's sums have over rows x, from definitions. */
function plainMoments(layers: readonly TrainedLayer[], x: readonly number[]) {
  let inputs = Array.from({ length: ROWS }, (_, b) => x.slice(b * FEATURES, (b + 1) * FEATURES));
  return layers.slice(0, -1).map(({ outputs, weight, bias, norm }, n) => {
    assert(norm);
    const sums = inputs.map((row) =>
      Array.from(
        { length: outputs },
        (_, o) => row.reduce((sum, value, i) => sum + value * weight[i * outputs + o], 0),
      )
    );
    const mean = Array.from(bias, (_, o) => meanOf(sums.map((row) => row[o])));
    const variance = mean.map((centre, o) =>
      meanOf(sums.map((row) => (row[o] - centre) ** 2)) * ROWS / (ROWS - 1)
    );
    const hasSkip = n > 0 && outputs === inputs[0].length;
    inputs = sums.map((row, b) =>
      row.map((sum, o) => {
        const scaled = norm.scale[o] * (sum - mean[o]) / Math.sqrt(variance[o] + 1e-5) + bias[o];
        // The only layer with a skip connection is the last of them: 1 − (1/1)·shake_drop.
        return hasSkip ? 0.6 * Math.tanh(scaled) + inputs[b][o] : Math.tanh(scaled);
      })
    );
    return { mean, variance };
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

for (const [name, values] of Object.entries(FOLLOWING)) {
  Deno.test(`ResultMoments are those of the training rows with the weights of the result: ${name}`, () => {
    for (const capacity of [4, 8, 12]) {
      const { model, x, passesOf } = trained(values, "f64");
      assertEquals(model.exchangeResult(STEPS, passesOf(capacity)), true);
      const layers = model.parameters.trainedLayers();
      plainMoments(layers, x).forEach((wanted, n) => {
        for (const key of ["mean", "variance"] as const) {
          const actual = layers[n].norm?.[key] ?? [];
          assertEquals(actual.length, wanted[key].length);
          // Layers come out in float32, which the plain moments begin with.
          actual.forEach((value, o) => {
            const text = `${key} ${o} of layer ${n}: ${value}, not ${wanted[key][o]}`;
            assert(Math.abs(value - wanted[key][o]) < 1e-5, text);
          });
        }
      });
    }
  });

  Deno.test(`ResultMoments leave the running moments as they were: ${name}`, () => {
    const { model, passesOf } = trained(values, "f32");
    const before = model.parameters.save();
    const states = [4, 12].map((capacity) => {
      model.exchangeResult(STEPS, passesOf(capacity));
      const result = model.parameters.save();
      model.exchangeResult(STEPS, passesOf(capacity));
      assertEquals(model.parameters.save(), before);
      return result;
    });
    for (const state of states) {
      assert(`${state["layer0.running_mean"]}` !== `${before["layer0.running_mean"]}`);
    }
  });

  for (const precision of ["f32", "f64"] as const) {
    Deno.test(`ResultMoments have the same bits in twins of kernels: ${name}, ${precision}`, () => {
      const [own, twins] = [false, true].map((usesTwins) => {
        const { model, passesOf } = trained(values, precision, usesTwins);
        model.exchangeResult(STEPS, passesOf(4));
        return model.parameters.save();
      });
      assertEquals(own, twins);
    });
  }

  Deno.test(`evaluations and early stopping leave training with ResultMoments as it is: ${name}`, async () => {
    const dataset = madeUpRows(3);
    const normalized = { ...values, batch_norm: "on", batch_size: 17 };
    const [often, rarely] = await Promise.all(
      [1, 30].map((every) =>
        stateBefore(25, dataset, { tasks: [taskWith({ ...normalized, evaluate_every: every })] })
      ),
    );
    assertEquals(often.arrays, rarely.arrays);

    const train = (more: Config) => {
      const task = taskWith({ ...normalized, learning_rate: 1.5, ...more });
      return trainMlp(newKernels(), dataset, task);
    };
    const stopped = await train({ evaluate_every: 1, early_stopping: 4 });
    const losses = stopped.result.evaluations.map(({ measures }) => measures.validation_loss);
    const best = losses.indexOf(Math.min(...losses));
    assert(best > 2 && best < losses.length - 1, `the lowest loss is that of step ${best}`);
    assertEquals(stopped.parameters, (await train({ steps: best })).parameters);
  });

  Deno.test(`ResultMoments of a run are those of all its training rows: ${name}`, async () => {
    const momentsOf = async (values: Config) => {
      // Updates that no weight is large enough to lose anything of.
      const still = { batch_norm: "on", batch_norm_momentum: 0, learning_rate: 1e-30, steps: 3 };
      const task = taskWith({ ...still, ...values });
      const { parameters } = await trainMlp(newKernels(), madeUpRows(3), task);
      return parameters.filter(({ name }) => name.startsWith("layer0.running")).map((p) =>
        p.values
      );
    };
    // A step of all rows leaves their moments in the first layer, where no other normalization is before it.
    const [running, measured] = await Promise.all([momentsOf({}), momentsOf(values)]);
    const batches = await momentsOf({ ...values, batch_size: 16 });
    assertEquals(batches, measured);
    measured.forEach((moments, n) =>
      moments.forEach((value, o) => {
        // Two roundings of float32.
        assert(Math.abs(value - running[n][o]) <= 3e-7 * Math.abs(value), `${value} in ${n}, ${o}`);
      })
    );
  });
}
