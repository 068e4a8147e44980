import { assert, assertEquals } from "@std/assert";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { runRows } from "../../src/results/runs_csv.ts";
import { manifestFacts } from "../../src/sweep/build_manifest.ts";
import { outcomeOf } from "../../src/sweep/outcome_of.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { questionOfExperiment, scoredCells } from "../../src/sweep/scored_cells.ts";
import { createRunTrainer } from "../../src/trainers/run_trainer.ts";
import { trainerContext } from "../../src/trainers/trainer_context.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { classesOf, madeRows, upTo } from "../dataset/_made_rows.ts";

const ROWS = 60;
const base = numericDataset({
  ...{ rows: ROWS, columns: 2, classes: 2, checksum: "c" },
  valueAt: (row, column) => (row * (3 + column)) % 7,
});
/** Twelve groups of five rows, which are in order of time. */
const { splitting } = madeRows({
  targets: upTo(ROWS).map(() => 0),
  groups: classesOf(new Array(12).fill(5)),
  times: upTo(ROWS),
  parts: upTo(ROWS).map((row) => row < 40 ? 1 : row < 50 ? 2 : 3),
});

/** A dataset as it is read for a split. */
function datasetFor(split: string): Dataset {
  const { groups, times, parts } = splitting ?? {};
  return {
    ...base,
    splitting: {
      ...split.includes("group") && { groups },
      ...split.includes("time") && { times },
      ...split.includes("column") && { parts },
    },
  };
}

/** The rows of the parts and the overlap, as an experiment's question has them. */
const EXPECTED: Readonly<Record<string, [train: number, validation: number, overlap: number]>> = {
  "{ group: g }": [35, 10, 10 / 35],
  "{ group: g, folds: 3 }": [32, 16, 1 / 2],
  "{ time: t }": [36, 12, 0],
  "{ time: t, folds: 3 }": [24, 12, 0],
  "{ column: set }": [40, 10, 0],
};

for (const [split, [train, validation, overlap]] of Object.entries(EXPECTED)) {
  Deno.test(`runs with split: ${split} are trained, scored and asked for what they are`, async () => {
    const dataset = datasetFor(split);
    const text = `name: e
dataset: { path: d.csv, target: y, split: ${split} }
fixed: { hidden: [4], steps: 4, evaluate_every: 2 }
grid: { l2_penalty: [0, 1] }
seeds: 2
`;
    const experiment = settleExperiment(parseWritten(text, "e.yaml"), dataset);
    const { runs } = planRuns(experiment, dataset);
    const trainer = createRunTrainer(await trainerContext(BUILT_IN.select(["mlp"]), dataset));
    const outcomes = [];
    for (const run of runs) {
      const { result, test } = await trainer.train({ ...run.task, scoresTest: true });
      assertEquals(result.status, "completed");
      assert(test, "there are test rows");
      outcomes.push(outcomeOf(run, { result }));
    }
    const question = questionOfExperiment(experiment, dataset);
    const { rows } = question;
    assert(rows);
    const about = Math.round(rows.train) - train;
    assert(Math.abs(about) <= 5, `${rows.train} training rows`);
    assertEquals(question.overlap > 0, overlap > 0);
    if (!split.includes("group")) {
      assertEquals([rows.train, rows.validation], [train, validation]);
    }
    if (split.includes("folds")) assertEquals(question.overlap, overlap);
    assertEquals(scoredCells(experiment, runRows(experiment, outcomes), dataset).size > 0, true);
    const { dataset: facts } = manifestFacts({ experiment, dataset, outcomes });
    assertEquals(facts?.split.rows, rows);

    // Seeds differ in rows, or at least in initial weights; cells of a seed and fold share rows.
    const digests = outcomes.map(({ result }) => result?.digest);
    assertEquals(new Set(digests).size, digests.length);
  });
}
