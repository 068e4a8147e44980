import type { TargetMoments } from "../../dataset/preparation.ts";
import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import type { Rows, RunRows } from "./rows.ts";

/** Rows in whole lane panels. */
export function paddedCount(kernels: Pick<Kernels, "precision">, count: number): number {
  const lanes = lanesOf(kernels.precision);
  return Math.ceil(count / lanes) * lanes;
}

/** Bytes of the targets, or the factors, of rows in whole lane panels. */
export function perRowBytes(kernels: Pick<Kernels, "precision">, count: number): number {
  return paddedCount(kernels, count) * 16 / lanesOf(kernels.precision);
}

/** Bytes of the values of rows in whole lane panels. */
export function valueBytes(
  kernels: Pick<Kernels, "precision">,
  { stride, count }: Pick<Rows, "stride" | "count">,
): number {
  return Math.ceil(count / lanesOf(kernels.precision)) * stride;
}

/** The targets of rows, padding included: their labels, or quantities if `classes` is 1. */
export function targetsOf(
  kernels: Kernels,
  { targets, count }: Pick<Rows, "targets" | "count">,
  classes: number,
): Int32Array | Float32Array | Float64Array {
  const length = paddedCount(kernels, count);
  return classes > 1
    ? new Int32Array(kernels.memory.buffer, targets, length)
    : numbersAt(kernels, targets, length);
}

/** Numbers of the kernels' precision at a byte offset. */
export function numbersAt(
  { precision, memory: { buffer } }: Kernels,
  offset: number,
  length: number,
): Float32Array | Float64Array {
  return precision === "f32"
    ? new Float32Array(buffer, offset, length)
    : new Float64Array(buffer, offset, length);
}

/** What stands for the target of a padding row: no label, or no number if `classes` is 1. */
export function paddingTarget(classes: number): number {
  return classes > 1 ? -1 : NaN;
}

/**
 * Fills the targets of allocated regions: labels as they are, quantities standardized.
 *
 * @param values By the dataset's row: class numbers, or quantities.
 * @param numbers The rows' numbers in the dataset.
 */
export function fillTargets(
  kernels: Kernels,
  rows: RunRows,
  values: ArrayLike<number>,
  numbers: Readonly<Record<keyof RunRows, Int32Array>>,
  options: TargetOptions,
): void {
  for (const part of ["train", "validation", "test"] as const) {
    const region = rows[part];
    if (region) fillTargetsOf(kernels, region, values, numbers[part], options);
  }
}

/** Whether targets are labels, and how quantities are standardized. */
interface TargetOptions {
  readonly classes: number;
  /** 0 and 1 for labels. */
  readonly scale: TargetMoments;
}

/** The same of one region. */
export function fillTargetsOf(
  kernels: Kernels,
  rows: Rows,
  values: ArrayLike<number>,
  numbers: Int32Array,
  { classes, scale: { mean, deviation } }: TargetOptions,
): void {
  const targets = targetsOf(kernels, rows, classes);
  targets.fill(paddingTarget(classes));
  numbers.forEach((row, b) => targets[b] = (values[row] - mean) / deviation);
}

/** Fills the factors of rows with those of their classes, and 0 in padding. */
export function fillFactors(
  kernels: Kernels,
  rows: Rows,
  factorOf: Float64Array,
): void {
  if (rows.factors === undefined) return;
  const labels = targetsOf(kernels, rows, factorOf.length);
  const factors = numbersAt(kernels, rows.factors, labels.length);
  labels.forEach((label, b) => factors[b] = label < 0 ? 0 : factorOf[label]);
}
