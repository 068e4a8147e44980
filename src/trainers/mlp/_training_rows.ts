import type { Dataset } from "../../dataset/dataset.ts";
import { splitRows } from "../../dataset/split_rows.ts";
import { standardization } from "../../dataset/standardization.ts";
import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { panelBytes, panelStride } from "../../kernels/layouts.ts";
import type { TrainingTask } from "../trainer.ts";
import type { Arena } from "./arena.ts";
import type { Rows } from "./mlp_model.ts";

/** A run's rows: regions of the arena, which `fill()` fills once the arena is allocated. */
export interface RunRows {
  readonly train: Rows;
  readonly validation: Rows;
  /** Absent if test rows are not to be scored, or if there are none. */
  readonly test?: Rows;
  fill(): void;
}

/** Draws a run's rows and reserves the regions that hold them standardized. */
export function reserveRunRows(
  kernels: Kernels,
  arena: Arena,
  dataset: Dataset,
  { split, standardize, seed, scoresTest = false }: TrainingTask,
): RunRows {
  const { train, validation, test } = splitRows(dataset, split, seed);
  const reserve = ({ length }: Int32Array) => reserveRows(kernels, arena, length, dataset.columns);
  const trainRows = reserve(train);
  const validationRows = reserve(validation);
  const testRows = scoresTest && test.length > 0 ? reserve(test) : undefined;
  return {
    train: trainRows,
    validation: validationRows,
    test: testRows,
    fill() {
      const { mean, deviation } = standardization(dataset, train, standardize);
      const fill = (rows: Rows, numbers: Int32Array) =>
        fillRows(kernels, rows, dataset, numbers, mean, deviation);
      fill(trainRows, train);
      fill(validationRows, validation);
      if (testRows) fill(testRows, test);
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
