import { assertEquals } from "@std/assert";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { halvingCsv, readHalving } from "../../src/results/halving_csv.ts";
import { resultColumns } from "../../src/results/result_columns.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { type FinishedRung, halve } from "../../src/sweep/halve.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import type { RunResult } from "../../src/trainers/run_result.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { runResult } from "./_run_result.ts";

const dataset = numericDataset({ rows: 50, columns: 1, classes: 2, checksum: "checksum" });

function experimentWith(halving: string, more = "") {
  return parseExperiment(
    `name: e
dataset: { path: d.csv, target: y }
fixed: { steps: 400 }
grid: { l2_penalty: [0, 1, 2, 3, 4, 5, 6] }
seeds: 2
successive_halving: ${halving}
${more}`,
    "e.yaml",
  );
}

/** The outcomes of runs that do as well as a function of their penalty, seed and step says. */
function outcomesBy(result: (penalty: number, seed: number, step: number) => RunResult) {
  return (runs: readonly PlannedRun[]): Promise<RunOutcome[]> =>
    Promise.resolve(runs.map(({ key, cell, replicate, task: { seed, stopAt = Infinity } }) => {
      const penalty = Number(cell.config.l2_penalty);
      return { key, cell, replicate, seed, result: result(penalty, seed, stopAt) };
    }));
}

/** The penalties of each rung's cells that are kept, and those to the end. */
async function kept(
  experiment: ReturnType<typeof experimentWith>,
  result: (penalty: number, seed: number, step: number) => RunResult,
) {
  const halved = await halve(experiment, dataset, outcomesBy(result));
  const rungs = Map.groupBy(halved.rows ?? [], ({ step }) => step);
  const last = halved.experiment.cells.map(({ config }) => config.l2_penalty);
  return [
    ...[...rungs.values()].map((rows) => {
      return rows.filter(({ isKept }) => isKept).map(({ values }) => values.l2_penalty);
    }),
    last,
  ];
}

Deno.test("halve() keeps the best by their mean over the seeds, and the baseline", async () => {
  // The first seed alone would have it the other way round.
  const accuracy = (penalty: number, seed: number) =>
    seed === 1 ? 0.5 - penalty / 100 : penalty / 10;
  const result = (penalty: number, seed: number) => runResult(seed, accuracy(penalty, seed));
  const experiment = experimentWith("{ min_steps: 50, eta: 2 }");
  assertEquals(await kept(experiment, result), [[0, 4, 5, 6], [0, 5, 6], [0, 6], [0, 6]]);
});

Deno.test("halve() keeps the least loss, and the first of equals", async () => {
  const halving = "{ metric: validation_loss, min_steps: 200, eta: 3 }";
  const experiment = experimentWith(halving, "baseline: { l2_penalty: 6 }");
  const result = (penalty: number, seed: number) => {
    const { evaluations: [evaluation], ...rest } = runResult(seed);
    const measures = { ...evaluation.measures, "validation_loss": penalty < 2 ? 2 : 1 };
    return { ...rest, evaluations: [{ ...evaluation, measures }] };
  };
  assertEquals(await kept(experiment, result), [[2, 3, 6], [2, 3, 6]]);
});

Deno.test("halve() ranks cells with a run that diverged behind the others", async () => {
  const experiment = experimentWith("{ min_steps: 200, eta: 3 }");
  const result = (penalty: number, seed: number): RunResult => {
    const isLost = penalty === 6 && seed === 2 || penalty === 5;
    return { ...runResult(seed, penalty / 10), status: isLost ? "diverged" : "completed" };
  };
  assertEquals(await kept(experiment, result), [[0, 3, 4], [0, 3, 4]]);
  const halved = await halve(experiment, dataset, outcomesBy(result));
  const figures = halved.rows?.map(({ n, mean }) => [n, mean]);
  assertEquals(figures?.slice(-3), [[2, 0.4], [0, undefined], [1, 0.6]]);
});

