import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { assertPrintsLog, NOTEBOOK_LOGS } from "./_notebook_logs.ts";
import { runHere } from "./_run_here.ts";
import { PROJECT, runTask } from "./_task.ts";
import { readManifestIn, Workspace } from "./_workspace.ts";

for (const file of Object.keys(NOTEBOOK_LOGS)) {
  Deno.test(`train: prints the first lines of the notebook's ${file}`, () =>
    assertPrintsLog(file, 400));
}

const MIXED = `
fixed: { max_steps: 20, disp_period: 5, steps: 20, evaluate_every: 5, learning_rate: 0.1 }
grid:
  - trainer: notebook
    dropout_rate: [0, 0.1]
  - trainer: mlp
    hidden: [[6]]
    dropout: [0, 0.2]
seeds: [3, 4]
baseline: { trainer: notebook, dropout_rate: 0 }
`;

Deno.test("sweep: cells may differ in their trainer", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(MIXED);
    const folder = await workspace.sweep(file, "out");
    const runs = (await Deno.readTextFile(join(folder, "runs.csv"))).trimEnd().split("\n");
    assert(
      runs[0].startsWith("run,cell,replicate,seed,trainer,hidden,dropout,dropout_rate,status"),
    );
    assertStringIncludes(
      runs[1],
      ",trainer=notebook dropout_rate=0,0,3,notebook,,,0,completed,21,",
    );
    assertStringIncludes(
      runs[8],
      ",trainer=mlp hidden=[6] dropout=0.2,1,4,mlp,[6],0.2,,completed",
    );
    assertEquals((await readManifestIn(folder)).trainers, {
      notebook: BUILT_IN.named("notebook").version,
      mlp: BUILT_IN.named("mlp").version,
    });

    // Another worker, another order, both trainers: the same files.
    const other = await workspace.sweep(file, "other", "--workers", "1");
    for (const name of ["runs.csv", "curves.csv", "histograms.csv", "cells.csv"]) {
      const texts = [folder, other].map((folder) => Deno.readTextFile(join(folder, name)));
      assertEquals(...await Promise.all(texts) as [string, string], name);
    }
    const { code, stdout } = await runTask("verify", folder, "--workers", "1");
    assertEquals(code, 0, stdout);
  }));

Deno.test("sweep: a run of the notebook is the same whatever the experiment's split", () =>
  Workspace.use(async (workspace) => {
    const dataset = (more: string) =>
      `name: points\ndataset: { path: points.csv, target: class${more} }\n${MIXED}`;
    const one = await workspace.write("one.yaml", dataset(""));
    const other = await workspace.write(
      "other.yaml",
      dataset(", split: { train: 0.5, validation: 0.3, test: 0.2 }, standardize: none"),
    );
    const folder = await workspace.sweep(one, "out");
    const { code, stderr } = await runTask("sweep", other, "--reports", workspace.path("out"));
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "this sweep of 8 runs lacks 4 of their 8 runs");
    const { runs } = await readManifestIn(folder);
    assertEquals([runs.known, runs.trained], [4, 4]);
  }));

Deno.test("train: --json and --save-weights of the notebook", () =>
  Workspace.use(async (workspace) => {
    const path = workspace.path("weights.safetensors");
    const file = join(PROJECT, "experiments/notebook.yaml");
    const settings = ["--set", "max_steps=1", "--set", "disp_period=1"];
    const { code, stdout } = await runTask(
      ...["train", file, "--json", "--save-weights", path, ...settings] as const,
    );
    assertEquals(code, 0);
    const run = JSON.parse(stdout);
    assertEquals([run.trainer, run.seed, run.config.max_steps], ["notebook", 1337, 1]);
    assertEquals(run.evaluations.map(({ step }: { step: number }) => step), [0, 1]);

    const bytes = await Deno.readFile(path);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    const shapes = Object.entries<{ dtype: string; shape: number[] }>(header)
      .filter(([name]) => name !== "__metadata__")
      .map(([name, { dtype, shape }]) => `${name} ${dtype} ${shape.join("×")}`);
    assertEquals(shapes, [
      ...["layer0.weight F64 64×128", "layer0.bias F64 128"],
      ...["layer1.weight F64 128×128", "layer1.bias F64 128"],
      ...["layer2.weight F64 128×10", "layer2.bias F64 10"],
      // Departure 2: 1,797 rows but one.
      ...["rows.train I32 1078", "rows.validation I32 359", "rows.test I32 359"],
    ]);
  }));

Deno.test("train: a seed that NumPy does not take is wrong usage", async () => {
  const file = join(PROJECT, "experiments/notebook.yaml");
  const { code, stderr } = await runHere("train", file, "--seed", "4294967296");
  assertEquals(code, 2);
  assertStringIncludes(stderr, "Cannot use seed 4294967296");
});
