import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { basename, join } from "node:path";
import { encodeRecord } from "../../src/store/_record_file.ts";
import { Store } from "../../src/store/store.ts";
import { pathsIn } from "../_paths_in.ts";
import { until } from "../_until.ts";
import { documentIn } from "./_json.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { readCsvFiles, Workspace } from "./_workspace.ts";

const SHORT = `
fixed: { hidden: [4], steps: 20, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.02] }
seeds: 3
`;

/** Every file of a folder with its bytes, but for the index, which has times. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const paths = pathsIn(folder).filter((path) => basename(path) !== "index.html").sort();
  const entries = paths.map(async (path) => [path.slice(folder.length), await textOf(path)]);
  return Object.fromEntries(await Promise.all(entries));
}

async function textOf(path: string): Promise<string> {
  return (await Deno.readFile(path)).toBase64();
}

/** How many files there are; those of a folder that vanishes meanwhile do not count. */
function countIn(folder: string): number {
  try {
    return Array.from(Deno.readDirSync(folder)).reduce((sum, { name, isDirectory }) => {
      return sum + (isDirectory ? countIn(join(folder, name)) : 1);
    }, 0);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

async function makeReadOnly(folder: string, isReadOnly: boolean): Promise<void> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) await makeReadOnly(join(folder, name), isReadOnly);
  }
  await Deno.chmod(folder, isReadOnly ? 0o555 : 0o755);
}

Deno.test("merge: two people's sweeps become one, without training anything again", () =>
  Workspace.use(async (workspace) => {
    const [ann, bob, both] = ["ann", "bob", "both"].map((name) => workspace.path(name));
    const file = await workspace.experiment(SHORT);
    const other = await workspace.experiment(SHORT.replace("0.02", "0.03"), "other");
    await workspace.sweep(file, "ann");
    await workspace.sweep(file, "bob", "--seeds", "2,3,4,5");
    await workspace.sweep(other, "bob");
    await Deno.writeTextFile(join(bob, "other", "notes.txt"), "mine");
    const before = [await contentOf(ann), await contentOf(bob)];
    await makeReadOnly(bob, true);
    try {
      const words = [ann, bob, "--reports", both];
      const planned = documentIn(await runTask("merge", ...words, "--dry-run", "--json"), "merge");
      assertEquals(
        [...Deno.readDirSync(workspace.folder)].some(({ name }) => name === "both"),
        false,
      );
      const done = await runHere("merge", ...words, "--json");
      assertEquals([done.code, done.stderr], [0, ""]);
      const merged = documentIn(done, "merge");
      const [first, second] = merged.sources;
      assertEquals(first.records, { added: 6, extended: 0, known: 0 });
      // The other experiment shares its baseline's runs.
      assertEquals(second.records, { added: 7, extended: 0, known: 5 });
      assertEquals(first.testScores.added, 6);
      assertEquals(first.folders.map(({ name, outcome }: Json) => [name, outcome]), [
        ["points", "copied"],
      ]);
      assertEquals(second.folders.map(({ name, outcome, left }: Json) => [name, outcome, left]), [
        ["other", "copied", ["notes.txt"]],
        ["points", "other-runs", []],
      ]);
      assertEquals(second.folders[1].seeds, [1, 2, 3, 4, 5]);
      assertEquals(planned.sources.map(({ records }: Json) => records), [
        ...[first.records, second.records],
      ]);
    } finally {
      await makeReadOnly(bob, false);
    }
    assertEquals([await contentOf(ann), await contentOf(bob)], before);
    assertEquals(await readCsvFiles(join(both, "other")), await readCsvFiles(join(bob, "other")));
    assertEquals((await runTask("verify", join(both, "other"), "--quiet")).code, 0);
    assert(await textOf(join(both, "index.html")));

    const content = await contentOf(both);
    const again = await runHere("merge", ann, bob, "--reports", both);
    assertEquals([again.code, again.stderr], [0, ""]);
    assertStringIncludes(again.stdout, "records: 0 new, 6 known");
    const command = again.stdout.match(/to report on all: deno task sweep (.*)/)?.[1] ?? "";
    assertEquals(await contentOf(both), content);
    const swept = await runTask("sweep", ...command.split(" "), "--reports", both);
    assertEquals(swept.code, 0, swept.stderr);
    assertStringIncludes(swept.stdout, "points: 10 runs, 0 trained, 10 reused");
  }));

// deno-lint-ignore no-explicit-any
type Json = any;

