import { assert, assertEquals } from "@std/assert";
import type { Experiment } from "../../src/experiment/experiment.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { type Batch, type FinishedBatch, searchCells } from "../../src/sweep/search_cells.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { runResult } from "./_run_result.ts";

const dataset = numericDataset({ rows: 50, columns: 1, classes: 2, checksum: "checksum" });

function experimentWith(more = "seeds: 2"): Experiment {
  return parseExperiment(
    `name: e
dataset: { path: d.csv, target: y }
fixed: { steps: 8, evaluate_every: 2 }
grid:
  - l2_penalty: 0
  - sample: { count: 12, method: tpe, batch: 5 }
    l2_penalty: { log_uniform: [0.0001, 1] }
${more}
`,
    "e.yaml",
  );
}

/** The larger its penalty, the better a cell; the largest of all diverge. */
function outcomesOf(runs: readonly PlannedRun[]): RunOutcome[] {
  return runs.map(({ key, cell, replicate, task: { seed } }) => {
    const penalty = Number(cell.config.l2_penalty);
    const result = { ...runResult(seed, 0.5 + penalty / 4 + replicate / 100), digest: key };
    const status = penalty > 0.5 ? "diverged" as const : "completed" as const;
    return { key, cell, replicate, seed, result: { ...result, status } };
  });
}

async function search(experiment: Experiment) {
  const batches: { batch: Batch; runs: readonly PlannedRun[] }[] = [];
  const finished: FinishedBatch[] = [];
  const searched = await searchCells(experiment, dataset, (runs, batch) => {
    batches.push({ batch, runs });
    return Promise.resolve(outcomesOf(runs));
  }, (batch) => finished.push(batch));
  return { searched, batches, finished };
}

Deno.test("searchCells() trains each batch's own cells, and says which was best so far", async () => {
  const { searched, batches, finished } = await search(experimentWith());
  assertEquals(batches.map(({ batch }) => batch), [
    { number: 1, of: 3 },
    { number: 2, of: 3 },
    { number: 3, of: 3 },
  ]);
  // The cell that is not searched is trained with the first batch.
  assertEquals(batches.map(({ runs }) => runs.length), [12, 10, 4]);
  const { cells, searched: found } = searched.experiment;
  assertEquals([cells.length, searched.outcomes.length, searched.isUnfinished], [13, 26, false]);
  assertEquals(found?.isOver, true);
  assertEquals(found?.found.map(({ cells }) => cells), [6, 11, 13]);
  assertEquals(finished.map(({ experiment }) => experiment.cells.length), [6, 11, 13]);
  const best = found?.found.map(({ mean }) => mean ?? NaN) ?? [];
  assert(best.every((mean, index) => index === 0 || mean >= best[index - 1]));
  // A cell that diverged is never the best.
  const winner = cells.find(({ name }) => name === found?.found.at(-1)?.best);
  assert(Number(winner?.config.l2_penalty) <= 0.5);
});

Deno.test("searchCells() stops runs at the first rung, and looks at the seeds of the first look", async () => {
  const halved = await search(
    experimentWith("seeds: 2\nsuccessive_halving: { min_steps: 2, eta: 2 }"),
  );
  assertEquals(halved.batches.map(({ batch: { step } }) => step), [2, 2, 2]);
  assert(halved.batches.every(({ runs }) => runs.every(({ task }) => task.stopAt === 2)));
  const looks = await search(experimentWith("seeds: { from: 3, to: 12, until: decided }"));
  assertEquals(looks.batches.map(({ runs }) => runs.length), [18, 15, 6]);
});

Deno.test("searchCells() proposes no cell whose runs need more memory than there is", async () => {
  // Two of three networks have too many weights. The first batch is checked before.
  const experiment = parseExperiment(
    `name: e
dataset: { path: d.csv, target: y }
fixed: { steps: 8, evaluate_every: 2 }
grid:
  sample: { count: 30, method: tpe, batch: 1, seed: 1 }
  hidden: { choice: [[4], [40000, 40000], [50000, 50000]] }
  dropout: { choice: [0, 0.1, 0.2, 0.3] }
`,
    "e.yaml",
  );
  const { searched } = await search(experiment);
  const hidden = searched.experiment.cells.map(({ config }) => String(config.hidden));
  assert(hidden.length >= 4 && hidden.slice(1).every((layers) => layers === "4"), `${hidden}`);
});

Deno.test("searchCells() leaves a batch unfinished if training does", async () => {
  let trained = 0;
  const searched = await searchCells(experimentWith(), dataset, (runs) => {
    trained++;
    return Promise.resolve(trained > 1 ? undefined : outcomesOf(runs));
  });
  assertEquals([searched.isUnfinished, trained], [true, 2]);
  assertEquals(searched.outcomes.length, 12);
  assertEquals(searched.experiment.cells.length, 11);
});

Deno.test("searchCells() trains nothing without a search", async () => {
  const experiment = parseExperiment(
    "name: e\ndataset: { path: d.csv, target: y }\ngrid: { l2_penalty: [0, 1] }\n",
    "e.yaml",
  );
  const { searched, batches } = await search(experiment);
  assertEquals([batches.length, searched.experiment === experiment], [0, true]);
});
