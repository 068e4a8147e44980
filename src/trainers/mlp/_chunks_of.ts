import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import type { Rows } from "./rows.ts";

/**
 * The rows of one pass after another, and the number of the first of them; no factors of rows.
 *
 * @param sizes The number of classes, 1 for quantities, and the maximum number of rows in a pass: a
 * multiple of the lanes, or all rows.
 */
export function* chunksOf(
  kernels: Kernels,
  { values, targets, stride, count }: Rows,
  { classes, capacity }: { readonly classes: number; readonly capacity: number },
): Generator<{ readonly first: number; readonly chunk: Rows }> {
  const lanes = lanesOf(kernels.precision);
  const targetBytes = classes > 1 ? 4 : 16 / lanes;
  for (let first = 0; first < count; first += capacity) {
    const chunk = {
      values: values + first / lanes * stride,
      targets: targets + first * targetBytes,
      stride,
      count: Math.min(capacity, count - first),
    };
    yield { first, chunk };
  }
}
