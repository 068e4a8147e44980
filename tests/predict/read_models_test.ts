import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { openPredictor } from "../../src/predict/open_predictor.ts";
import { predictTable } from "../../src/predict/predict_table.ts";
import { readModels } from "../../src/predict/read_models.ts";
import { safetensors } from "../../src/store/safetensors.ts";
import { openSealed, sealedFile } from "../../src/store/sealed_file.ts";
import { encodeModel } from "../../src/store/stored_model.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { makePipe } from "../files/_special_files.ts";
import { inFolder } from "../_in_folder.ts";
import { sampleModel } from "../store/_sample_models.ts";
import { MIXED, textOf, trainModel } from "./_trained_model.ts";

async function problemsOf(work: () => Promise<unknown>, folder: string): Promise<string> {
  const { problems, exitCode } = await assertRejects(work, UserError);
  assertEquals(exitCode, 2);
  return formatProblems(problems).replaceAll(folder, "DIR");
}

/** Writes a model's file again, with other facts and a right checksum. */
async function withFacts(
  path: string,
  change: (facts: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  const opened = await openSealed(await Deno.readFile(path));
  if (typeof opened === "string") throw new Error(opened);
  const { checksum: _, ...facts } = opened.facts;
  await Deno.writeFile(path, await sealedFile(opened.tensors, change(facts)));
}

Deno.test("readModels() says why nothing can be predicted with a file", () =>
  inFolder(async (folder) => {
    const path = join(folder, "x.safetensors");
    const problem = () => problemsOf(() => readModels(path), folder);
    const prefix = "Cannot predict with DIR/x.safetensors: ";
    assertEquals(await problem(), "Cannot read DIR/x.safetensors: no such file or directory");
    await Deno.writeTextFile(path, "a,b\n1,2\n");
    assertEquals(await problem(), prefix + "it is incomplete, or not a safetensors file");
    await Deno.writeFile(path, safetensors([], {}));
    assertEquals(
      await problem(),
      prefix + "it is not of regsweep, which begins its safetensors files with a checksum",
    );
    await Deno.writeFile(path, await encodeModel(sampleModel(1)));
    assertEquals(
      await problem(),
      prefix + "it is a store's model, which does not say what it was trained on",
    );
    const program = { cell: "a", config: {}, seed: 1 };
    await Deno.writeFile(path, await encodeModel(sampleModel(1), { tensors: [], facts: program }));
    assertEquals(
      await problem(),
      prefix + "it does not say how rows become its inputs: its trainer prepares them itself, " +
        "or needs none",
    );
    await Deno.remove(path);
    await makePipe(path);
    assertEquals(await problem(), "Cannot read DIR/x.safetensors: it is a pipe, not a file");
  }));

Deno.test("readModels() refuses older files, and those whose parts contradict each other", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, MIXED);
    const original = await Deno.readFile(path);
    const problemWith = async (change: (facts: Record<string, unknown>) => object) => {
      await Deno.writeFile(path, original);
      await withFacts(path, (facts) => ({ ...facts, ...change(facts) }));
      const problem = await problemsOf(() => readModels(path), folder);
      return problem.replace("Cannot predict with DIR/a_seed-3.safetensors: ", "");
    };
    assertEquals(
      await problemWith(() => ({ table: undefined })),
      "it does not say how its table was read: an earlier version of regsweep has written it",
    );
    const unclear = "it does not say how its inputs are made";
    for (
      const change of [
        { mean: [1] },
        { deviation: "one" },
        { features: ["age"] },
        { classes: ["a"] },
        { task: "regression" },
        { table: { reading: {} } },
        { columns: [{ name: "age", kind: "number" }] },
        { config: { hidden: null } },
      ]
    ) {
      assertEquals(await problemWith(() => change), unclear, JSON.stringify(change));
    }
    assertEquals(await problemWith(() => ({ format: 2 })), "its format is not 1");
    assertEquals(
      await problemWith(() => ({ parameters: [{ name: "layer7.weight" }] })),
      "it does not have the parameters that it lists",
    );
  }));

