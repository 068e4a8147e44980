import { join } from "node:path";
import { openTable } from "../../src/dataset/table/open_table.ts";
import { writeLargeDataset } from "./large_dataset.ts";
import type { Measurement } from "./measure.ts";

const ROWS = 7000;
const COLUMNS = 785;
const TIMES = 5;

/** Two passes over a table's numbers, as a dataset is read, with what is told before. */
export async function measureTables(): Promise<Measurement[]> {
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