Deno.test("merge: conflicts and other experiments of a name are named, and nothing is replaced", () =>
  Workspace.use(async (workspace) => {
    const [ann, bob] = ["ann", "bob"].map((name) => workspace.path(name));
    await workspace.sweep(await workspace.experiment(SHORT), "ann");
    const changed = SHORT.replace("0.02", "0.03");
    await workspace.sweep(await workspace.experiment(changed), "bob");
    const onProblem = (message: string) => assert(false, message);
    const store = await Store.open(join(ann, "store"), { onProblem, readOnly: true });
    const keys = [...await store.keys()];
    const record = (await store.getMany(keys)).find((record) =>
      record?.identity.seed === 2 && record.identity.config.l2Penalty === undefined &&
      record.identity.config["l2_penalty"] === undefined
    );
    assert(record);
    const { key } = record;
    const result = { ...record.result, digest: "f".repeat(64) };
    const path = join(bob, "store", key.slice(0, 2), `${key.slice(2)}.json`);
    await Deno.writeFile(path, encodeRecord({ ...record, result }));
    const before = await contentOf(ann);
    const { code, stdout, stderr } = await runHere("merge", bob, "--reports", ann);
    assertEquals([code, stderr], [1, ""]);
    assertStringIncludes(stdout, "points: not copied from");
    assertStringIncludes(stdout, "--rename points=NEW");
    assertStringIncludes(
      stdout,
      `1 conflict:\n    results of mlp, l2_penalty=0, seed 2 (run ${key.slice(0, 12)})`,
    );
    const after = await contentOf(ann);
    for (const [path, text] of Object.entries(before)) assertEquals(after[path], text, path);
    const renamed = await runHere(
      "merge",
      bob,
      "--reports",
      ann,
      "--rename",
      "points=bobs",
      "--json",
    );
    const [{ folders, conflicts }] = documentIn(renamed, "merge").sources;
    assertEquals([renamed.code, folders[0].name, folders[0].outcome], [1, "bobs", "copied"]);
    assertEquals([conflicts[0].cell, conflicts[0].kept], ["l2_penalty=0", record.result.digest]);
  }));

Deno.test("merge: what is hostile or damaged is left out, and named", () =>
  Workspace.use(async (workspace) => {
    const [ann, mine] = ["ann", "mine"].map((name) => workspace.path(name));
    await workspace.sweep(await workspace.experiment(SHORT), "ann");
    const secret = await workspace.write("secret.txt", "secret");
    for (const name of ["con", "-rf", "changed", "linked"]) {
      await Deno.mkdir(join(ann, name));
      for (const { name: file } of Deno.readDirSync(join(ann, "points"))) {
        await Deno.copyFile(join(ann, "points", file), join(ann, name, file));
      }
    }
    await Deno.writeTextFile(join(ann, "changed", "cells.csv"), "cell\n");
    await Deno.remove(join(ann, "linked", "curves.csv"));
    await Deno.symlink(secret, join(ann, "linked", "curves.csv"));
    const [first, second, third] = pathsIn(join(ann, "store"), ".json")
      .filter((path) => !path.includes("/test/"));
    await Deno.truncate(first, 50);
    // A record of another run in its place has a right checksum.
    await Deno.writeTextFile(second, await Deno.readTextFile(third));
    await Deno.writeTextFile(join(ann, "store", "00"), "no folder").catch(() => {});
    const { code, stdout, stderr } = await runHere("merge", ann, "--reports", mine);
    assertEquals([code, stderr], [1, ""]);
    assertStringIncludes(stdout, "records: 4 new, 0 known");
    assertStringIncludes(stdout, `${first}: it is incomplete`);
    assertStringIncludes(stdout, `${second}: it is the record of run`);
    assertStringIncludes(stdout, "con: not copied");
    assertStringIncludes(stdout, "-rf: not copied");
    assertStringIncludes(stdout, "changed/cells.csv is not what its manifest says");
    assertStringIncludes(stdout, "linked/curves.csv: it leads out of");
    const names = [...Deno.readDirSync(mine)].map(({ name }) => name).sort();
    assertEquals(names, ["index.html", "points", "store"]);

    const wrong = await runHere("merge", mine, secret, workspace.path("none"), "--reports", mine);
    assertEquals([wrong.code, wrong.stdout], [2, ""]);
    for (const part of ["with itself", "it is not a folder", "there is no such folder"]) {
      assertStringIncludes(wrong.stderr, part);
    }
  }));

Deno.test("merge: being killed loses nothing, and doing it again brings the rest", () =>
  Workspace.use(async (workspace) => {
    const [ann, mine] = ["ann", "mine"].map((name) => workspace.path(name));
    const file = await workspace.experiment(SHORT.replace("seeds: 3", "seeds: 12"));
    await workspace.sweep(file, "ann");
    await workspace.sweep(file, "mine", "--seeds", "2");
    const before = await contentOf(join(mine, "store"));
    await Deno.rename(join(mine, "points"), workspace.path("aside"));
    const expected = await contentOf(join(ann, "points"));
    let kills = 0;
    for (let kill = 0; kill < 6; kill++) {
      const task = startTask("merge", [ann, "--reports", mine]);
      const ended = finish(task);
      let isOver = false;
      const over = ended.then(() => isOver = true);
      const count = countIn(mine);
      await until(() => isOver || countIn(mine) !== count, "something new");
      if (!isOver) {
        task.kill("SIGKILL");
        kills++;
      }
      await over;
      const now = await contentOf(join(mine, "store"));
      for (const [path, text] of Object.entries(before)) assertEquals(now[path], text, path);
      const hasFolder = [...Deno.readDirSync(mine)].some(({ name }) => name === "points");
      if (hasFolder) assertEquals(await contentOf(join(mine, "points")), expected);
    }
    assert(kills > 0);
    const last = await runHere("merge", ann, "--reports", mine);
    assertEquals([last.code, last.stderr], [0, ""]);
    assertEquals(await contentOf(join(mine, "points")), expected);
    const swept = await runHere("sweep", file, "--reports", mine);
    assertStringIncludes(swept.stdout, "24 runs, 0 trained, 24 reused");
  }));
