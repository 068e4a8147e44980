import { assert, assertEquals, assertRejects } from "@std/assert";
import { basename, join } from "node:path";
import { cleanStore } from "../../src/store/clean_store.ts";
import { ModelSpace } from "../../src/store/model_space.ts";
import { runKey } from "../../src/store/run_key.ts";
import type { RunRecord } from "../../src/store/run_record.ts";
import { Store } from "../../src/store/store.ts";
import { useStore } from "../../src/store/store_use.ts";
import { surveyStore } from "../../src/store/survey_store.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { UserError } from "../../src/user_error.ts";
import { inFolder } from "../_in_folder.ts";
import { pathsIn } from "../_paths_in.ts";
import { sampleModel, sampleState } from "./_sample_models.ts";
import { sampleRecord } from "./_sample_record.ts";

const onProblem = (message: string) => assert(false, message);
const { version } = BUILT_IN.named("mlp");
const NOW = Array.from({ length: 5 }, (_, seed) => withIdentity(sampleRecord(seed), { version }));
const OLD = NOW.map((record) => withIdentity(record, { version: 0.5 }));
const SCORED = { task: "regression", classes: [], columns: 2, testRows: 1 } as const;

function withIdentity(record: RunRecord, change: Partial<RunRecord["identity"]>): RunRecord {
  const identity = { ...record.identity, ...change };
  return { ...record, key: runKey(identity), identity };
}

function keysOf(records: readonly RunRecord[]): string[] {
  return records.map(({ key }) => key).sort();
}

/** A store with records, scores and models, of which the first three of each version are in a pack. */
async function fill(folder: string, records = [...NOW, ...OLD]): Promise<void> {
  const store = await Store.open(folder, { onProblem });
  const tests = await Store.openTests(join(folder, "test"), SCORED, { onProblem });
  const { models, checkpoints } = new ModelSpace(folder, { bytes: 1e9, onProblem });
  for (const record of records) {
    const { key, identity, result: { digest } } = record;
    await store.put(record);
    const score = { measures: { "test_rmse": 0.5 }, predictions: [0.5], units: [], digest };
    await tests.put({ key, identity, result: score });
    await models.put({ ...sampleModel(key), key, digest });
  }
  const packed = keysOf([...NOW.slice(0, 3), ...OLD.slice(0, 3)]);
  await store.pack(packed);
  await tests.pack(packed);
  await checkpoints.put("ab".repeat(32), sampleState(40));
}

/** The records, the keys of scores and those of models that a store has. */
async function contentOf(folder: string) {
  const store = await Store.open(folder, { onProblem });
  const tests = await Store.openTests(join(folder, "test"), SCORED, { onProblem });
  const { models } = new ModelSpace(folder, { bytes: 1e9, onProblem });
  const keys = [...await store.keys()].sort();
  return {
    records: await store.getMany(keys),
    tests: [...await tests.keys()].sort(),
    models: keysOf([...NOW, ...OLD]).filter((key) => models.has(key)),
    checkpoints: pathsIn(join(folder, "checkpoints")).length,
  };
}

function sorted(records: readonly RunRecord[]): RunRecord[] {
  return records.toSorted((a, b) => a.key < b.key ? -1 : 1);
}

function packIn(folder: string): string {
  const [path, ...others] = pathsIn(join(folder, "packs"));
  assertEquals(others, []);
  return path;
}

Deno.test("cleanStore() removes records of old versions with their scores and models", () =>
  inFolder(async (folder) => {
    await fill(folder);
    const before = packIn(folder);
    const time = new Date("2026-01-02T03:04:05Z");
    await Deno.utime(before, time, time);
    const planned = await cleanStore(folder, { remove: ["old-versions"], dryRun: true });
    assertEquals(planned.removed.map(({ what, count }) => [what, count]), [
      ["records", 5],
      ["test scores", 5],
      ["models", 5],
    ]);
    assertEquals((await contentOf(folder)).records.length, 10);
    const cleaned = await cleanStore(folder, { remove: ["old-versions"] });
    assertEquals(cleaned, { ...planned, dryRun: false });
    assertEquals(await contentOf(folder), {
      records: sorted(NOW),
      tests: keysOf(NOW),
      models: keysOf(NOW),
      checkpoints: 1,
    });
    // The records in the new pack are no newer than before.
    const after = packIn(folder);
    assert(after !== before);
    assertEquals((await Deno.stat(after)).mtime, time);
    assertEquals(pathsIn(folder, ".tmp"), []);
    const again = await cleanStore(folder, { remove: ["old-versions"] });
    assertEquals([again.removed, again.left], [[], []]);
    assertEquals(packIn(folder), after);
  }));

