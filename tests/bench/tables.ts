import { join } from "node:path";
import { sharedFloats } from "../../src/dataset/columns/fill_table.ts";
import { splitRows } from "../../src/dataset/split_rows.ts";
import { openTable } from "../../src/dataset/table/open_table.ts";
import { writeLargeDataset } from "./large_dataset.ts";
import type { Measurement } from "./measure.ts";

const ROWS = 7000;
const COLUMNS = 785;
const TIMES = 5;
const SPLIT_ROWS = 1_000_000;

/** Reading a table, and splitting its rows as each run does. */
export async function measureTables(): Promise<Measurement[]> {
  return [...await measureReading(), measureSplitting()];
}

/** Two passes over a table's numbers, as a dataset is read, with what is told before. */
async function measureReading(): Promise<Measurement[]> {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
  try {
    const path = join(folder, "large.csv");
    await writeLargeDataset(path, ROWS);
    const bytes = await Deno.readFile(path);
    let milliseconds = Infinity;
    for (let time = 0; time < TIMES; time++) {
      const started = performance.now();
      const { records } = await openTable(bytes, path);
      for (const scanner of [records(), records()]) {
        while (scanner.next()) {
          for (let field = 0; field < scanner.count; field++) scanner.number(field);
        }
      }
      milliseconds = Math.min(milliseconds, performance.now() - started);
    }
    return [{
      name: "reading a table, two passes, per number",
      value: 1e6 * milliseconds / (ROWS * COLUMNS),
      unit: "ns",
      note: `${ROWS} rows of ${COLUMNS} columns`,
    }];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function measureSplitting(): Measurement {
  const targets = sharedFloats(SPLIT_ROWS);
  targets.forEach((_, row) => targets[row] = row % 7 % 3);
  const dataset = { rows: SPLIT_ROWS, checksum: "bench", targets, classes: ["a", "b", "c"] };
  const split = { train: 0.6, validation: 0.2, test: 0.2, stratify: true, resplit: true } as const;
  let milliseconds = Infinity;
  for (let time = 0; time < TIMES; time++) {
    const started = performance.now();
    splitRows(dataset, split, time);
    milliseconds = Math.min(milliseconds, performance.now() - started);
  }
  return {
    name: "splitting a table's rows for a run, per row",
    value: 1e6 * milliseconds / SPLIT_ROWS,
    unit: "ns",
    note: "a million rows of three classes, stratified",
  };
}
