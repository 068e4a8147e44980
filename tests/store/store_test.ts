import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { decodeRecord, encodeRecord } from "../../src/store/_record_file.ts";
import { RUN_SHAPE } from "../../src/store/_record_shapes.ts";
import { NondeterminismError } from "../../src/store/nondeterminism_error.ts";
import { runKey } from "../../src/store/run_key.ts";
import { Store } from "../../src/store/store.ts";
import { UserError } from "../../src/user_error.ts";
import { sampleRecord } from "./_sample_record.ts";

interface Bench {
  readonly folder: string;
  readonly problems: string[];
  readonly store: Store;
}

/** A test with a store of its own. */
function storeTest(name: string, run: (bench: Bench) => Promise<void>): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const problems: string[] = [];
      const store = await Store.open(folder, { onProblem: (message) => problems.push(message) });
      await run({ folder, problems, store });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

/** Paths of all files below a folder, from it on, sorted. */
async function filesIn(folder: string, inner = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder + inner)) {
    const path = `${inner}/${name}`;
    files.push(...isDirectory ? await filesIn(folder, path) : [path]);
  }
  return files.sort();
}

function pathOf(folder: string, key: string): string {
  return `${folder}/${key.slice(0, 2)}/${key.slice(2)}.json`;
}

function norms(l1: number, l2: number) {
  return { "weight_l1": l1, "weight_l2": l2 };
}

const record = sampleRecord(1);
const other = sampleRecord(2);

storeTest(
  "Store gives back what was put, and nothing else",
  async ({ folder, store, problems }) => {
    assertEquals(await store.get(record.key), undefined);
    await store.put(record);
    assertEquals(await store.get(record.key), record);
    assertEquals(await store.get(other.key), undefined);
    assertEquals(await filesIn(folder), [pathOf("", record.key)]);
    assertEquals(problems, []);
  },
);

storeTest("Store keeps every type of value that a config has", async ({ store, problems }) => {
  const identity = {
    ...record.identity,
    config: { hidden: [64, 64], "l1_penalty": 0.5, optimizer: "adam", nesterov: true },
  };
  const typed = { ...record, identity, key: runKey(identity) };
  await store.put(typed);
  assertEquals([await store.get(typed.key), problems], [typed, []]);
});

storeTest("Store keeps the measures of a run that diverged", async ({ store }) => {
  const evaluations = [{
    step: 0,
    measures: {
      "train_loss": NaN,
      "train_accuracy": 0.1,
      "validation_loss": Infinity,
      "validation_accuracy": 0,
      penalty: -Infinity,
      sparsity: 1,
    },
  }];
  const diverged = sampleRecord(1, { status: "diverged", evaluations, measures: norms(NaN, 1) });
  await store.put(diverged);
  // The target's name is "NaN" too, and stays a text.
  assertEquals(await store.get(diverged.key), diverged);
});

Deno.test("decodeRecord() gives back any numbers", async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.double(), { minLength: 1 }), async (values) => {
    const histograms = [{ minimum: values[0], maximum: 1, counts: [] }];
    const evaluations = values.map((value, step) => ({ step, measures: { "train_loss": value } }));
    const encoded = sampleRecord(1, { histograms, evaluations });
    assertEquals(await decodeRecord(encodeRecord(encoded), encoded.key, RUN_SHAPE), encoded);
  }));
});

Deno.test("decodeRecord() detects every altered byte and every torn end", async () => {
  const bytes = encodeRecord(record);
  for (let index = 0; index < bytes.length; index++) {
    const altered = bytes.with(index, bytes[index] ^ (1 << index % 8));
    assertEquals(
      typeof await decodeRecord(altered, record.key, RUN_SHAPE),
      "string",
      `byte ${index}`,
    );
    const torn = bytes.slice(0, index);
    assertEquals(
      await decodeRecord(torn, record.key, RUN_SHAPE),
      "it is incomplete",
      `${index} bytes`,
    );
  }
});

storeTest("Store moves a torn record aside, and the run can be put again", async (bench) => {
  const { folder, store, problems } = bench;
  await store.put(record);
  const path = pathOf(folder, record.key);
  await Deno.truncate(path, 100);
  assertEquals(await store.get(record.key), undefined);
  const [file] = await filesIn(folder);
  assert(file.startsWith(pathOf("", record.key)) && file.endsWith(".damaged"), file);
  assertEquals(problems, [
    `Cannot use record ${path}: it is incomplete; moved it to ${folder}${file}, and its run must be trained again`,
  ]);
  await store.put(record);
  assertEquals(await store.get(record.key), record);
});

