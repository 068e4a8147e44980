import type { Dataset } from "../../dataset/dataset.ts";
import type { KernelProducts } from "./_kernel_products.ts";
import type { LanePanels } from "./_lane_panels.ts";
import { createMatrix, type Matrix } from "./_matrix.ts";

/** Some of the dataset's rows, and the results of the forward pass for them. */
export interface Part {
  /** (rows, inputs). */
  readonly x: LanePanels;
  /** (rows); in one-hot form, they are the notebook's y. */
  readonly labels: Int32Array;
  /** (rows, hidden). */
  readonly h0: LanePanels;
  /** (rows, classes). */
  readonly yPred: Matrix;
}

/** Takes some rows of the dataset; `features` are its standardized values. */
export function takePart(
  products: KernelProducts,
  { targets, columns, classes }: Pick<Dataset, "targets" | "columns" | "classes">,
  features: Float64Array,
  rows: Int32Array,
  hidden: number,
): Part {
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    values.set(features.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  const x = products.panels(rows.length, columns);
  x.load({ rows: rows.length, columns, values });
  return {
    x,
    labels: rows.map((row) => targets[row]),
    h0: products.panels(rows.length, hidden),
    yPred: createMatrix(rows.length, classes.length),
  };
}
