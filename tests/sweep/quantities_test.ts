import { assert, assertEquals, fail } from "@std/assert";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { readPredictions } from "../../src/results/predictions_csv.ts";
import { RESULT_TABLES, TABLE_NAMES } from "../../src/results/result_files.ts";
import { sweepExperiment, type SweepResult } from "../../src/sweep/sweep_experiment.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { OF_QUANTITIES } from "../end_to_end/_techniques.ts";
import { numbers } from "../trainers/_model_fixture.ts";

const [ROWS, COLUMNS] = [150, 4];
const noise = numbers(ROWS * (COLUMNS + 1), 3);
const dataset = numericDataset({
  rows: ROWS,
  columns: COLUMNS,
  classes: 1,
  checksum: "quantities",
  valueAt: (row, column) => noise[row * COLUMNS + column],
  targetAt: (row) => 40 + 10 * noise[row * COLUMNS] + 3 * noise[ROWS * COLUMNS + row],
});
const EXPERIMENT = `name: quantities
dataset: { path: quantities.csv, target: y }
${OF_QUANTITIES}`;
const FOLDS = `name: quantities
dataset: { path: quantities.csv, target: y, split: { folds: 3, test: 0.2 } }
fixed: { hidden: [], steps: 20 }
seeds: 2
`;

async function sweep(reports: string, workers: number, text = EXPERIMENT): Promise<SweepResult> {
  const experiment = settleExperiment(parseWritten(text, `${reports}/e.yaml`), dataset);
  return await sweepExperiment({ experiment, dataset }, {
    reports,
    workers,
    signal: new AbortController().signal,
    onEvent: (event) => event.kind === "message" && fail(event.text),
  });
}

Deno.test("a sweep of quantities gives the same files with one worker and two, and is then known", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const first = await sweep(`${folder}/one`, 1);
    await sweep(`${folder}/two`, 2);
    assert(first.state === "complete");
    assertEquals([first.counts.trained, first.counts.diverged, first.counts.failed], [26, 2, 0]);
    const again = await sweep(`${folder}/two`, 2);
    assert(again.state === "complete");
    assertEquals([again.counts.trained, again.counts.known], [0, 26]);

    const names = TABLE_NAMES.map((table) => RESULT_TABLES[table].name);
    const textOf = async (reports: string, name: string) => {
      try {
        return await Deno.readTextFile(`${folder}/${reports}/quantities/${name}`);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      }
    };
    const there: string[] = [];
    for (const name of names) {
      const text = await textOf("one", name);
      assertEquals(await textOf("two", name), text, name);
      if (text !== undefined) there.push(name);
    }
    const absent = ["halving.csv", "looks.csv", "confusion.csv", "units.csv"];
    assertEquals(there, names.filter((name) => !absent.includes(name)));

    const [header, ...lines] = (await textOf("one", "test.csv") ?? "").split("\n");
    const line = lines.find((line) => line.includes(",best")) ?? "";
    assertEquals(header, "run,cell,role,seed,status,test_loss,test_rmse,test_r2");
    const rmse = Number(line.split(",")[6]);
    const [run] = line.split(",");
    const errors = (await textOf("one", "predictions.csv") ?? "").split("\n")
      .filter((line) => line.startsWith(run))
      .map((line) => line.split(",").slice(3).map(Number))
      .map(([actual, predicted]) => (actual - predicted) ** 2);
    assertEquals(errors.length, 30);
    const mean = errors.reduce((sum, value) => sum + value) / errors.length;
    // Sums of 30 squares in float64, in the same order or nearly.
    assert(Math.abs(Math.sqrt(mean) - rmse) < 1e-12 * rmse);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("predictions of the folds' models are of the same test rows", async () => {
  const reports = await Deno.makeTempDir();
  try {
    const { state } = await sweep(reports, 1, FOLDS);
    assertEquals(state, "complete");
    const text = await Deno.readTextFile(`${reports}/quantities/predictions.csv`);
    const rows = Map.groupBy(readPredictions(text), ({ run }) => run);
    assertEquals(rows.size, 6);
    const [first, ...others] = [...rows.values()].map((rows) => rows.map(({ row }) => row));
    assertEquals(first.length, 30);
    for (const other of others) assertEquals(other, first);
  } finally {
    await Deno.remove(reports, { recursive: true });
  }
});