Deno.test("halve() stops each cell without a result, even if fewer go on; not the baseline", async () => {
  const experiment = experimentWith("{ min_steps: 100, eta: 2 }");
  const result = (penalty: number, seed: number): RunResult => {
    return { ...runResult(seed), status: penalty === 3 ? "completed" : "diverged" };
  };
  assertEquals(await kept(experiment, result), [[0, 3], [0, 3], [0, 3]]);
});

Deno.test("halve() decides anew at each rung, by what runs of that many steps give", async () => {
  const experiment = experimentWith("{ min_steps: 100, eta: 2 }");
  const result = (penalty: number, seed: number, step: number) =>
    runResult(seed, step === 100 ? penalty / 10 : 1 - penalty / 10);
  assertEquals(await kept(experiment, result), [[0, 4, 5, 6], [0, 4, 5], [0, 4, 5]]);
});

Deno.test("halve() plans runs with keys of their own, but whole runs where they are not longer", async () => {
  const experiment = parseExperiment(
    `name: e
dataset: { path: d.csv, target: y }
grid: { steps: [100, 200, 400] }
seeds: 1
successive_halving: { min_steps: 200, eta: 2 }
`,
    "e.yaml",
  );
  const planned: (number | undefined)[] = [];
  await halve(experiment, dataset, (runs) => {
    planned.push(...runs.map(({ identity }) => identity.stopAt));
    return outcomesBy((_, seed) => runResult(seed))(runs);
  });
  assertEquals(planned, [undefined, undefined, 200]);
});

Deno.test("halve() keeps all cells if nothing says to stop any", async () => {
  const whole = { ...experimentWith("{ min_steps: 50 }"), halving: undefined };
  const halved = await halve(whole, dataset, () => Promise.reject());
  assertEquals(halved, { experiment: whole, isUnfinished: false });
});

Deno.test("halve() ends with the last rung that was finished", async () => {
  const experiment = experimentWith("{ min_steps: 50, eta: 2 }");
  const nothing = await halve(experiment, dataset, () => Promise.resolve(undefined));
  assertEquals(nothing, { experiment, rows: [], isUnfinished: true });

  const finish = outcomesBy((penalty, seed) => runResult(seed, penalty / 10));
  const finished: FinishedRung[] = [];
  const { isUnfinished, rows, ...left } = await halve(
    experiment,
    dataset,
    (runs, { step }) => {
      return step < 200 ? finish(runs) : Promise.resolve(undefined);
    },
    (rung) => finished.push(rung),
  );
  const last = finished.at(-1);
  assertEquals(finished.map(({ step }) => step), [50, 100]);
  assertEquals([isUnfinished, left.experiment.cells.length, last?.step], [true, 3, 100]);
  assertEquals(last?.experiment.cells.length, 4);
  assertEquals(last?.outcomes.length, 8);
  assertEquals(last?.rows, rows?.filter(({ step }) => step === 50));
});

Deno.test("halvingCsv() is read back as it was, an absent mean too, which was NaN once", async () => {
  const experiment = experimentWith("{ min_steps: 100, eta: 2 }");
  const result = (penalty: number, seed: number): RunResult => {
    return { ...runResult(seed, 1 / 3), status: penalty === 3 ? "diverged" : "completed" };
  };
  const halved = await halve(experiment, dataset, outcomesBy(result));
  const rows = halved.rows ?? [];
  const text = halvingCsv(rows, resultColumns(experiment));
  assertEquals(readHalving(text), rows);
  assertEquals(readHalving(text.replace("3,3,0,,", "3,3,0,NaN,")), rows);
  assertEquals(text.split("\n").slice(0, 5), [
    "stopped_at,cell,l2_penalty,n,mean,outcome",
    "100,l2_penalty=0,0,2,0.3333333333333333,kept",
    "100,l2_penalty=1,1,2,0.3333333333333333,kept",
    "100,l2_penalty=2,2,2,0.3333333333333333,kept",
    "100,l2_penalty=3,3,0,,stopped",
  ]);
});
