import { type Kernels, lanesOf, type Precision } from "../../../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../../../src/kernels/load_kernels.ts";
import type { Config } from "../../../../src/trainers/hyperparameter.ts";
import { copyKept, restoreKept } from "../../../../src/trainers/kept_bytes.ts";
import { numbersAt, perRowBytes, targetsOf } from "../../../../src/trainers/mlp/row_targets.ts";
import { reserveRows } from "../../../../src/trainers/mlp/_training_rows.ts";
import { Arena } from "../../../../src/trainers/mlp/arena.ts";
import { mlpConfig } from "../../../../src/trainers/mlp/mlp_config.ts";
import type { CreateRowChange } from "../../../../src/trainers/mlp/row_changes/row_change.ts";
import type { Rows } from "../../../../src/trainers/mlp/rows.ts";
import { configWith } from "../../_model_fixture.ts";

const module = await loadKernelsModule();

/**
 * A change of rows that hold 1, 2, 3, … and have the classes 0, 1, … in turn, or the quantities 1, 2,
 * 3, … if `classes` is 1.
 */
export function changeFixture(create: CreateRowChange, values: Config, options: {
  precision?: Precision;
  count?: number;
  features?: number;
  classes?: number;
  seed?: number;
  /** Factors of the rows' losses, by class. */
  factorOf?: readonly number[];
} = {}) {
  const { precision = "f64", count = 5, features = 7, classes = 3, seed = 1, factorOf } = options;
  const kernels = instantiateKernels(module, precision);
  const arena = new Arena();
  const rows: Rows = {
    ...reserveRows(kernels, arena, count, features),
    factors: factorOf && arena.region(perRowBytes(kernels, count)),
  };
  const change = create(kernels, arena, mlpConfig(configWith(values)), {
    ...{ rows: count, trainRows: count, features, classes, isWeighted: factorOf !== undefined },
  });
  if (!change) throw new Error("The change is off");
  arena.allocate(kernels.memory);
  change.initialize(seed);
  const targets = targetsOf(kernels, rows, classes).fill(classes > 1 ? -1 : NaN);
  for (let b = 0; b < count; b++) targets[b] = classes > 1 ? b % classes : b + 1;
  if (rows.factors !== undefined) {
    const factors = numbersAt(kernels, rows.factors, count);
    for (let b = 0; b < count; b++) factors[b] = factorOf?.[targets[b]] ?? 0;
  }
  const places = Array.from({ length: count * features }, (_, n) => {
    return placeOf(kernels, rows.stride, Math.floor(n / features), n % features);
  });
  const view = viewOf(kernels, rows.values);
  places.forEach((place, n) => view[place] = n + 1);
  /** Values (B,F), row-major. */
  const read = (values: number) => {
    const view = viewOf(kernels, values);
    return places.map((place) => view[place]);
  };
  return {
    kernels,
    rows,
    change,
    original: () => read(rows.values),
    /** The first rows, changed, and their values. */
    draw(part = count) {
      const changed = change.apply({ ...rows, count: part });
      return { changed, values: read(changed.values).slice(0, part * features) };
    },
    /** Copies what lives from step to step; returns what sets it back. */
    keep() {
      const copies = copyKept(change.kept());
      return () => restoreKept(change.kept(), copies);
    },
  };
}

function placeOf({ precision }: Kernels, stride: number, b: number, f: number): number {
  const lanes = lanesOf(precision);
  return (Math.floor(b / lanes) * stride) * lanes / 16 + f * lanes + b % lanes;
}

function viewOf(kernels: Kernels, offset: number): Float32Array | Float64Array {
  const length = (kernels.memory.buffer.byteLength - offset) * lanesOf(kernels.precision) / 16;
  return numbersAt(kernels, offset, length);
}
