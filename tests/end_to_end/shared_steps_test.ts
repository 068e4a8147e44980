import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { decodeModel, encodeModel } from "../../src/store/stored_model.ts";
import { pathsIn } from "../_paths_in.ts";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

/** Runs that part early, late, never, and end in different ways. */
const SHARING = `
fixed: { hidden: [8], batch_size: 20, optimizer: adam, learning_rate: 0.01 }
grid:
  - steps: [60, 90]
    prune_threshold: [0, 0.3]
    prune_period: 30
    early_stopping: [none, 1]
    evaluate_every: [10, 20]
  - { dropout: 0.2, steps: [60, 90] }
seeds: 2
`;

Deno.test("sweep: cells that share steps come to the bytes of cells that do not", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(SHARING);
    const shared = await workspace.sweep(file, "shared", "--workers", "2");
    const texts = await readCsvFiles(shared);
    const alone = await workspace.sweep(file, "alone", "--workers", "1", "--model-space", "0");
    assertEquals(await readCsvFiles(alone), texts);
    // Which trains each run by itself.
    const { code, stdout } = await runTask("verify", shared);
    assertEquals(code, 0, stdout);
  }));

const FEWER = "fixed: { hidden: [256, 256], steps: 600, evaluate_every: 100 }\nseeds: 2\n";
const MORE = FEWER.replace("600", "1200");

Deno.test("sweep: more steps go on from fewer, and damaged states cost time only", () =>
  Workspace.use(async (workspace) => {
    const fewer = await workspace.experiment(FEWER);
    await workspace.sweep(fewer, "out");
    const more = await workspace.experiment(MORE);
    const planned = await workspace.plan(more, "out");
    assertMatch(planned, /^training .*1,200 known.* 1,200 to train/m);
    // Each state is of the middle of a run, and comes before the run's end.
    const store = workspace.path("out", "store");
    const states = pathsIn(join(store, "checkpoints"), ".600.safetensors");
    assertEquals(states.length, 2);
    await Deno.writeFile(states[0], (await Deno.readFile(states[0])).slice(0, -1));

    const args = [more, "--reports", workspace.path("out")];
    const { code, stderr } = await runTask("sweep", ...args, "--workers", "1");
    assertEquals(code, 0, stderr);
    // The results of fewer steps are replaced, and it says so.
    const problems = stderr.split("\n").filter((line) => line.startsWith("Cannot "));
    assertEquals(problems.length, 1);
    assertMatch(
      problems[0],
      /^Cannot use \S+\.600\.safetensors: its checksum is wrong; removed it$/,
    );
    const texts = await readCsvFiles(workspace.path("out", "points"));
    const alone = await workspace.sweep(more, "alone", "--model-space", "0");
    assertEquals(await readCsvFiles(alone), texts);
  }));

Deno.test("sweep: rungs of halving go on from each other", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(`
fixed: { hidden: [8], steps: 40, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.01, 0.1, 1] }
successive_halving: { min_steps: 10, eta: 2 }
seeds: 2
`);
    const folder = await workspace.sweep(file, "out");
    const steps = pathsIn(workspace.path("out", "store", "checkpoints"), ".safetensors")
      .map((path) => Number(path.split(".").at(-2)));
    assertEquals(new Set(steps), new Set([10, 20]));
    const alone = await workspace.sweep(file, "alone", "--model-space", "0");
    assertEquals(await readCsvFiles(alone), await readCsvFiles(folder));
  }));

Deno.test("sweep: test scores come from models, and without them from training again", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(FEWER);
    const folder = await workspace.sweep(file, "out");
    const texts = await readCsvFiles(folder);
    const store = workspace.path("out", "store");
    const models = pathsIn(join(store, "models"), ".selected.safetensors");
    assertEquals(models.length, 2);
    const scoreAgain = async () => {
      await Deno.remove(join(store, "test"), { recursive: true });
      const { code, stderr } = await runHere("sweep", file, "--reports", workspace.path("out"));
      assertEquals(code, 0, stderr);
      assertEquals((await readManifestIn(folder)).runs.trained, 0);
      return stderr;
    };

    // A model with a right checksum and other parameters changes scores: so they come from it.
    const whole = await Deno.readFile(models[0]);
    const model = await decodeModel(whole);
    assert(typeof model !== "string");
    const [first, ...others] = model.parameters;
    const parameters = [{ ...first, values: first.values.map((value) => -value) }, ...others];
    await Deno.writeFile(models[0], await encodeModel({ ...model, parameters }));
    assertEquals(await scoreAgain(), "");
    assertNotEquals((await readCsvFiles(folder))["test.csv"], texts["test.csv"]);
    // verify finds that: it uses no model.
    const { code, stdout } = await runHere("verify", folder);
    assertEquals(code, 1);
    assertStringIncludes(stdout, "FAIL  test.csv");

    // Damaged, of another shape, gone: trained once more.
    await Deno.writeFile(models[0], whole.slice(0, -1));
    assertStringIncludes(await scoreAgain(), "Cannot use ");
    assertEquals(await readCsvFiles(folder), texts);
    await Deno.writeFile(models[0], await encodeModel({ ...model, parameters: others }));
    assertStringIncludes(await scoreAgain(), `Cannot use ${models[0]}: A model must have `);
    assertEquals(await readCsvFiles(folder), texts);
    for (const path of pathsIn(join(store, "models"), ".safetensors")) await Deno.remove(path);
    assertEquals(await scoreAgain(), "");
    assertEquals(await readCsvFiles(folder), texts);
    assertEquals((await runHere("verify", folder)).code, 0);
  }));