storeTest("Store overwrites no damaged record", async ({ folder, store }) => {
  const path = pathOf(folder, record.key);
  for (const text of ["one", "two"]) {
    await store.put(record);
    await Deno.writeTextFile(path, text);
    assertEquals(await store.get(record.key), undefined);
  }
  const texts = (await filesIn(folder)).map((file) => Deno.readTextFileSync(folder + file));
  assertEquals(texts.sort(), ["one", "two"]);
});

storeTest(
  "Store.put() moves a damaged record out of its way",
  async ({ folder, store, problems }) => {
    await store.put(record);
    await Deno.writeTextFile(pathOf(folder, record.key), "");
    await store.put(record);
    assertEquals(await store.get(record.key), record);
    assertEquals(problems.length, 1);
  },
);

storeTest("Store gives no record under another's name", async ({ folder, store, problems }) => {
  await store.put(record);
  await store.put(other);
  const [first, second] = [record, other].map(({ key }) => pathOf(folder, key));
  await Deno.rename(first, `${folder}/aside`);
  await Deno.rename(second, first);
  await Deno.rename(`${folder}/aside`, second);
  assertEquals(await store.getMany([record.key, other.key]), [undefined, undefined]);
  assertEquals(problems.length, 2);
  assert(problems.some((problem) => problem.includes(`it is the record of run ${other.key}`)));
});

storeTest("Store moves a folder in a record's place aside", async ({ folder, store, problems }) => {
  await Deno.mkdir(pathOf(folder, record.key), { recursive: true });
  await store.put(record);
  assertEquals(await store.get(record.key), record);
  assert(problems[0].includes(".json: it is a folder, not a file"));
});

storeTest("Store.put() of one record many times at once leaves one file", async (bench) => {
  const second = await Store.open(bench.folder, { onProblem: (text) => bench.problems.push(text) });
  const stores = Array.from({ length: 40 }, (_, index) => index % 2 ? bench.store : second);
  await Promise.all(
    stores.map((store, trainSeconds) =>
      store.put({ ...record, result: { ...record.result, trainSeconds } })
    ),
  );
  assertEquals(await filesIn(bench.folder), [pathOf("", record.key)]);
  assertEquals((await bench.store.get(record.key))?.result.digest, record.result.digest);
  assertEquals(bench.problems, []);
});

storeTest(
  "Store.put() reports another result for a known run and keeps the old one",
  async (bench) => {
    const { folder, store } = bench;
    await store.put(record);
    const found = sampleRecord(1, { digest: "0ther" });
    const error = await assertRejects(() => store.put(found), NondeterminismError);
    assertEquals([error.key, error.known, error.found], [record.key, "d1ge57", "0ther"]);
    assert(error.message.includes("d1ge57") && error.message.includes("0ther"));
    assertEquals(await store.get(record.key), record);
    assertEquals(await filesIn(folder), [pathOf("", record.key)]);
  },
);

storeTest("Store.put() compares more than the digest, but not the time", async ({ store }) => {
  await store.put(record);
  await store.put(sampleRecord(1, { trainSeconds: 99 }));
  assertEquals((await store.get(record.key))?.result.trainSeconds, 0.25);
  const found = sampleRecord(1, { measures: norms(1234.5, 12.5) });
  await assertRejects(
    () => store.put(found),
    NondeterminismError,
    "different measures with the same digest",
  );
});

storeTest("Store.put() takes a diverged run again", async ({ store }) => {
  const diverged = sampleRecord(1, { measures: norms(NaN, Infinity) });
  await store.put(diverged);
  await store.put(diverged);
  const found = sampleRecord(1, { measures: norms(NaN, -Infinity) });
  await assertRejects(() => store.put(found), NondeterminismError);
});

storeTest("Store reads records that were copied from another store", async ({ folder, store }) => {
  const elsewhere = await Deno.makeTempDir();
  try {
    const source = await Store.open(elsewhere, { onProblem: (message) => assert(false, message) });
    await source.put(record);
    await Deno.rename(
      `${elsewhere}/${record.key.slice(0, 2)}`,
      `${folder}/${record.key.slice(0, 2)}`,
    );
    await store.put(other);
    assertEquals(await store.getMany([record.key, other.key]), [record, other]);
  } finally {
    await Deno.remove(elsewhere, { recursive: true });
  }
});