Deno.test("cleanStore() removes packs of which nothing stays", () =>
  inFolder(async (folder) => {
    await fill(folder, OLD);
    await cleanStore(folder, { remove: ["old-versions"] });
    const { records, tests, models } = await contentOf(folder);
    assertEquals([records, tests, models], [[], [], []]);
    assertEquals(pathsIn(folder, ".pack"), []);
  }));

Deno.test("cleanStore() keeps used runs, and runs that were stopped on the same dataset", () =>
  inFolder(async (folder) => {
    const rungs = [{}, { dataset: "other" }].map((change) =>
      withIdentity(NOW[1], { stopAt: 10, ...change })
    );
    await fill(folder, [...NOW, ...rungs]);
    const used = new Set(keysOf([NOW[0], NOW[4]]));
    const { removed: [records] } = await cleanStore(folder, { remove: ["unused"], used });
    assertEquals([records.what, records.count], ["records", 4]);
    const kept = [NOW[0], NOW[4], rungs[0]];
    const content = await contentOf(folder);
    assertEquals([content.records, content.tests], [sorted(kept), keysOf(kept)]);
    assertEquals(content.checkpoints, 1);
  }));

Deno.test("cleanStore() removes scores, models and checkpoints alone", () =>
  inFolder(async (folder) => {
    await fill(folder, NOW);
    await Deno.writeTextFile(join(folder, "models", "notes.txt"), "mine");
    const remove = ["test-scores", "models", "checkpoints"] as const;
    const { removed } = await cleanStore(folder, { remove });
    assertEquals(removed.map(({ what, count }) => [what, count]), [
      ["test scores", 5],
      ["models", 5],
      ["checkpoints", 1],
    ]);
    assertEquals(await contentOf(folder), {
      ...{ records: sorted(NOW), tests: [], models: [], checkpoints: 0 },
    });
    assertEquals(await Deno.readTextFile(join(folder, "models", "notes.txt")), "mine");
  }));

Deno.test("cleanStore() removes only what is older than it is told", () =>
  inFolder(async (folder) => {
    await fill(folder);
    const remove = ["old-versions", "models"] as const;
    const day = 86_400;
    const long = { remove, olderThanSeconds: 2 * day };
    assertEquals((await cleanStore(folder, long)).removed, []);
    const time = Date.now() / 1000 - 3 * day;
    const { key } = OLD[4];
    await Deno.utime(join(folder, key.slice(0, 2), `${key.slice(2)}.json`), time, time);
    const { removed } = await cleanStore(folder, long);
    assertEquals(removed.map(({ what, count }) => [what, count]), [
      ["records", 1],
      ["test scores", 1],
      ["models", 1],
    ]);
    assertEquals((await contentOf(folder)).records, sorted([...NOW, ...OLD.slice(0, 4)]));
  }));

Deno.test("cleanStore() removes what is damaged, and keeps what can be read of it", () =>
  inFolder(async (folder) => {
    await fill(folder, NOW);
    const { key } = NOW[4];
    const cut = join(folder, key.slice(0, 2), `${key.slice(2)}.json`);
    await Deno.truncate(cut, 100);
    const pack = packIn(folder);
    const bytes = await Deno.readFile(pack);
    bytes[200] ^= 1;
    await Deno.writeFile(pack, bytes);
    const left = join(folder, "packs", `new.${crypto.randomUUID()}.tmp`);
    const young = join(folder, "packs", `new.${crypto.randomUUID()}.tmp`);
    for (const path of [left, young]) await Deno.writeTextFile(path, "x");
    const time = Date.now() / 1000 - 7200;
    await Deno.utime(left, time, time);
    await Deno.writeTextFile(`${cut}.1.damaged`, "x");
    const { damaged } = await surveyStore(folder);
    const expected = [cut, `${cut}.1.damaged`, left, pack].sort();
    assertEquals(damaged.map(({ path }) => path), expected);
    const { removed: [files] } = await cleanStore(folder, { remove: ["damaged"] });
    assertEquals([files.what, files.count], ["damaged files", 4]);
    assertEquals((await contentOf(folder)).records.length, 3);
    assertEquals((await surveyStore(folder)).damaged, []);
    assertEquals(pathsIn(folder, ".tmp"), [young]);
  }));

