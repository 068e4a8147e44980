import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { pathsIn } from "../../src/files/folders.ts";
import { sha256 } from "../../src/sha256.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { Progress } from "../../src/sweep/progress.ts";
import { writeResults } from "../../src/sweep/write_results.ts";
import type { OwnCode } from "../../src/trainers/own_code.ts";
import { UserError } from "../../src/user_error.ts";
import { moduleOf, programOf } from "./_own_code.ts";
import { type SmallExperiment, succeed, withSmallExperiment } from "./_small_experiment.ts";

/** Writes the results of a sweep with trainers; gives the paths of what it keeps of them. */
async function write(
  { experiment, dataset, reports }: SmallExperiment,
  own: readonly OwnCode[],
): Promise<string[]> {
  const folder = join(reports, "small");
  await Deno.mkdir(folder, { recursive: true });
  const outcomes = planRuns(experiment, dataset).runs.map((run) => ({
    ...{ key: run.key, cell: run.cell, replicate: run.replicate, seed: run.task.seed },
    result: succeed(run).result,
  }));
  const score = { measures: { loss: 1, accuracy: 0.5 }, confusion: [4, 0, 0, 4], units: [] };
  const tests = new Map(outcomes.map(({ key }) => [key, score]));
  const sweep = {
    ...{ experiment, dataset, outcomes, tests, seconds: 1, workers: 1 },
    ...{ progress: new Progress(0), started: new Date() },
  };
  const { signal } = new AbortController();
  await writeResults(sweep, { folder, experimentText: "", own, signal });
  return (await pathsIn(folder)).filter((path) => path.startsWith("trainers/")).sort();
}

async function checksumsIn(folder: string): Promise<Record<string, string>> {
  const { files } = JSON.parse(await Deno.readTextFile(join(folder, "manifest.json")));
  return Object.fromEntries(
    Object.entries(files as Record<string, string>).filter(([name]) => name.includes("/")),
  );
}

Deno.test("writeResults() keeps the files of one's own trainers, and removes those of before", () =>
  withSmallExperiment(async (small) => {
    const folder = join(small.reports, "small");
    const ridge = await moduleOf("ridge", { "ridge.ts": "one\n", "lib/solve.ts": "two\n" });
    const kept = ["trainers/ridge/lib/solve.ts", "trainers/ridge/ridge.ts"];
    assertEquals(await write(small, [ridge]), kept);
    const [two, one] = [await sha256("two\n"), await sha256("one\n")];
    assertEquals(await checksumsIn(folder), { [kept[0]]: two, [kept[1]]: one });

    await Deno.writeTextFile(join(folder, "trainers", "notes.txt"), "mine");
    assertEquals(await write(small, [await moduleOf("lasso", { "lasso.ts": "three\n" })]), [
      "trainers/lasso/lasso.ts",
      "trainers/notes.txt",
    ]);
    await Deno.remove(join(folder, "trainers", "notes.txt"));
    assertEquals(await write(small, []), []);
    assertEquals(await checksumsIn(folder), {});
    assertEquals([...Deno.readDirSync(folder)].some(({ name }) => name === "trainers"), false);
  }));

Deno.test("writeResults() removes nothing that a manifest names outside of the copies", () =>
  withSmallExperiment(async (small) => {
    const folder = join(small.reports, "small");
    await Deno.mkdir(join(folder, "trainers", "ridge"), { recursive: true });
    await Deno.mkdir(join(small.reports, "elsewhere"));
    await Deno.symlink("../../../elsewhere", join(folder, "trainers", "ridge", "link"));
    const others = [join(folder, "mine.txt"), join(small.reports, "elsewhere", "mine.txt")];
    for (const path of others) await Deno.writeTextFile(path, "mine");
    const names = ["mine.txt", "trainers/ridge/../../mine.txt", "trainers/ridge/link/mine.txt"];
    const files = Object.fromEntries(names.map((name) => [name, "0".repeat(64)]));
    await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify({ format: 1, files }));
    await write(small, []);
    for (const path of others) assertEquals(await Deno.readTextFile(path), "mine");
  }));

Deno.test("writeResults() leaves earlier results as they are if a program has changed", () =>
  withSmallExperiment(async (small) => {
    await write(small, []);
    const folder = join(small.reports, "small");
    const before = await Deno.readTextFile(join(folder, "manifest.json"));
    const path = join(small.reports, "train.py");
    await Deno.writeTextFile(path, "new");
    const files = [{ path: "train.py", checksum: await sha256("old") }];
    const program = programOf("train", small.reports, files);
    const error = await assertRejects(() => write(small, [program]), UserError);
    assertEquals(
      [error.message, error.exitCode],
      [`Cannot use ${path}: it has changed since the sweep began`, 1],
    );
    assertEquals(await Deno.readTextFile(join(folder, "manifest.json")), before);
  }));

Deno.test("writeResults() removes how to cite a sweep only if a sweep wrote it", () =>
  withSmallExperiment(async (small) => {
    const path = join(small.reports, "small", "CITATION.cff");
    const cited = { ...small, experiment: { ...small.experiment, cite: { authors: ["Ada"] } } };
    await write(small, []);
    await Deno.writeTextFile(path, "mine");
    await write(small, []);
    assertEquals(await Deno.readTextFile(path), "mine");
    await Deno.remove(path);
    await write(cited, []);
    assertStringIncludes(await Deno.readTextFile(path), "cff-version: 1.2.0");
    await write(small, []);
    await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
    // Nor what was changed since.
    await write(cited, []);
    await Deno.writeTextFile(path, "changed");
    await write(small, []);
    assertEquals(await Deno.readTextFile(path), "changed");
  }));

Deno.test("writeResults() replaces nothing that somebody wrote on how to cite a sweep", () =>
  withSmallExperiment(async (small) => {
    const folder = join(small.reports, "small");
    const cited = { ...small, experiment: { ...small.experiment, cite: { authors: ["Ada"] } } };
    const paths = ["CITATION.cff", "appendix.md"].map((name) => join(folder, name));
    const textsIn = () => Promise.all(paths.map((path) => Deno.readTextFile(path)));
    await write(cited, []);
    const written = await textsIn();
    await Deno.writeTextFile(paths[0], written[0] + "doi: 10.1000/1\n");
    // As it is left by a sweep that was killed before it wrote its manifest.
    const manifest = join(folder, "manifest.json");
    const before = JSON.parse(await Deno.readTextFile(manifest));
    delete before.files["appendix.md"];
    await Deno.writeTextFile(manifest, JSON.stringify(before));
    const mine = await textsIn();
    const refused = await assertRejects(() => write(cited, []), UserError);
    const end = "and nothing of yours is overwritten";
    const messages = ({ problems }: UserError) => problems.map(({ message }) => message);
    const changed = `Cannot write ${paths[0]}: it was changed after the sweep, ${end}`;
    assertEquals(messages(refused), [changed]);
    assertEquals(await textsIn(), mine);
    await Deno.writeTextFile(paths[1], "mine");
    assertEquals(messages(await assertRejects(() => write(cited, []), UserError)), [
      changed,
      `Cannot write ${paths[1]}: no sweep wrote the file that is there, ${end}`,
    ]);
    assertEquals(await Deno.readTextFile(paths[1]), "mine");
    for (const path of paths) await Deno.remove(path);
    await write(cited, []);
    assertEquals(await textsIn(), written);
  }));
