import { assertEquals } from "@std/assert";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { runRows } from "../../src/results/runs_csv.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { type Look, runsOfLooks, trainLooks } from "../../src/sweep/train_looks.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { runResult } from "./_run_result.ts";

const dataset = numericDataset({ rows: 50, columns: 1, classes: 2, checksum: "checksum" });

function experimentWith(more = "") {
  return parseExperiment(
    `name: e
dataset: { path: d.csv, target: y, split: ${
      more || "{ train: 0.6, validation: 0.2, test: 0.2, resplit: false }"
    } }
grid: { l2_penalty: [0, 1, 2, 3] }
baseline: { l2_penalty: 2 }
equivalence: 0.001
seeds: { from: 3, to: 12, until: decided }
`,
    "e.yaml",
  );
}

/**
 * Penalty 0 differs from the baseline (2) by much on every seed, 1 by as much as chance does, and 3 by
 * next to nothing.
 */
function outcomesOf(runs: readonly PlannedRun[]): RunOutcome[] {
  return runs.map(({ key, cell, replicate, task: { seed, fold } }) => {
    const chance = (replicate * 7 % 5 - 2) / 100;
    const effects = [0.3 + chance / 100, 0.02 + chance, 0, 0.01 * chance + 0.0001];
    const accuracy = 0.5 + effects[Number(cell.config.l2_penalty)];
    const result = { ...runResult(seed, accuracy), digest: key };
    return { key, cell, replicate, seed, ...fold !== undefined && { fold }, result };
  });
}

/** Runs in short: penalty and seed. */
function names(runs: readonly Pick<PlannedRun, "cell" | "task">[]): string[] {
  return runs.map(({ cell, task: { seed } }) => `${cell.config.l2_penalty}/${seed}`);
}

Deno.test("trainLooks() trains the new runs of cells that are not decided, look by look", async () => {
  const looks: [Look, string[]][] = [];
  const trained = await trainLooks(experimentWith(), dataset, (runs, look) => {
    looks.push([look, names(runs)]);
    return Promise.resolve(outcomesOf(runs).reverse());
  });
  const [[first, all], [second, more]] = looks;
  assertEquals(first, { seeds: 3, isLast: false });
  assertEquals(
    all,
    [0, 1, 2, 3].flatMap((penalty) => [1, 2, 3].map((seed) => `${penalty}/${seed}`)),
  );
  // Penalty 0 is decided; the baseline goes on with the others.
  assertEquals(second, { seeds: 6, isLast: false });
  assertEquals(more.filter((name) => name.startsWith("0/")), []);
  assertEquals(more.filter((name) => name.startsWith("2/")), ["2/4", "2/5", "2/6"]);
  const seedsOf = Map.groupBy(trained?.runs ?? [], ({ cell }) => cell.config.l2_penalty);
  assertEquals(seedsOf.get(0)?.length, 3);
  assertEquals(
    seedsOf.get(2)?.length,
    Math.max(...[...seedsOf.values()].map(({ length }) => length)),
  );
  // In the order of runs.csv, whatever order they ended in.
  assertEquals(
    trained?.outcomes.map(({ key }) => key),
    trained?.runs.map(({ key }) => key),
  );
  const inOrder = [...trained?.runs ?? []].sort((a, b) =>
    a.cell.index - b.cell.index || a.replicate - b.replicate
  );
  assertEquals(trained?.runs, inOrder);
});

Deno.test("trainLooks() gives nothing if training does", async () => {
  assertEquals(
    await trainLooks(experimentWith(), dataset, () => Promise.resolve(undefined)),
    undefined,
  );
});

Deno.test("trainLooks() counts all folds of a seed at once", async () => {
  const counts: number[] = [];
  await trainLooks(experimentWith("{ folds: 2 }"), dataset, (runs) => {
    counts.push(runs.length);
    return Promise.resolve(outcomesOf(runs));
  });
  assertEquals(counts[0], 4 * 3 * 2);
});

Deno.test("runsOfLooks() gives the runs that a finished sweep has, and those that some of them ask for", async () => {
  const experiment = experimentWith();
  const trained = await trainLooks(
    experiment,
    dataset,
    (runs) => Promise.resolve(outcomesOf(runs)),
  );
  const { runs: all } = planRuns(experiment, dataset);
  const rowsOf = (runs: readonly PlannedRun[]) => runRows(experiment, outcomesOf(runs));
  const keysOf = (runs: readonly PlannedRun[]) => runs.map(({ key }) => key);
  const context = { experiment, dataset };
  // More runs than needed change nothing.
  for (const there of [trained?.runs ?? [], all]) {
    const { runs, next } = await runsOfLooks(all, rowsOf(there), context);
    assertEquals([keysOf(runs), next], [keysOf(trained?.runs ?? []), undefined]);
  }
  const first = all.filter(({ replicate }) => replicate < 3);
  const none = await runsOfLooks(all, rowsOf(first.slice(1)), context);
  assertEquals([keysOf(none.runs), none.next], [keysOf(first), 3]);
});
