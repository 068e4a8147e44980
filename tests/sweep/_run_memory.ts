// deno-lint-ignore-file no-console -- its output is its result
// Prints how many bytes a run takes in its plan, while it waits for a cluster, and with its outcome.
import type { Experiment } from "../../src/experiment/experiment.ts";
import { RunSummaries } from "../../src/results/run_summaries.ts";
import { ShortOutcome } from "../../src/sweep/outcome_of.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { WaitingRuns } from "../../src/sweep/slurm/waiting_runs.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { sampleRecord } from "../store/_sample_record.ts";

const RUNS = 100_000;
const SEEDS = 10;

function experimentOf(runs: number): Experiment {
  return parseOnDataset(
    `name: e\ndataset: { path: d.csv, target: y, split: {}, standardize: global }\n` +
      `grid: { l1_penalty: { linear: [0, 1], count: ${runs / SEEDS} } }\nseeds: ${SEEDS}\n`,
    "e.yaml",
  );
}

function bytesTaken(): number {
  (globalThis as unknown as { gc(): void }).gc();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

const dataset = numericDataset({ rows: 50, columns: 1, classes: 2, checksum: "checksum" });
const { result } = sampleRecord(1, { digest: "0".repeat(64) });
/** All that a sweep keeps of so many runs. */
function keep(runCount: number) {
  const { runs } = planRuns(experimentOf(runCount), dataset);
  const [waiting, summaries] = [new WaitingRuns(runs), new RunSummaries()];
  const outcomes = runs.map((run) => new ShortOutcome(run, summaries.add(result)));
  return { runs, waiting, outcomes };
}

// What is loaded with the first of them is not counted.
keep(100);
const before = bytesTaken();
const kept = keep(RUNS);
console.log((bytesTaken() - before) / RUNS);
if (kept.outcomes.length !== RUNS || kept.waiting.size !== RUNS) throw new Error("not all there");
