import type { Dataset } from "../dataset/dataset.ts";
import { splitRows } from "../dataset/split_rows.ts";
import { standardization } from "../dataset/standardization.ts";
import { type Kernels, lanesOf } from "../kernels/kernels.ts";
import type { Arena } from "./_arena.ts";
import { panelBytes, panelStride, type Rows } from "./mlp_model.ts";
import type { TrainingTask } from "./trainer.ts";

/** A run's training and validation rows: places in the arena, filled by `fill()` once it is allocated. */
export interface RunRows {
  readonly train: Rows;
  readonly validation: Rows;
  fill(): void;
}

/** Draws a run's rows and reserves the regions that hold them standardized. */
export function reserveRunRows(
  kernels: Kernels,
  arena: Arena,
  dataset: Dataset,
  { split, standardize, seed }: TrainingTask,
): RunRows {
  const { train, validation } = splitRows(dataset, split, seed);
  const trainRows = reserveRows(kernels, arena, train.length, dataset.columns);
  const validationRows = reserveRows(kernels, arena, validation.length, dataset.columns);
  return {
    train: trainRows,
    validation: validationRows,
    fill() {
      const { mean, deviation } = standardization(dataset, train, standardize);
      fillRows(kernels, trainRows, dataset, train, mean, deviation);
      fillRows(kernels, validationRows, dataset, validation, mean, deviation);
    },
  };
}

/** Reserves lane panels for `count` rows and their labels. */
export function reserveRows(
  kernels: Kernels,
  arena: Arena,
  count: number,
  features: number,
): Rows {
  return {
    values: arena.region(panelBytes(kernels, count, features)),
    stride: panelStride(features),
    labels: arena.region(paddedCount(kernels, count) * 4),
    count,
  };
}

/** Rows in whole lane panels. */
export function paddedCount(kernels: Kernels, count: number): number {
  const lanes = lanesOf(kernels.precision);
  return Math.ceil(count / lanes) * lanes;
}

function fillRows(
  kernels: Kernels,
  rows: Rows,
  dataset: Dataset,
  numbers: Int32Array,
  mean: Float64Array,
  deviation: Float64Array,
): void {
  const { features, labels, columns } = dataset;
  const buffer = kernels.memory.buffer;
  const values = kernels.precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const size = values.BYTES_PER_ELEMENT;
  const lanes = lanesOf(kernels.precision);
  const targets = new Int32Array(buffer, rows.labels, paddedCount(kernels, rows.count));
  targets.fill(-1);
  numbers.forEach((row, b) => {
    targets[b] = labels[row];
    let at = (rows.values + Math.floor(b / lanes) * rows.stride) / size + b % lanes;
    for (let f = 0; f < columns; f++, at += lanes) {
      values[at] = (features[row * columns + f] - mean[f]) / deviation[f];
    }
  });
}
