import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { blocksOf, readPages } from "../_markdown.ts";
import { pythonWith } from "../_python_with.ts";
import { readSafetensors } from "./_read_safetensors.ts";
import { runHere } from "./_run_here.ts";
import { PROJECT, runTask } from "./_task.ts";
import { readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT = `fixed: { hidden: [8], steps: 40, evaluate_every: 20 }
grid: { l2_penalty: [0, 0.01] }
seeds: 3
`;

Deno.test("sweep --save-models and models write the models of the cell to use, and train none twice", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const folder = await workspace.sweep(file, "out", "--save-models");
    const models = join(folder, "models");
    const first = await contentsOf(models);
    const { use: { cell: used }, advice: toDo } = (await readManifestIn(folder)).answer;
    const names = [1, 2, 3].map((seed) => `${used}_seed-${seed}.safetensors`);
    assertEquals([...first.keys()], names);

    // They belong to the folder, and verify has nothing against them.
    const verified = await runTask("verify", folder, "--quiet");
    assertEquals([verified.code, verified.stdout, verified.stderr], [0, "", ""]);

    // From the store, and without it from the report folder.
    const out = workspace.path("models");
    for (const change of [() => {}, () => Deno.remove(storeOf(folder), { recursive: true })]) {
      await change();
      const { code, stdout, stderr } = await runTask("models", folder, "--out", out);
      assertEquals(code, 0);
      assertStringIncludes(stderr, `${toDo}. That is the cell ${used}\n`);
      assertEquals(stdout, names.map((name) => `${join(out, name)}\n`).join(""));
      assertEquals(await contentsOf(out), first);
      await Deno.remove(out, { recursive: true });
    }

    // Without either, models says what to do, and that does it.
    await Deno.remove(models, { recursive: true });
    const { code, stdout, stderr } = await runHere("models", folder);
    assertEquals([code, stdout], [1, ""]);
    const [line, advice] = stderr.trim().split("\n");
    assertEquals(line, `There is no model of 3 of 3 runs; the first of them is ${used}, seed 1`);
    const [, words] = advice.match(/^deno task (.*) trains them again and saves their models$/) ??
      [];
    assertMatch(words, / --save-models$/);
    const [task, ...args] = words.split(" ");
    assertEquals((await runTask(task, ...args, "--quiet")).code, 0);
    assertEquals(await contentsOf(models), first);
  }));

Deno.test("models exports every cell's models, and says how to get those that had no room", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const kept = await workspace.sweep(file, "kept");
    const all = await runHere(
      "models",
      kept,
      "--cell",
      "l2_penalty=0",
      "--cell",
      "l2_penalty=0.01",
    );
    assertEquals([all.code, all.stdout.trim().split("\n").length], [0, 6]);
    assertMatch(all.stderr, /^.+\. That is the cell l2_penalty=0(\.01)?\n$/);

    const folder = await workspace.sweep(file, "out", "--model-space", "0");
    const cells = ["l2_penalty=0", "l2_penalty=0.01"];
    const missing = await Promise.all(cells.map(async (cell) => {
      const { code, stderr } = await runHere("models", folder, "--cell", cell, "--quiet");
      assertEquals(code, 1);
      return stderr;
    }));
    const advice = missing.find((text) => text.includes(" --save-weights ")) ?? "";
    const [, words] = advice.match(/^deno task (train .*) trains the first of them$/m) ?? [];
    const path = workspace.path("model.safetensors");
    const [task, ...args] = words.replace(/\S+$/, path).split(" ");
    assertEquals((await runTask(task, ...args)).code, 0);
    assert((await Deno.stat(path)).size > 0);

    const json = await runHere("models", folder, "--json");
    const { models, missing: runs, use } = JSON.parse(json.stdout);
    assertEquals(use, (await readManifestIn(folder)).answer.use.cell);
    assertEquals([json.code, models, runs.length], [1, [], 3]);
    const { cell, seed, run, digest } = runs[0];
    const rows = await Deno.readTextFile(join(folder, "runs.csv"));
    assertMatch(rows, new RegExp(`^${run},${RegExp.escape(cell)},\\d+,${seed},.*${digest}$`, "m"));
  }));

function storeOf(folder: string): string {
  return join(folder, "..", "store");
}

/** The bytes of a folder's files, by their names in order. */
async function contentsOf(folder: string): Promise<Map<string, Uint8Array>> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  const contents = names.map(async (name) => {
    return [name, await Deno.readFile(join(folder, name))] as const;
  });
  return new Map(await Promise.all(contents));
}

const DIGITS = join(PROJECT, "data/digits.csv");
const PYTHON = await pythonWith("numpy");

Deno.test("docs/models.md: both programs predict with a model what it was measured to", (test) =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write(
      "digits.yaml",
      `name: digits
dataset: { path: ${JSON.stringify(DIGITS)}, target: digit }
fixed: { hidden: [12, 10], steps: 60, learning_rate: 0.2 }
seeds: 1
`,
    );
    const model = workspace.path("model.safetensors");
    const trained = await runTask("train", file, "--json", "--save-weights", model);
    const { evaluations } = JSON.parse(trained.stdout);
    const { tensors } = readSafetensors(await Deno.readFile(model));
    const rows = [...tensors["rows.validation"].data];
    const table = (await Deno.readTextFile(DIGITS)).trim().split("\n").map((line) =>
      line.split(",")
    );
    const target = table[0].indexOf("digit");
    const accuracyOf = (printed: string) => {
      const classes = printed.trim().split("\n");
      assertEquals(classes.length, table.length - 1);
      return rows.filter((row) => classes[row] === table[row + 1][target]).length / rows.length;
    };
    const programs = {
      py: PYTHON === undefined ? undefined : [PYTHON],
      ts: [Deno.execPath(), "run", "--allow-read"],
    };
    for (const [language, command] of Object.entries(programs)) {
      await test.step({
        name: language,
        ignore: command === undefined,
        fn: async () => {
          const [program, ...args] = command ?? [];
          const path = await workspace.write(`predict.${language}`, await programText(language));
          const { code, stdout, stderr } = await new Deno.Command(program, {
            args: [...args, path, model, DIGITS],
          }).output();
          assertEquals(code, 0, new TextDecoder().decode(stderr));
          // Equal, not nearly: none of the rows is so close that rounding decides.
          const accuracy = accuracyOf(new TextDecoder().decode(stdout));
          assertEquals(accuracy, evaluations.at(-1).validation_accuracy);
        },
      });
    }
  }));

async function programText(language: string): Promise<string> {
  const page = (await readPages()).find(({ path }) => path === "docs/models.md");
  const block = page && blocksOf(page).find((block) => block.language === language);
  assertStringIncludes(block?.text ?? "", `predict.${language}`);
  return block?.text ?? "";
}