Deno.test("cleanStore() replaces a pack whose index alone is damaged", () =>
  inFolder(async (folder) => {
    await fill(folder, NOW);
    const pack = packIn(folder);
    const bytes = await Deno.readFile(pack);
    await Deno.writeFile(pack, bytes.subarray(0, -4));
    assertEquals((await surveyStore(folder)).records[0].count, 5);
    await cleanStore(folder, { remove: ["damaged"] });
    assertEquals(basename(packIn(folder)), basename(pack));
    assertEquals((await contentOf(folder)).records, sorted(NOW));
  }));

Deno.test("cleanStore() does not write a damaged pack anew unless it is told to", () =>
  inFolder(async (folder) => {
    await fill(folder);
    const pack = packIn(folder);
    const bytes = await Deno.readFile(pack);
    bytes[200] ^= 1;
    await Deno.writeFile(pack, bytes);
    const { left } = await cleanStore(folder, { remove: ["old-versions"] });
    assertEquals(left.map(({ path }) => path), [pack]);
    assertEquals(await Deno.readFile(pack), bytes);
    const { damaged } = await surveyStore(folder);
    assertEquals(damaged.map(({ path }) => path), [pack]);
  }));

Deno.test("cleanStore() follows no link, and surveyStore() lists a store with odd things in it", () =>
  inFolder(async (base) => {
    const [folder, other] = [join(base, "store"), join(base, "other")];
    await fill(other);
    const before = pathsIn(other).sort();
    await Deno.mkdir(folder);
    for (const { name } of Deno.readDirSync(other)) {
      if (name !== "claims") await Deno.symlink(join(other, name), join(folder, name));
    }
    const free = "0123456789abcdef".split("").map((digit) => digit + digit)
      .find((name) => !before.some((path) => path.includes(`/other/${name}/`))) ?? "";
    await Deno.writeTextFile(join(folder, free), "no folder");
    const { damaged } = await surveyStore(folder);
    assertEquals(damaged.map(({ path }) => path), [join(folder, free)]);
    const remove = ["old-versions", "unused", "damaged", "models", "checkpoints"] as const;
    const { removed, left } = await cleanStore(folder, { remove, used: new Set() });
    assertEquals([removed, left.map(({ path }) => path)], [[], [join(folder, free)]]);
    assertEquals(pathsIn(other).sort(), before);
  }));

Deno.test("cleanStore() refuses while the store is used, and who wants to use it waits", () =>
  inFolder(async (folder) => {
    await fill(folder);
    const { signal } = new AbortController();
    const waits: string[] = [];
    const onWait = (message: string) => void waits.push(message);
    const remove = ["old-versions"] as const;
    const use = await useStore(folder, { signal, onWait });
    const error = await assertRejects(() => cleanStore(folder, { remove }), UserError);
    assertEquals([error.message, error.exitCode], [
      `Cannot clean up ${folder}: a sweep uses it`,
      1,
    ]);
    assertEquals((await cleanStore(folder, { remove, dryRun: true })).removed.length, 3);
    use.release();
    // A run that is trained by a version that knows no other claims.
    const run = (await Store.open(folder, { onProblem })).claim("ab".repeat(32));
    assert(typeof run !== "string");
    await assertRejects(() => cleanStore(folder, { remove }), UserError);
    run.release();
    const cleaning = cleanStore(folder, { remove });
    (await useStore(folder, { signal, onWait })).release();
    assertEquals((await cleaning).removed.length, 3);
    assertEquals(waits, [`Waiting until ${folder} is cleaned up`]);
    assertEquals(pathsIn(join(folder, "claims")), []);
    // What a killed process left behind holds nobody up, and the next sweep removes it.
    const left = join(folder, "claims", `use-${crypto.randomUUID()}.claim`);
    await Deno.writeTextFile(left, "");
    assertEquals((await cleanStore(folder, { remove })).removed, []);
    await Deno.writeTextFile(left, "");
    await Store.open(folder, { onProblem });
    assertEquals(pathsIn(join(folder, "claims")), []);
  }));

Deno.test("cleanStore() says that there is no store", async () => {
  const error = await assertRejects(() => cleanStore("no/store", { remove: [] }), UserError);
  assertEquals([error.message, error.exitCode], ["There is no store in no/store", 2]);
});
