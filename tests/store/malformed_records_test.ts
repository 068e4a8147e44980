import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { sha256 } from "../../src/sha256.ts";
import type { RunRecord, StoredResult, StoredTest } from "../../src/store/run_record.ts";
import { Store } from "../../src/store/store.ts";
import { makePipe } from "../files/_special_files.ts";
import { sampleRecord } from "./_sample_record.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const RECORD = sampleRecord(1);
const { key, identity } = RECORD;
const DATASET = { task: "classification" as const, classes: ["a", "b"], columns: 3, testRows: 10 };
const QUANTITIES = { task: "regression" as const, classes: [], columns: 3, testRows: 3 };
const TEST: RunRecord<StoredTest> = {
  key,
  identity,
  result: {
    digest: "d1ge57",
    measures: { loss: NaN, accuracy: 0.5 },
    confusion: [1, 2, 3, 4],
    units: [{ unit: 0, weights: [0.5, -Infinity, 1] }],
  },
};

function pathOf(folder: string): string {
  return `${folder}/${key.slice(0, 2)}/${key.slice(2)}.json`;
}

/** The text of a record's file, with the checksum of whatever it says. */
async function sealed(json: string): Promise<string> {
  return `{"checksum":"${await sha256(json)}","record":${json}}\n`;
}

/** A good record's JSON after a change. */
function changed(record: string, change: (record: Json) => void): string {
  const json = JSON.parse(record);
  change(json);
  return JSON.stringify(json);
}