for (const number of [1, 38, 95]) {
  storeTest(
    `Store.put() does without hard links where the system answers with error ${number}`,
    async (bench) => {
      const { folder, store, problems } = bench;
      const link = Deno.linkSync;
      Deno.linkSync = () => {
        throw new Error(`Not here (os error ${number})`);
      };
      try {
        await store.put(record);
        assertEquals(await store.get(record.key), record);
        // One that is there stays.
        await store.put(sampleRecord(1, { trainSeconds: 99 }));
        await assertRejects(
          () => store.put(sampleRecord(1, { digest: "0ther" })),
          NondeterminismError,
        );
        assertEquals(await store.get(record.key), record);
        assertEquals(problems, []);
        await Deno.writeTextFile(pathOf(folder, record.key), "");
        await store.put(record);
        assertEquals(await store.get(record.key), record);
        assertEquals(problems.length, 1);
        const damaged = (await filesIn(folder)).filter((file) => file.endsWith(".damaged"));
        assertEquals((await filesIn(folder)).length, 1 + damaged.length);
      } finally {
        Deno.linkSync = link;
      }
    },
  );
}

storeTest("Store.getMany() keeps the order of its keys", async ({ store }) => {
  const records = await Promise.all(Array.from({ length: 100 }, (_, seed) => sampleRecord(seed)));
  await Promise.all(records.filter((_, index) => index % 3).map((record) => store.put(record)));
  const found = await store.getMany(records.map(({ key }) => key));
  assertEquals(found, records.map((record, index) => index % 3 ? record : undefined));
});

storeTest("Store.keys() lists records, and nothing that is none", async ({ folder, store }) => {
  assertEquals(await store.keys(), new Set());
  await store.put(record);
  await store.put(other);
  await Deno.writeTextFile(`${pathOf(folder, record.key)}.1.tmp`, "");
  await Deno.writeTextFile(`${pathOf(folder, record.key)}.1.damaged`, "");
  await Deno.writeTextFile(`${folder}/README.md`, "");
  assertEquals(await store.keys(), new Set([record.key, other.key]));
});

storeTest("Store leaves everything as it is when opened readOnly", async ({ folder, store }) => {
  await store.put(record);
  await Deno.writeTextFile(pathOf(folder, record.key), "");
  const problems: string[] = [];
  const onProblem = (message: string) => problems.push(message);
  const reader = await Store.open(folder, { onProblem, readOnly: true });
  assertEquals(await reader.get(record.key), undefined);
  assertEquals(problems, [`Cannot use record ${pathOf(folder, record.key)}: it is incomplete`]);
  assertEquals(await filesIn(folder), [pathOf("", record.key)]);
  const missing = await Store.open(`${folder}/missing`, { onProblem, readOnly: true });
  assertEquals(await missing.get(record.key), undefined);
  assertEquals(await missing.keys(), new Set());
});

storeTest(
  "Store.claim() is one process's at a time, until the run has a record",
  async ({ store, folder }) => {
    const claim = store.claim(record.key);
    assert(typeof claim === "object");
    assertEquals(store.claim(record.key), "taken");
    await store.put(record);
    claim.release();
    assertEquals(store.claim(record.key), "stored");
    assertEquals((await filesIn(folder)).filter((path) => path.includes("claim")), []);
  },
);

storeTest("Store.open() removes the claims of processes that have ended", async ({ folder }) => {
  const store = await Store.open(folder, { onProblem: () => {} });
  const [held, left] = ["ab", "cd"].map((digits) => digits.repeat(32));
  const claim = store.claim(held);
  assert(typeof claim === "object");
  await Deno.writeTextFile(`${folder}/claims/${left}.claim`, "");
  await Store.open(folder, { onProblem: () => {} });
  assertEquals(await filesIn(folder), [`/claims/${held}.claim`]);
  claim.release();
});

storeTest("Store.open() removes no file that is not a claim of its own", async ({ folder }) => {
  const claims = `${folder}/claims`;
  const [full, linked, left] = ["ab", "cd", "ef"].map((digits) => `${digits.repeat(32)}.claim`);
  await Deno.mkdir(claims);
  await Deno.writeTextFile(`${claims}/notes.txt`, "");
  await Deno.writeTextFile(`${claims}/ab.claim`, "");
  await Deno.writeTextFile(`${claims}/${full}`, "mine");
  await Deno.symlink("notes.txt", `${claims}/${linked}`);
  const before = await filesIn(folder);
  await Store.open(folder, { onProblem: () => {} });
  assertEquals(await filesIn(folder), before);
  // A folder elsewhere, through a link.
  await Deno.rename(claims, `${folder}/elsewhere`);
  await Deno.writeTextFile(`${folder}/elsewhere/${left}`, "");
  await Deno.symlink("elsewhere", claims);
  await Store.open(folder, { onProblem: () => {} });
  assertEquals(await Deno.readTextFile(`${folder}/elsewhere/${left}`), "");
});

