import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { basename, dirname, join } from "node:path";
import { readRuns } from "../../src/results/runs_csv.ts";
import { ModelSpace } from "../../src/store/model_space.ts";
import { decodeModel } from "../../src/store/stored_model.ts";
import { UserError } from "../../src/user_error.ts";
import { exportModels, type ExportOptions } from "../../src/verify/export_models.ts";
import { makePipe } from "../files/_special_files.ts";
import { sampleModel } from "../store/_sample_models.ts";
import { succeedClearly } from "../sweep/_small_experiment.ts";
import { changeManifest, type SweptFolderOptions, withSweptFolder } from "./_swept_folder.ts";

/** The better of the two cells: see `succeed()`. */
const BEST = "l2_penalty=0.1";

const OPTIONS: ExportOptions = {
  onProblem: (message) => {
    throw new Error(message);
  },
};

/** Gives a sweep's folder, with models of some runs in the store. */
async function withModels(
  isKept: (cell: string, seed: number) => boolean,
  use: (folder: string) => Promise<void>,
  options?: SweptFolderOptions,
): Promise<void> {
  await withSweptFolder(async (folder) => {
    const { models } = spaceOf(folder);
    for (const { run, digest, cell, seed } of await rowsOf(folder)) {
      if (digest === undefined || !isKept(cell, seed)) continue;
      await models.put({ ...sampleModel(seed), key: run, digest });
    }
    await use(folder);
  }, options);
}

function spaceOf(folder: string): ModelSpace {
  return new ModelSpace(join(dirname(folder), "store"), { bytes: 2 ** 30, ...OPTIONS });
}

async function rowsOf(folder: string) {
  return readRuns(await Deno.readTextFile(join(folder, "runs.csv")));
}

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("exportModels() writes the models of the cell to use beside the report, of all seeds", () =>
  withModels(() => true, async (folder) => {
    const { answer, best, saved, missing, others } = await exportModels(folder, OPTIONS);
    assertEquals([answer.use?.cell, best, missing, others], [BEST, BEST, [], []]);
    const names = [1, 2].map((seed) => `${BEST}_seed-${seed}.safetensors`);
    assertEquals(saved.map(({ path }) => path), names.map((name) => join(folder, "models", name)));
    assertEquals(namesIn(join(folder, "models")), names);
    const row = (await rowsOf(folder)).find(({ cell, seed }) => cell === BEST && seed === 2);
    const model = await decodeModel(await Deno.readFile(saved[1].path));
    assert(typeof model !== "string", String(model));
    assertEquals([model.key, model.digest], [row?.run, row?.digest]);
    assertEquals(model.parameters, sampleModel(2).parameters);
  }, { end: succeedClearly }));

Deno.test("exportModels() takes the baseline where the best mean is not shown to be better", () =>
  withModels(() => true, async (folder) => {
    const { answer, best, saved } = await exportModels(folder, OPTIONS);
    assertStringIncludes(answer.advice, ": nothing is shown to be better");
    assertEquals([answer.use?.cell, best], ["l2_penalty=0", BEST]);
    const names = (cell: string) => [1, 2].map((seed) => `${cell}_seed-${seed}.safetensors`);
    assertEquals(saved.map(({ path }) => basename(path)), names("l2_penalty=0"));
    // A mean over the whole folder is one over both cells then.
    const { others } = await exportModels(folder, { ...OPTIONS, cells: [BEST] });
    assertEquals(others, names("l2_penalty=0"));
  }));

Deno.test("exportModels() writes models of other cells elsewhere, and lists what is missing", () =>
  withModels((_, seed) => seed === 1, async (folder) => {
    const out = join(dirname(folder), "elsewhere", "models");
    const cells = ["l2_penalty=0", BEST];
    const { saved, missing } = await exportModels(folder, { ...OPTIONS, cells, out });
    const replicates = (runs: typeof missing) =>
      runs.map(({ run: { cell, task } }) => [cell.name, task.seed]);
    assertEquals(replicates(saved), cells.map((cell) => [cell, 1]));
    assertEquals(replicates(missing), cells.map((cell) => [cell, 2]));
    assertEquals(namesIn(out), cells.map((cell) => `${cell}_seed-1.safetensors`).sort());
    assertEquals(namesIn(folder).includes("models"), false);
    const wrong = ["l2penalty=0.1", "nothing like it"];
    const error = await assertRejects(
      () => exportModels(folder, { ...OPTIONS, cells: wrong }),
      UserError,
    );
    assertEquals(error.problems.map(({ message, hint }) => `${message} (${hint})`), [
      `Cannot use --cell l2penalty=0.1: the sweep has no such cell (did you mean "${BEST}"?)`,
      "Cannot use --cell nothing like it: the sweep has no such cell (its names are in " +
      `${join(folder, "cells.csv")})`,
    ]);
  }));

Deno.test("exportModels() exports nothing that another version trained, or of another dataset", () =>
  withModels(() => true, async (folder) => {
    await changeManifest(folder, ({ dataset }) => dataset.checksum = "0".repeat(64));
    const misfit = await assertRejects(() => exportModels(folder, OPTIONS), UserError);
    assertMatch(misfit.message, /^Cannot export models of .*: It is not the sweep's dataset: /);
    await changeManifest(folder, ({ trainers }) => trainers.mlp = 0);
    const other = await assertRejects(() => exportModels(folder, OPTIONS), UserError);
    assertMatch(other.message, /^Cannot export models of .*: it was made by .* of trainer mlp; /);
  }));

Deno.test("exportModels() writes no file if no model is there", () =>
  withModels(() => false, async (folder) => {
    const { saved, missing } = await exportModels(folder, OPTIONS);
    assertEquals([saved, missing.length], [[], 2]);
    assertEquals(namesIn(folder).includes("models"), false);
  }));

Deno.test("exportModels() finds models that were saved in the report folder, of these runs alone", () =>
  withModels(() => true, async (folder) => {
    const { saved: [{ path }, other] } = await exportModels(folder, OPTIONS);
    await Deno.remove(join(dirname(folder), "store"), { recursive: true });
    const out = join(dirname(folder), "out");
    const again = await exportModels(folder, { ...OPTIONS, out });
    assertEquals(again.saved.length, 2);
    const name = path.slice(join(folder, "models").length);
    assertEquals(await Deno.readFile(join(out, name)), await Deno.readFile(path));

    // Whatever else has the name is as good as nothing.
    const whole = await Deno.readFile(path);
    const places: Record<string, () => Promise<void>> = {
      "another run's": () => Deno.copyFile(other.path, path),
      "cut off": () => Deno.writeFile(path, whole.slice(0, -1)),
      "a folder": () => Deno.mkdir(path),
      "a pipe": () => makePipe(path),
      "a device": () => Deno.symlink("/dev/zero", path),
    };
    for (const [what, replace] of Object.entries(places)) {
      await Deno.remove(path);
      await replace();
      const { missing } = await exportModels(folder, { ...OPTIONS, out });
      assertEquals(missing.map(({ run }) => run.task.seed), [1], what);
    }
  }));

Deno.test({
  name: "exportModels() writes nothing through a link that leads out of the folder",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withModels(() => true, async (folder) => {
      const elsewhere = join(dirname(folder), "elsewhere");
      await Deno.mkdir(elsewhere);
      await Deno.symlink(elsewhere, join(folder, "models"));
      const error = await assertRejects(() => exportModels(folder, OPTIONS), UserError);
      assertEquals(
        error.message,
        `Cannot make the folder ${folder}/models: it leads out of ${folder}`,
      );
      assertEquals(namesIn(elsewhere), []);
    }),
});