/** Does work with the store of runs, or of test scores, in a folder of its own. */
async function withStore<Result extends StoredResult>(
  open: (folder: string, options: { onProblem(text: string): void }) => Promise<Store<Result>>,
  work: (store: Store<Result>, folder: string, problems: string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const problems: string[] = [];
    const store = await open(folder, { onProblem: (text) => problems.push(text) });
    await work(store, folder, problems);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Tests that what `place` puts at a record's path is reported and moved aside, and room is made. */
async function assertMovedAside<Result extends StoredResult>(
  [store, folder, problems]: readonly [Store<Result>, string, string[]],
  record: RunRecord<Result>,
  { place, reason }: { place: (path: string) => Promise<unknown>; reason: string },
): Promise<void> {
  const path = pathOf(folder);
  // Once where it is looked up first, as a sweep does, and once where it is found in the way.
  for (const isLookedUp of [true, false]) {
    await Deno.mkdir(dirname(path), { recursive: true });
    await place(path);
    if (isLookedUp) assertEquals(await store.getMany([key]), [undefined], reason);
    await store.put(record);
    assertEquals(await store.get(key), record, reason);
    assertEquals(problems.length, 1, reason);
    const [, found, aside] =
      problems[0].match(/^Cannot use record (.*\.json): .*; moved it to (.*),/) ??
        [];
    assertEquals(found, path, problems[0]);
    assert(problems[0].startsWith(`Cannot use record ${path}: ${reason}`), problems[0]);
    assert(Deno.lstatSync(aside));
    problems.length = 0;
    await Deno.remove(dirname(path), { recursive: true });
  }
}

const WRONG_RUNS: Record<string, (record: Json) => void> = {
  "its result is wrong: expected object": (record) => record.result = null,
  "its result is wrong: expected object, received array": (record) => record.result = [],
  "its result.evaluations is wrong: expected array": (record) => delete record.result.evaluations,
  "its result.evaluations is wrong: wrong length 0": (record) => record.result.evaluations = [],
  "its result.evaluations[1] is wrong: expected object": (record) =>
    record.result.evaluations[1] = null,
  "its result.evaluations[0] is wrong: its step is not a count": (record) =>
    delete record.result.evaluations[0].step,
  "its result.evaluations[0] is wrong: unexpected trainLoss": (record) =>
    record.result.evaluations[0].trainLoss = "low",
  'its result is wrong: unrecognized key: "weightL1"': (record) => record.result.weightL1 = [1],
  "its result.steps is wrong: ": (record) => record.result.steps = -1,
  "its result.bestStep is wrong: ": (record) => record.result.bestStep = 0.5,
  "its result.status is wrong: ": (record) => record.result.status = "failed",
  "its result.histograms is wrong: ": (record) => record.result.histograms = { 0: 1 },
  "its result.histograms[0].counts is wrong: wrong length 15": (record) =>
    record.result.histograms[0].counts.length = 15,
  "its result.histograms[0].minimum is wrong: expected number": (record) =>
    record.result.histograms[0].minimum = "-Infinite",
  "its result.digest is wrong: expected string": (record) => record.result.digest = 5,
  "its result.trainSeconds is wrong: ": (record) => record.result.trainSeconds = "NaN",
  "its identity is wrong: expected object, received null": (record) => record.identity = null,
  "its identity.config.hidden is wrong: ": (record) => record.identity.config.hidden = [{}],
  "its identity.seed is wrong: ": (record) => record.identity.seed = "1",
  "its format is not 1": (record) => record.format = { toString: 1 },
  "it is the record of run x↵PASS": (record) => record.key = "x\nPASS",
  "it has no key": (record) => record.key = { toString: 1 },
};

Deno.test("Store moves aside records of runs with a right checksum and a wrong shape", () =>
  withStore((...args) => Store.open(...args), async (...bench) => {
    const [store, folder] = bench;
    await store.put(RECORD);
    const good = JSON.stringify(JSON.parse(await Deno.readTextFile(pathOf(folder))).record);
    await Deno.remove(dirname(pathOf(folder)), { recursive: true });
    for (const [reason, change] of Object.entries(WRONG_RUNS)) {
      const text = await sealed(changed(good, change));
      await assertMovedAside(bench, RECORD, {
        place: (path) => Deno.writeTextFile(path, text),
        reason,
      });
    }
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const texts = {
      "null": "it is not a JSON object",
      '"NaN"': "it is not a JSON object",
      '{"format":1,': "it is not a JSON object",
      [deep]: "it is not a JSON object",
      [`{"format":1,"key":"${key}","identity":{},"result":["NaN",${deep}]}`]:
        "its identity.trainer",
      [good.replace('"histograms":[', `"histograms":["NaN",${deep},`)]: "its result.histograms[0]",
    };
    for (const [json, reason] of Object.entries(texts)) {
      const text = await sealed(json);
      await assertMovedAside(bench, RECORD, {
        place: (path) => Deno.writeTextFile(path, text),
        reason,
      });
    }
  }));

/** The same with predicted quantities, of which a test row can have one that is not finite. */
const PREDICTED: RunRecord<StoredTest> = {
  key,
  identity,
  result: {
    digest: "d1ge57",
    measures: { loss: 0.5, rmse: Infinity },
    predictions: [1.5, -Infinity, NaN],
    units: [],
  },
};

const WRONG_TESTS: Record<string, (record: Json) => void> = {
  "its result.confusion is wrong: expected array": (record) => delete record.result.confusion,
  "its result.confusion is wrong: too big": (record) => record.result.confusion.push(0),
  "its result.confusion[0] is wrong: ": (record) => record.result.confusion[0] = 0.5,
  "its result.units[0].weights is wrong: too small": (record) =>
    record.result.units[0].weights.pop(),
  "its result.units[0].weights[1] is wrong: expected number": (record) =>
    record.result.units[0].weights[1] = null,
  'its result is wrong: unrecognized key: "loss"': (record) => record.result.loss = {},
  'its result is wrong: unrecognized key: "predictions"': (record) =>
    record.result.predictions = [1],
};

const WRONG_PREDICTIONS: Record<string, (record: Json) => void> = {
  "its result.predictions is wrong: expected array": (record) => delete record.result.predictions,
  "its result.predictions is wrong: too big": (record) => record.result.predictions.push(0),
  "its result.predictions is wrong: too small": (record) => record.result.predictions.pop(),
  "its result.predictions[1] is wrong: expected number": (record) =>
    record.result.predictions[1] = "1",
  'its result is wrong: unrecognized key: "confusion"': (record) => record.result.confusion = [1],
};

for (
  const { dataset, record, wrong } of [
    { dataset: DATASET, record: TEST, wrong: WRONG_TESTS },
    { dataset: QUANTITIES, record: PREDICTED, wrong: WRONG_PREDICTIONS },
  ]
) {
  Deno.test(`Store moves aside test scores of a ${dataset.task} with a wrong shape`, () =>
    withStore((folder, options) => Store.openTests(folder, dataset, options), async (...bench) => {
      const [store, folder] = bench;
      await store.put(record);
      assertEquals(await store.get(key), record);
      const good = JSON.stringify(JSON.parse(await Deno.readTextFile(pathOf(folder))).record);
      await Deno.remove(dirname(pathOf(folder)), { recursive: true });
      for (const [reason, change] of Object.entries(wrong)) {
        const text = await sealed(changed(good, change));
        await assertMovedAside(bench, record, {
          place: (path) => Deno.writeTextFile(path, text),
          reason,
        });
      }
    }));
}

Deno.test("Store takes test scores without predictions of trainers that score the rows themselves", async () => {
  for (const dataset of [DATASET, QUANTITIES]) {
    const scored = { ...dataset, unpredicted: new Set([identity.trainer]) };
    await withStore(
      (folder, options) => Store.openTests(folder, scored, options),
      async (store, _, problems) => {
        const { digest, measures } = TEST.result;
        const record = { key, identity, result: { digest, measures, units: [] } };
        await store.put(record);
        assertEquals(await store.get(key), record);
        assertEquals(problems, []);
      },
    );
  }
});

Deno.test({
  name: "Store moves aside what is no file in a record's place",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withStore((...args) => Store.open(...args), async (...bench) => {
      const places: Record<string, (path: string) => Promise<unknown>> = {
        "it is a folder, not a file": (path) => Deno.mkdir(path),
        "it is a pipe, not a file": makePipe,
        "it is a device, not a file": (path) => Deno.symlink("/dev/zero", path),
        "it is a symbolic link that leads nowhere": (path) => Deno.symlink("missing", path),
        "it is a symbolic link that leads nowhere;": (path) => Deno.symlink(path, path),
        // Without a byte on the disk.
        "it is larger than 512 MiB": async (path) => {
          await Deno.writeFile(path, new Uint8Array());
          await Deno.truncate(path, 3e9);
        },
      };
      for (const [reason, place] of Object.entries(places)) {
        await assertMovedAside(bench, RECORD, { place, reason });
      }
    }),
});

Deno.test({
  name: "Store blames the record, not the store, only where the record is the fault",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withStore((...args) => Store.open(...args), async (_, folder) => {
      await Deno.symlink("loop", `${folder}/loop`);
      const problems: string[] = [];
      const options = { onProblem: (text: string) => problems.push(text), readOnly: true };
      const store = await Store.open(`${folder}/loop`, options);
      const error = await store.get(key).then(() => undefined, (error) => error);
      assert(error?.message.startsWith(`Cannot read ${folder}/loop: `), error?.message);
      assertEquals(problems, []);
    }),
});
