import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Dataset } from "../../src/dataset/dataset.ts";
import type { Experiment } from "../../src/experiment/experiment.ts";
import { runCount } from "../../src/experiment/halving.ts";
import { parseExperiment, parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { withTask } from "../../src/sweep/planned_run.ts";
import { fromChunkFile, toChunkFile } from "../../src/sweep/slurm/chunk_file.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { numericDataset } from "../_numeric_dataset.ts";

const dataset = numericDataset({ rows: 50, columns: 1, classes: 2, checksum: "checksum" });

function textWith(split: string): string {
  return `name: e
dataset: { path: d.csv, target: y${split} }
grid: { l2_penalty: [0, 1] }
seeds: [3, 7]
`;
}

function settled(split: string, { task }: Pick<Dataset, "task"> = dataset): Experiment {
  const text = textWith(`, split: ${split}, standardize: global`);
  return settleExperiment(parseWritten(text, "e.yaml"), { task });
}

Deno.test("planRuns() gives each cell a run per seed and fold", () => {
  const experiment = settled("{ folds: 3 }");
  const { runs, shape } = planRuns(experiment, dataset);
  assertEquals(
    runs.slice(0, 6).map(({ replicate, identity: { seed, fold } }) => [replicate, seed, fold]),
    [[0, 3, 1], [1, 3, 2], [2, 3, 3], [3, 7, 1], [4, 7, 2], [5, 7, 3]],
  );
  assertEquals([runs.length, runCount(experiment)], [12, 12]);
  for (const { task, identity } of runs) {
    assertEquals([task.seed, task.fold], [identity.seed, identity.fold]);
  }
  assertEquals(new Set(runs.map(({ key }) => key)).size, 12);
  assertEquals(shape, { ...shape, trainRows: 27, validationRows: 14, testRows: 10 });
});

Deno.test("planRuns() gives runs of the first version their keys", () => {
  const first = parseExperiment(textWith(""), "e.yaml");
  const unstratified = settled("{ stratify: false }");
  const keysOf = (experiment: Experiment) => {
    return planRuns(experiment, dataset).runs.map(({ key }) => key);
  };
  assertEquals(keysOf(unstratified), keysOf(first));
  const [{ identity, task }] = planRuns(unstratified, dataset).runs;
  const split = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
  assertEquals(identity.split, split);
  assert(!Object.hasOwn(identity, "fold") && !Object.hasOwn(task, "fold"));
  const [{ identity: stratified }] = planRuns(settled("{}"), dataset).runs;
  assertEquals(stratified.split, { ...split, stratify: true });
});

Deno.test("planRuns() says where in the experiment a split is that cannot be had", () => {
  const rare = numericDataset({
    ...{ rows: 50, columns: 1, classes: 2, checksum: "checksum" },
    targetAt: (row) => row < 2 ? 1 : 0,
  });
  const { problems } = assertThrows(() => planRuns(settled("{}"), rare), UserError);
  assertEquals(
    formatProblems(problems),
    `e.yaml:2:36: Cannot stratify class "1" with 2 rows: each of 3 parts needs one
  2 | dataset: { path: d.csv, target: y, split: {}, standardize: global }
    |                                    ^^^^^ stratify: false draws rows whatever their class`,
  );
});

Deno.test("a chunk's file keeps the runs as they are, with folds and without", () => {
  for (const split of ["{ folds: 3 }", "{}"]) {
    const { runs } = planRuns(settled(split), dataset);
    const text = JSON.stringify(toChunkFile(runs));
    // JSON has no place for an infinite number of steps without improvement.
    assertEquals(
      JSON.stringify(fromChunkFile(JSON.parse(text))),
      JSON.stringify(fromChunkFile(toChunkFile(runs))),
    );
    const [first] = fromChunkFile(JSON.parse(text));
    assertEquals([first.identity, first.task.fold], [runs[0].identity, runs[0].task.fold]);
  }
});

Deno.test("a chunk's file keeps the metric that each evaluation must have", () => {
  const [run] = planRuns(settled("{}"), dataset).runs;
  const withMetric = { ...withTask(run, run.task), metric: "validation_score" };
  const text = JSON.stringify(toChunkFile([withMetric]));
  assertEquals(fromChunkFile(JSON.parse(text))[0].metric, "validation_score");
  assertEquals("metric" in fromChunkFile(toChunkFile([withTask(run, run.task)]))[0], false);
});
