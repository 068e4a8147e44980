import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { storeText } from "../../src/cli/store_text.ts";
import { runKey } from "../../src/store/run_key.ts";
import type { RunRecord } from "../../src/store/run_record.ts";
import { Store } from "../../src/store/store.ts";
import { surveyStore } from "../../src/store/survey_store.ts";
import { UserError } from "../../src/user_error.ts";
import { inFolder } from "../_in_folder.ts";
import { pathsIn } from "../_paths_in.ts";
import { sampleRecord } from "./_sample_record.ts";

const RECORDS = Array.from({ length: 6 }, (_, seed) => sampleRecord(seed));

function ofTrainer(trainer: string, version: number | string): RunRecord {
  const record = sampleRecord(1);
  const identity = { ...record.identity, trainer, version };
  return { ...record, key: runKey(identity), identity };
}

/** A store with records of their own and in a pack. */
async function filledStore(folder: string, records: readonly RunRecord[]): Promise<Store> {
  const store = await Store.open(folder, { onProblem: (message) => assert(false, message) });
  for (const record of records) await store.put(record);
  await store.pack(records.slice(0, 3).map(({ key }) => key));
  return store;
}

function pathOf(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), `${key.slice(2)}.json`);
}

Deno.test("surveyStore() counts records by trainer and version, in packs and files", () =>
  inFolder(async (folder) => {
    const own = "ab".repeat(32);
    await filledStore(folder, [...RECORDS, ofTrainer("mlp", 0.5), ofTrainer("mine", own)]);
    const before = pathsIn(folder).sort();
    const { records, damaged } = await surveyStore(folder);
    assertEquals(
      records.map(({ trainer, version, count }) => [trainer, version, count]),
      [["mine", own, 1], ["mlp", "0.5", 1], ["mlp", "1", 6]],
    );
    assertEquals(records.slice(0, 2).map(({ isOld }) => isOld), [false, true]);
    assertEquals(damaged, []);
    for (const { bytes, newestSeconds = NaN, oldestSeconds = NaN } of records) {
      assert(bytes > 0 && newestSeconds <= oldestSeconds);
    }
    assertEquals(pathsIn(folder).sort(), before);
  }));

Deno.test("surveyStore() counts a record in a file and a pack once", () =>
  inFolder(async (folder) => {
    await filledStore(folder, RECORDS);
    const [{ count, bytes }] = (await surveyStore(folder)).records;
    await inFolder(async (other) => {
      const [{ key }] = RECORDS;
      const copy = await Store.open(other, { onProblem: (message) => assert(false, message) });
      await copy.put(RECORDS[0]);
      await Deno.mkdir(join(folder, key.slice(0, 2)), { recursive: true });
      await Deno.copyFile(pathOf(other, key), pathOf(folder, key));
    });
    const [again] = (await surveyStore(folder)).records;
    assertEquals([count, again.count], [6, 6]);
    assert(again.bytes > bytes);
  }));

Deno.test("surveyStore() lists what is damaged, and leaves it where it is", () =>
  inFolder(async (folder) => {
    await filledStore(folder, RECORDS);
    const [cut, link, pipe] = RECORDS.slice(3).map(({ key }) => pathOf(folder, key));
    await Deno.truncate(cut, 100);
    await Deno.remove(link);
    await Deno.symlink("nowhere", link);
    await Deno.remove(pipe);
    const made = await new Deno.Command("mkfifo", { args: [pipe] }).output();
    assert(made.success);
    const [packName] = [...Deno.readDirSync(join(folder, "packs"))].map(({ name }) => name);
    const pack = join(folder, "packs", packName);
    const bytes = await Deno.readFile(pack);
    bytes[200] ^= 1;
    await Deno.writeFile(pack, bytes);
    const aside = `${cut}.1.damaged`;
    await Deno.writeTextFile(aside, "x");
    const before = pathsIn(folder).sort();
    const { records, damaged } = await surveyStore(folder);
    assertEquals(records.map(({ count }) => count), [2]);
    const reasons = Object.fromEntries(damaged.map(({ path, reason }) => [path, reason]));
    assertEquals(Object.keys(reasons).sort(), [cut, link, pipe, pack, aside].sort());
    assertEquals(reasons[cut], "it is incomplete");
    assertStringIncludes(reasons[link], "it is a symbolic link that leads nowhere");
    assertEquals(reasons[pipe], "it is a pipe, not a file");
    assertStringIncludes(reasons[pack], "its checksum is wrong");
    assertEquals(pathsIn(folder).sort(), before);
  }));

Deno.test("surveyStore() counts models, checkpoints and test scores by their own names", () =>
  inFolder(async (folder) => {
    const rest = "0".repeat(62);
    for (
      const path of [
        ...[`models/ab/${rest}.safetensors`, `models/ab/${rest}.selected.safetensors`],
        ...["models/ab/mine.safetensors", `checkpoints/ab/${rest}.50.safetensors`],
        ...[`test/ab/${rest}.json`, "test/notes.txt"],
      ]
    ) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), "12345");
    }
    await Deno.symlink("mine.safetensors", join(folder, `models/ab/1${rest.slice(1)}.safetensors`));
    const { records, models, checkpoints, testFiles } = await surveyStore(folder);
    assertEquals(records, []);
    assertEquals([models.count, models.bytes], [2, 10]);
    assertEquals([checkpoints.count, testFiles.count], [1, 1]);
  }));

Deno.test("surveyStore() says that there is no store", async () => {
  const error = await assertRejects(() => surveyStore("no/store"), UserError);
  assertEquals([error.message, error.exitCode], ["There is no store in no/store", 2]);
});

Deno.test("storeText() shows sizes, ages and what is damaged", () => {
  const none = { count: 0, bytes: 0 };
  const text = storeText({
    folder: "reports/store",
    records: [
      {
        ...{ trainer: "mlp", version: "3", isOld: true, count: 1234, bytes: 5_640_000 },
        ...{ newestSeconds: 59.7, oldestSeconds: 864_000 },
      },
    ],
    ...{ testFiles: none, models: none, checkpoints: none },
    damaged: [{ path: "a.json", reason: "it is incomplete" }],
  });
  assertEquals(text.split("\n"), [
    "Store reports/store",
    "",
    "                                 count     size  newest   oldest",
    "records of mlp, version 3 (old)  1,234   5.6 MB   1 min  10 days",
    "files of test scores                 0  0 bytes",
    "models                               0  0 bytes",
    "checkpoints                          0  0 bytes",
    "",
    "1 damaged file:",
    "  a.json: it is incomplete",
  ]);
});