Deno.test("predictTable() refuses parameters that are not those of the config", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, MIXED);
    await withFacts(path, (facts) => {
      return { ...facts, config: { ...facts.config as Record<string, unknown>, hidden: [7] } };
    });
    const table = join(folder, "table.csv");
    await Deno.writeTextFile(table, textOf(MIXED.lines));
    assertEquals(
      await problemsOf(() => predictTable(path, table), folder),
      "Cannot predict with DIR/a_seed-3.safetensors: A model must have layer0.weight (14, 7); " +
        "it has layer0.weight (14, 6)",
    );
  }));

Deno.test("readModels() reads the models of a folder, and says what is wrong with each", () =>
  inFolder(async (folder) => {
    assertEquals(
      await problemsOf(() => readModels(folder), folder),
      "Cannot find a model in DIR: no file there ends with .safetensors",
    );
    await Deno.mkdir(join(folder, "models"));
    for (const seed of [2, 1]) await trainModel(join(folder, "models"), { ...MIXED, seed });
    assertEquals(
      await problemsOf(() => readModels(folder), folder),
      "Cannot find a model in DIR: no file there ends with .safetensors (DIR/models has some)",
    );
    const models = await readModels(join(folder, "models"));
    assertEquals(models.map(({ seed, cell }) => [seed, cell]), [[1, "a"], [2, "a"]]);
    for (const name of ["b", "c"]) {
      await Deno.writeTextFile(join(folder, "models", `${name}.safetensors`), name);
    }
    assertEquals(
      await problemsOf(() => readModels(join(folder, "models")), folder),
      `Cannot predict with DIR/models/b.safetensors: it is incomplete, or not a safetensors file
Cannot predict with DIR/models/c.safetensors: it is incomplete, or not a safetensors file`,
    );
  }));

Deno.test("readModels() takes no mean of models of different tables", () =>
  inFolder(async (folder) => {
    await trainModel(folder, { ...MIXED, seed: 1 });
    await trainModel(folder, { ...MIXED, seed: 2, lines: MIXED.lines.slice(0, -1) });
    assertEquals(
      await problemsOf(() => readModels(folder), folder),
      "Cannot take the mean of DIR/a_seed-1.safetensors and DIR/a_seed-2.safetensors: they have " +
        "not learned from the same table in the same way",
    );
  }));

Deno.test("openPredictor() refuses trainers that cannot predict, and other versions", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, MIXED);
    const [model] = await readModels(path);
    const problem = (other: object) => {
      return problemsOf(() => openPredictor([{ ...model, ...other }]), folder);
    };
    const prefix = "Cannot predict with DIR/a_seed-3.safetensors: ";
    assertEquals(
      await problem({ version: 1 }),
      prefix + "it is of version 1 of mlp, and this regsweep has 2",
    );
    assertEquals(
      await problem({ trainer: "notebook", version: 1 }),
      prefix + "models of trainer notebook cannot predict other tables",
    );
    assertEquals(
      await problem({ trainer: "forest", version: "ab" }),
      prefix + 'it is of trainer "forest", which regsweep does not come with ' +
        "(name its module with --trainer)",
    );
    for (const [key, value] of Object.entries({ hidden: ["x"], activation: "sine", depth: 3 })) {
      const config = { ...model.config, [key]: value };
      assertEquals(await problem({ config }), prefix + `its ${key} is none of mlp`);
    }
    const mixed = [model, { ...model, trainer: "notebook", path: join(folder, "b") }];
    assertEquals(
      await problemsOf(() => openPredictor(mixed), folder),
      "Cannot take the mean of DIR/a_seed-3.safetensors and DIR/b: they are of different trainers, " +
        "or of different versions of one",
    );
  }));

Deno.test("predictTable() takes a hyperparameter that a file does not have to be at its default", () =>
  inFolder(async (folder) => {
    const { path } = await trainModel(folder, MIXED);
    const table = join(folder, "table.csv");
    await Deno.writeTextFile(table, textOf(MIXED.lines));
    const { rows } = await predictTable(path, table);
    await withFacts(path, (facts) => {
      const { class_weight: _, activation: __, ...config } = facts.config as Record<
        string,
        unknown
      >;
      return { ...facts, config };
    });
    assertEquals((await predictTable(path, table)).rows, rows);
  }));
