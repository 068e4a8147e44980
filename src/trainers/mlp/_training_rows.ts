import type { Dataset } from "../../dataset/dataset.ts";
import { type Preparation, rowWriter, type WriteRow } from "../../dataset/preparation.ts";
import type { Split } from "../../dataset/split_rows.ts";
import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { panelBytes, panelStride } from "../../kernels/layouts.ts";
import { perRowBytes } from "./row_targets.ts";
import type { Arena } from "./arena.ts";
import type { Rows, RunRows } from "./rows.ts";

/** Fills the values of allocated regions with a split's rows, as a preparation has them. */
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
    if (region) fillRows(kernels, region, numbers[part], writeRow);
  }
}

/** Reserves lane panels for `count` rows and their targets. */
export function reserveRows(
  kernels: Kernels,
  arena: Arena,
  count: number,
  features: number,
): Rows {
  return {
    values: arena.region(panelBytes(kernels.precision, count, features)),
    stride: panelStride(features),
    targets: arena.region(perRowBytes(kernels, count)),
    count,
  };
}

/** Fills the values of a region with some rows of a table. */
export function fillRows(
  kernels: Kernels,
  rows: Rows,
  numbers: Int32Array,
  writeRow: WriteRow,
): void {
  const buffer = kernels.memory.buffer;
  const values = kernels.precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const size = values.BYTES_PER_ELEMENT;
  const lanes = lanesOf(kernels.precision);
  numbers.forEach((row, b) => {
    const at = (rows.values + Math.floor(b / lanes) * rows.stride) / size + b % lanes;
    writeRow(row, values, at, lanes);
  });
}
