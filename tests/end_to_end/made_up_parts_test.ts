import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readRuns } from "../../src/results/runs_csv.ts";
import { IS_CI } from "../_ci.ts";
import { PrivateSlurm } from "../slurm/private_slurm.ts";
import { ClusterTest } from "./_cluster.ts";
import { addMadeUpMeasure } from "./_made_up_measure.ts";
import { addMadeUpTrainer } from "./_made_up_trainer.ts";
import { ProjectCopy } from "./_project_copy.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT = `
trainer: centroids
grid: { shrinkage: [0, 0.25, 0.5] }
seeds: 4
metric: validation_confidence
`;

/** Does work with a copy of the program that has a trainer and a measure more. */
function withBoth(work: (copy: ProjectCopy) => Promise<void>): Promise<void> {
  return ProjectCopy.use(async (copy) => {
    await addMadeUpTrainer(copy);
    await addMadeUpMeasure(copy);
    await work(copy);
  });
}

/** Sweeps on this machine; gives the folder with the results. */
async function sweepLocally(copy: ProjectCopy, workspace: Workspace): Promise<string> {
  const file = await workspace.experiment(EXPERIMENT);
  const options = ["--reports", workspace.path("out"), "--quiet"];
  const swept = await copy.runTask("sweep", file, ...options);
  assertEquals(swept, { code: 0, stdout: "", stderr: "" });
  return workspace.path("out", "points");
}

Deno.test("a trainer and a measure are a folder and a line in each table: plan, sweep, report, verify", () =>
  withBoth((copy) =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(EXPERIMENT);
      const planned = await copy.runTask("plan", file, "--reports", workspace.path("out"));
      assertEquals([planned.code, planned.stderr], [0, ""]);
      assertStringIncludes(planned.stdout, "12 to train\n");

      const folder = await sweepLocally(copy, workspace);
      const { trainers, experiment } = await readManifestIn(folder);
      assertEquals([trainers, experiment.metric], [{ centroids: "a1" }, "validation_confidence"]);
      const runs = readRuns((await readCsvFiles(folder))["runs.csv"]);
      assertEquals(runs.length, 12);
      for (const { measures = {} } of runs) {
        const { validation_confidence: confidence } = measures;
        assert(confidence > 1 / 3 && confidence <= 1, `${confidence}`);
      }

      const html = join(folder, "report.html");
      const page = await Deno.readTextFile(html);
      assertStringIncludes(page, "centroids, version a1");
      assertStringIncludes(page, "Validation confidence is the mean of the highest probabilities");
      await Deno.remove(html);
      assertEquals((await copy.runTask("report", folder, "--quiet")).stderr, "");
      assertEquals(await Deno.readTextFile(html), page);

      const verified = await copy.runTask("verify", folder);
      assertEquals([verified.code, verified.stderr], [0, ""]);
      assertStringIncludes(verified.stdout, "12 runs and ");
    })
  ));

const missing = PrivateSlurm.missingProgram();
Deno.test({
  name: "Slurm's tasks know a trainer and a measure that are a folder and a line in each table" +
    (missing ? ` (skipped: ${missing} is not installed)` : ""),
  ignore: missing !== undefined && !IS_CI,
  fn: () =>
    withBoth(async (copy) => {
      let expected = {};
      await Workspace.use(async (workspace) => {
        expected = await readCsvFiles(await sweepLocally(copy, workspace));
      });
      const slurm = await PrivateSlurm.start({
        nodes: 1,
        cpus: 4,
        maxArraySize: 5,
        minJobAge: 2,
      });
      try {
        await ClusterTest.use(slurm, "points", EXPERIMENT, async (test) => {
          const { code, stdout, stderr } = await test.run("sweep", "--chunk", "6");
          assertEquals([code, stderr], [0, "Submitting 2 tasks for 12 runs\n"]);
          assertStringIncludes(stdout, "points: 12 runs, 12 trained, 0 reused");
          await test.assertResults(expected);
        }, { project: copy.folder });
      } finally {
        await slurm.stop();
      }
    }),
});