storeTest("Store.claim() makes and removes nothing through a linked folder", async (bench) => {
  const { folder, store } = bench;
  await Deno.mkdir(`${folder}/elsewhere`);
  const left = `${folder}/elsewhere/${record.key}.claim`;
  await Deno.writeTextFile(left, "");
  await Deno.symlink("elsewhere", `${folder}/claims`);
  for (const { key } of [record, other]) {
    const claim = store.claim(key);
    assert(typeof claim === "object");
    assertEquals(await filesIn(`${folder}/elsewhere`), [`/${record.key}.claim`]);
    claim.release();
  }
  assertEquals(await filesIn(`${folder}/elsewhere`), [`/${record.key}.claim`]);
});

storeTest("Store.open() leaves nothing behind on a full disk", async ({ folder }) => {
  const { writeSync } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.writeSync = () => {
    throw new Error("No space left on device (os error 28)");
  };
  try {
    const open = () => Store.open(`${folder}/store`, { onProblem: () => {} });
    const message = `Cannot write to ${folder}/store: no space left on device`;
    await assertRejects(open, UserError, message);
  } finally {
    Deno.FsFile.prototype.writeSync = writeSync;
  }
  assertEquals(await filesIn(folder), []);
});

storeTest("Store.open() says when it cannot write", async ({ folder }) => {
  await Deno.writeTextFile(`${folder}/file`, "");
  const error = await assertRejects(
    () => Store.open(`${folder}/file/store`, { onProblem: () => {} }),
    UserError,
    `Cannot write to ${folder}/file/store: ${folder}/file is a file, not a folder`,
  );
  assertEquals(error.exitCode, 1);
});

storeTest("Store.put() says when it cannot write, and leaves nothing behind", async (bench) => {
  const { folder, store } = bench;
  await Deno.writeTextFile(`${folder}/${record.key.slice(0, 2)}`, "");
  const error = await assertRejects(
    () => store.put(record),
    UserError,
    `Cannot write to ${folder}: ${folder}/${record.key.slice(0, 2)} is a file, not a folder`,
  );
  assertEquals(error.exitCode, 1);
  assertEquals(await filesIn(folder), [`/${record.key.slice(0, 2)}`]);
});

storeTest(
  "Store writes measures as members in camel case, whose names lead back",
  async (bench) => {
    const { folder, store } = bench;
    const [first, ...others] = record.result.evaluations;
    const measures = { ...first.measures, "train_top_5_share": 0.5, "validation_f1": NaN };
    const evaluations = [{ ...first, measures }, ...others];
    const best = { "best_validation_accuracy": 0.25 };
    const named = sampleRecord(1, { evaluations, best });
    await store.put(named);
    const text = await Deno.readTextFile(pathOf(folder, named.key));
    const parts = [
      '"evaluations":[{"step":0,"trainLoss":',
      '"trainTop_5Share":0.5,"validationF1":"NaN"}',
    ];
    for (const part of [...parts, '],"weightL1":1234.5,"weightL2":12.25,"bestStep":0,"best']) {
      assert(text.includes(part), `${part} is not in ${text}`);
    }
    assertEquals(await store.get(named.key), named);
  },
);

storeTest(
  "Store.put() adds measures to a record of the same run, and loses none",
  async (bench) => {
    const { folder, store } = bench;
    const withMeasures = (more: Readonly<Record<string, number>>, trainSeconds: number) => {
      const evaluations = record.result.evaluations.map(({ step, measures }) => {
        return { step, measures: { ...measures, ...more } };
      });
      return sampleRecord(1, { evaluations, trainSeconds });
    };
    await store.put(withMeasures({ "train_f1": 0.5 }, 1));
    await store.put(withMeasures({ "train_f2": NaN }, 2));
    const both = withMeasures({ "train_f1": 0.5, "train_f2": NaN }, 1);
    assertEquals(await store.get(record.key), both);
    await store.put(record);
    assertEquals(await store.get(record.key), both);
    await assertRejects(
      () => store.put(withMeasures({ "train_f1": 0.25 }, 1)),
      NondeterminismError,
    );
    assertEquals(await store.get(record.key), both);
    assertEquals(await filesIn(folder), [pathOf("", record.key)]);
  },
);

storeTest(
  "Store.claim() gives the claim of a run whose record is to be enriched",
  async (bench) => {
    await bench.store.put(record);
    const claim = bench.store.claim(record.key, true);
    assert(typeof claim === "object");
    assertEquals(bench.store.claim(record.key, true), "taken");
    claim.release();
  },
);

storeTest("Store gives back own measures, whatever they are called", async ({ store }) => {
  const evaluations = [0, 10].map((step) => ({
    step,
    measures: { "train_seconds": step / 4, "best_score": -step, "x_1": NaN, best: 3, measures: 4 },
  }));
  const own = sampleRecord(3, { evaluations, measures: {}, best: {}, histograms: [] });
  await store.put(own);
  assertEquals(await store.get(own.key), own);
});
