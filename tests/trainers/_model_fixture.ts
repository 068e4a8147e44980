import { lanesOf, type Precision } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import { hyperparametersOf } from "../../src/trainers/hyperparameters.ts";
import { InputNoise } from "../../src/trainers/mlp/_input_noise.ts";
import { paddedCount, reserveRows } from "../../src/trainers/mlp/_training_rows.ts";
import { Arena } from "../../src/trainers/mlp/arena.ts";
import { mlpConfig } from "../../src/trainers/mlp/mlp_config.ts";
import { MlpModel, type Rows } from "../../src/trainers/mlp/mlp_model.ts";

const module = await loadKernelsModule();

/** The `mlp` trainer's defaults with some values replaced. */
export function configWith(values: Config): Config {
  const defaults = hyperparametersOf("mlp").map((row) => [row.key, row.default]);
  return { ...Object.fromEntries(defaults), ...values };
}

/** Numbers in [−1, 1) that are the same everywhere: a linear congruential generator's. */
export function numbers(count: number, seed: number): number[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** A small model with its rows in one kernel memory, and plain views of its parts. */
export function modelFixture(values: Config, options: {
  precision?: Precision;
  rows?: number;
  features?: number;
  classes?: number;
  seed?: number;
} = {}) {
  const { precision = "f64", rows: count = 11, features = 6, classes = 3, seed = 1 } = options;
  const kernels = instantiateKernels(module, precision);
  const arena = new Arena();
  const config = mlpConfig(configWith(values));
  const rows: Rows = reserveRows(kernels, arena, count, features);
  const model = new MlpModel(kernels, arena, config, {
    features,
    classes,
    batchRows: count,
    capacity: count,
  });
  const noise = config.inputNoise > 0
    ? new InputNoise(kernels, arena, { deviation: config.inputNoise, rows: count, features })
    : undefined;
  arena.allocate(kernels.memory);
  model.parameters.initialize(seed);
  noise?.initialize(seed);
  const { buffer } = kernels.memory;
  const view = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const lanes = lanesOf(precision);
  const labels = new Int32Array(buffer, rows.labels, paddedCount(kernels, count));
  labels.fill(-1);
  const x = numbers(count * features, seed);
  for (let b = 0; b < count; b++) {
    labels[b] = (b * 5 + 1) % classes;
    for (let f = 0; f < features; f++) {
      const at = (rows.values + Math.floor(b / lanes) * rows.stride) / view.BYTES_PER_ELEMENT +
        f * lanes + b % lanes;
      view[at] = x[b * features + f];
    }
  }
  return {
    kernels,
    config,
    rows,
    /** The rows as a training step gets them: with new noise, if there is any. */
    trainingRows: () => noise?.addTo(rows) ?? rows,
    model,
    view,
    x,
    labels,
  };
}
