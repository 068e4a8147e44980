import type { Dataset } from "../src/dataset/dataset.ts";

/** A dataset of classes whose columns are numbers: `x0`, `x1` and so on; classes `0`, `1` and so on. */
export function numericDataset(
  { rows, columns, classes, checksum, valueAt = () => 0, targetAt = (row) => row % classes }: {
    readonly rows: number;
    readonly columns: number;
    /** How many. */
    readonly classes: number;
    readonly checksum: string;
    readonly valueAt?: (row: number, column: number) => number;
    readonly targetAt?: (row: number) => number;
  },
): Dataset {
  const values = new Float64Array(new SharedArrayBuffer(8 * rows * columns));
  values.forEach((_, at) => values[at] = valueAt(Math.floor(at / columns), at % columns));
  const targets = new Float64Array(new SharedArrayBuffer(8 * rows));
  targets.forEach((_, row) => targets[row] = targetAt(row));
  const featureNames = Array.from({ length: columns }, (_, column) => `x${column}`);
  return {
    task: "classification",
    values,
    sources: featureNames.map((name) => ({ name, kind: "number", hasGaps: false })),
    targets,
    rows,
    columns,
    featureNames,
    classes: Array.from({ length: classes }, (_, index) => String(index)),
    checksum,
  };
}
