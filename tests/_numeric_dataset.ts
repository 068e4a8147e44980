import type { Dataset } from "../src/dataset/dataset.ts";
import { PLAIN_READING } from "../src/dataset/table/reading.ts";
import type { TableFacts } from "../src/dataset/table_facts.ts";
import type { Task } from "../src/measures/measure.ts";

/** The facts of a made-up table, as far as tests need them. */
export function madeUpFacts(task: Task, classes: TableFacts["classes"] = []): TableFacts {
  return {
    reading: PLAIN_READING,
    columns: [],
    formats: new Map(),
    classes,
    droppedRows: { missingTarget: 0, gaps: 0, rareClass: 0 },
    lookAlikes: [],
    missingWords: [],
    choices: { target: "y", task, columns: { "*": "number" }, missing: [] },
  };
}

/**
 * A dataset whose columns are numbers: `x0`, `x1` and so on. Its target is a class, `0`, `1` and so on,
 * or a quantity if `classes` is 1.
 */
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
  const task = classes === 1 ? "regression" : "classification";
  const names = classes === 1 ? [] : Array.from({ length: classes }, (_, index) => String(index));
  const featureNames = Array.from({ length: columns }, (_, column) => `x${column}`);
  return {
    task,
    values,
    sources: featureNames.map((name) => ({ name, kind: "number", hasGaps: false })),
    targets,
    rows,
    columns,
    featureNames,
    classes: names,
    file: "numbers.csv",
    checksum,
    facts: madeUpFacts(
      task,
      names.map((name) => ({ name, rows: targets.filter((at) => at === Number(name)).length })),
    ),
  };
}
