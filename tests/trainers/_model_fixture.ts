import { type Kernels, lanesOf, type Precision } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { copyKept, restoreKept } from "../../src/trainers/kept_bytes.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import { numbersAt, perRowBytes, targetsOf } from "../../src/trainers/mlp/row_targets.ts";
import { reserveRows } from "../../src/trainers/mlp/_training_rows.ts";
import { Arena } from "../../src/trainers/mlp/arena.ts";
import { mlpConfig } from "../../src/trainers/mlp/mlp_config.ts";
import { MlpModel } from "../../src/trainers/mlp/mlp_model.ts";
import { reserveAdversarial } from "../../src/trainers/mlp/_adversarial.ts";
import { RowChanges } from "../../src/trainers/mlp/row_changes/row_changes.ts";
import type { Rows } from "../../src/trainers/mlp/rows.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";

const module = await loadKernelsModule();

/** The `mlp` trainer's defaults with some values replaced. */
export function configWith(values: Config): Config {
  const defaults = BUILT_IN.named("mlp").hyperparameters.map((row) => [row.key, row.default]);
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

/**
 * A small model with its rows in one kernel memory, and plain views of its parts. Classes are 0, 1
 * and so on in turn; quantities, with `classes` 1, are from −2 to 2.
 */
export function modelFixture(values: Config, options: {
  precision?: Precision;
  rows?: number;
  features?: number;
  classes?: number;
  seed?: number;
  /** Of the rows' losses, by class; all are 1 if not given. */
  factorOf?: readonly number[];
  /** What is used in place of WebAssembly's kernels, on their memory. */
  kernelsOn?: (kernels: Kernels) => Kernels;
} = {}) {
  const { precision = "f64", rows: count = 11, features = 6, classes = 3, seed = 1 } = options;
  const { factorOf, kernelsOn = (kernels) => kernels } = options;
  const kernels = kernelsOn(instantiateKernels(module, precision));
  const arena = new Arena();
  const config = mlpConfig(configWith(values));
  const rows: Rows = {
    ...reserveRows(kernels, arena, count, features),
    factors: factorOf && arena.region(perRowBytes(kernels, count)),
  };
  const model = new MlpModel(kernels, arena, config, {
    features,
    classes,
    batchRows: count,
    capacity: count,
  });
  const changes = new RowChanges(kernels, arena, config, {
    ...{ rows: count, trainRows: count, features, classes, isWeighted: factorOf !== undefined },
  });
  const adversarial = reserveAdversarial(kernels, arena, config, { model, rows: count, features });
  arena.allocate(kernels.memory);
  model.parameters.initialize(seed);
  changes.initialize(seed);
  const draws = copyKept(changes.kept());
  const { buffer } = kernels.memory;
  const view = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const lanes = lanesOf(precision);
  const targets = targetsOf(kernels, rows, classes);
  targets.fill(classes > 1 ? -1 : NaN);
  const quantities = numbers(count, seed + 100);
  const x = numbers(count * features, seed);
  for (let b = 0; b < count; b++) {
    targets[b] = classes > 1 ? (b * 5 + 1) % classes : 2 * quantities[b];
    for (let f = 0; f < features; f++) {
      const at = (rows.values + Math.floor(b / lanes) * rows.stride) / view.BYTES_PER_ELEMENT +
        f * lanes + b % lanes;
      view[at] = x[b * features + f];
    }
  }
  if (rows.factors !== undefined) {
    const factors = numbersAt(kernels, rows.factors, targets.length);
    targets.forEach((label, b) => factors[b] = factorOf?.[label] ?? 0);
  }
  return {
    kernels,
    config,
    rows,
    /** The rows as the first training step gets them: the same changes each time. */
    trainingRows() {
      restoreKept(changes.kept(), draws);
      return changes.apply(rows);
    },
    changes,
    adversarial,
    model,
    view,
    x,
    targets,
  };
}
