import type { Dataset } from "../../dataset/dataset.ts";
import { type Preparation, rowWriter, type WriteRow } from "../../dataset/preparation.ts";
import type { Split } from "../../dataset/split_rows.ts";
import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { panelBytes, panelStride } from "../../kernels/layouts.ts";
import type { Arena } from "./arena.ts";
import type { Rows } from "./mlp_model.ts";

/** A run's rows: regions of the arena. */
export interface RunRows {
  readonly train: Rows;
  readonly validation: Rows;
  /** Absent if test rows are not to be scored, or if there are none. */
  readonly test?: Rows;
}

/** Fills allocated regions with a split's rows, as a preparation has them. */
export function fillRunRows(
  kernels: Kernels,
  rows: RunRows,
  dataset: Dataset,
  numbers: Split,
  preparation: Preparation,
): void {
  const writeRow = rowWriter(dataset, preparation);
  for (const part of ["train", "validation", "test"] as const) {
    const region = rows[part];
    if (region) fillRows(kernels, region, dataset, numbers[part], writeRow);
  }
}

/** Reserves lane panels for `count` rows and their labels. */
export function reserveRows(
  kernels: Kernels,
  arena: Arena,
  count: number,
  features: number,
): Rows {
  return {
    values: arena.region(panelBytes(kernels.precision, count, features)),
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
  writeRow: WriteRow,
): void {
  const { targets: classes } = dataset;
  const buffer = kernels.memory.buffer;
  const values = kernels.precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const size = values.BYTES_PER_ELEMENT;
  const lanes = lanesOf(kernels.precision);
  const targets = new Int32Array(buffer, rows.labels, paddedCount(kernels, rows.count));
  targets.fill(-1);
  numbers.forEach((row, b) => {
    targets[b] = classes[row];
    const at = (rows.values + Math.floor(b / lanes) * rows.stride) / size + b % lanes;
    writeRow(row, values, at, lanes);
  });
}
