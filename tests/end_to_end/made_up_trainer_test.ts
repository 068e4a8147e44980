import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { withMadeUpTrainer } from "./_made_up_trainer.ts";
import { finish, type Finished, runTask, startTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";
import { centroids } from "./fixtures/made_up_trainer.ts";

const GRID = "grid: { shrinkage: [0, 0.25, 1] }\nseeds: 4\n";
const EXPERIMENT = `trainer: centroids\n${GRID}`;

type Run = (name: string, ...args: string[]) => Promise<Finished>;

/** Does work with tasks that know the made-up trainer. */
function withTrainer(
  work: (workspace: Workspace, run: Run) => Promise<void>,
  options: { isAlone?: boolean } = {},
): Promise<void> {
  return Workspace.use(async (workspace) => {
    const taskOptions = await withMadeUpTrainer(workspace, options);
    await work(workspace, (name, ...args) => finish(startTask(name, args, taskOptions)));
  });
}

Deno.test("a trainer that only the registry knows is planned, swept, reported and verified", () =>
  withTrainer(async (workspace, run) => {
    const file = await workspace.experiment(EXPERIMENT);
    const reports = ["--reports", workspace.path("out")];
    const folder = workspace.path("out", "points");

    const planned = await run("plan", file, ...reports);
    assertEquals([planned.code, planned.stderr], [0, ""]);
    assertStringIncludes(planned.stdout, "12 to train\n");
    assertStringIncludes(planned.stdout, "by a short measurement");

    assertEquals(await run("sweep", file, ...reports, "--quiet"), {
      code: 0,
      stdout: "",
      stderr: "",
    });
    const { trainers, kernels, runs, experiment } = await readManifestIn(folder);
    assertEquals([trainers, runs.trained, runs.failed], [{ centroids: centroids.version }, 12, 0]);
    assertEquals(kernels.checksum.length, 64);
    assertEquals(experiment.swept, [{ key: "shrinkage", label: "Shrinkage", regularizer: true }]);
    const texts = await readCsvFiles(folder);
    assertEquals(texts["runs.csv"].match(/,completed,0,/g)?.length, 12);
    // One array has a histogram, the other has none.
    assertEquals(texts["histograms.csv"].split("\n").length, 1 + 12 + 1);
    assertEquals(texts["curves.csv"].split("\n").length, 1 + 12 + 1);

    const known = await run("plan", file, ...reports);
    assertStringIncludes(known.stdout, "12 known, 0 to train\n");

    const html = join(folder, "report.html");
    const written = await Deno.readTextFile(html);
    assertStringIncludes(written, "centroids, version a1");
    await Deno.remove(html);
    assertEquals((await run("report", folder, "--quiet")).stderr, "");
    assertEquals(await Deno.readTextFile(html), written);

    const verified = await run("verify", folder);
    assertEquals([verified.code, verified.stderr], [0, ""]);
    assertStringIncludes(verified.stdout, "12 runs and ");

    // Without that registry, it is refused in words, whatever asks for it.
    const planElsewhere = await runTask("plan", file, ...reports);
    assertEquals(planElsewhere.code, 2);
    assertStringIncludes(planElsewhere.stderr, "Cannot use trainer centroids: trainer must be ");
    const reportElsewhere = await runTask("report", folder);
    assertEquals(reportElsewhere.code, 2);
    assertEquals(
      reportElsewhere.stderr,
      'manifest.json: Cannot use trainers: this regsweep has no trainer "centroids"\n',
    );
  }));

Deno.test("a made-up trainer's run is trained, shown and kept", () =>
  withTrainer(async (workspace, run) => {
    const file = await workspace.experiment(EXPERIMENT);
    const shown = await run("train", file);
    assertEquals([shown.code, shown.stderr], [0, ""]);
    assertStringIncludes(shown.stdout, "\ncompleted in ");

    const weights = workspace.path("model.safetensors");
    const { code, stdout } = await run("train", file, "--json", "--save-weights", weights);
    assertEquals(code, 0);
    const { trainer, config, evaluations, digest } = JSON.parse(stdout);
    assertEquals([trainer, config, evaluations.length], ["centroids", { shrinkage: 0 }, 1]);
    assertStringIncludes(shown.stdout, `digest ${digest}`);
    const bytes = await Deno.readFile(weights);
    const header = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const tensors = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + header)));
    assertEquals([tensors.centroids.shape, tensors.centroids.dtype], [[3, 4], "F64"]);
    assertEquals(tensors.counts.shape, [3]);
  }));

Deno.test("a made-up trainer's runs are compared with those of a shipped one", () =>
  withTrainer(async (workspace, run) => {
    const file = await workspace.experiment(
      "grid:\n  - { trainer: centroids, shrinkage: [0, 0.5] }\n" +
        "  - { trainer: mlp, dropout: [0, 0.5] }\nfixed: { hidden: [4], steps: 20 }\nseeds: 3\n",
    );
    const folder = workspace.path("out", "points");
    const swept = await run("sweep", file, "--reports", workspace.path("out"), "--quiet");
    assertEquals(swept, { code: 0, stdout: "", stderr: "" });
    assertEquals((await run("verify", folder, "--quiet")).code, 0);
  }));

Deno.test("runs of a trainer without steps are not stopped early", () =>
  withTrainer(async (workspace, run) => {
    const halving = "successive_halving: { min_steps: 1 }\n";
    const file = await workspace.experiment(EXPERIMENT + halving);
    const { code, stderr } = await run("plan", file);
    assertEquals(code, 2);
    assertStringIncludes(
      stderr,
      "Cannot use successive_halving: runs of trainer centroids cannot be stopped",
    );
  }));

Deno.test("a made-up trainer that is the first of the registry is the default", () =>
  withTrainer(async (workspace, run) => {
    const file = await workspace.experiment(GRID);
    const planned = await run("plan", file);
    assertEquals([planned.code, planned.stderr], [0, ""]);
    assertStringIncludes(planned.stdout, "at the pace of a slow machine");

    const folder = workspace.path("out", "points");
    const swept = await run("sweep", file, "--reports", workspace.path("out"), "--quiet");
    assertEquals(swept, { code: 0, stdout: "", stderr: "" });
    assert("centroids" in (await readManifestIn(folder)).trainers);

    const named = await workspace.experiment(`trainer: mlp\n${GRID}`, "named");
    assertStringIncludes((await run("plan", named)).stderr, "trainer must be centroids");
  }, { isAlone: true }));
