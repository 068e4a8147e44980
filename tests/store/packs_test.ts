import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { RunRecord } from "../../src/store/run_record.ts";
import { NondeterminismError } from "../../src/store/nondeterminism_error.ts";
import { encodeRecord } from "../../src/store/_record_file.ts";
import { Store } from "../../src/store/store.ts";
import { sampleRecord } from "./_sample_record.ts";

interface Bench {
  readonly folder: string;
  readonly problems: string[];
  readonly store: Store;
  /** Another process's view of the same folder. */
  reopen(readOnly?: boolean): Promise<Store>;
}

const records = Array.from({ length: 40 }, (_, seed) => sampleRecord(seed));
const keys = records.map(({ key }) => key);

/** A test with a store of its own, with the records in one pack. */
function packTest(name: string, run: (bench: Bench) => Promise<void>): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const problems: string[] = [];
      const onProblem = (message: string) => problems.push(message);
      const reopen = (readOnly?: boolean) => Store.open(folder, { onProblem, readOnly });
      const store = await reopen();
      for (const record of records) await store.put(record);
      await store.pack(keys);
      await run({ folder, problems, store, reopen });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

/** Names of files of a kind in a store, in its folders, sorted. */
function namesOf(folder: string, ending: string): string[] {
  const folders = [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory);
  const paths = folders.flatMap(({ name }) =>
    [...Deno.readDirSync(`${folder}/${name}`)].map((file) => `${name}/${file.name}`)
  );
  return paths.filter((path) => path.endsWith(ending)).sort();
}

function packIn(folder: string): string {
  const [path, ...others] = namesOf(folder, ".pack");
  assertEquals(others, []);
  return `${folder}/${path}`;
}

async function sha256(path: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
  return new Uint8Array(digest).toHex();
}

function pathOf(folder: string, key: string): string {
  return `${folder}/${key.slice(0, 2)}/${key.slice(2)}.json`;
}

packTest("Store.pack() puts records into one file, named by its content", async (bench) => {
  const { folder, store, problems, reopen } = bench;
  assertEquals(namesOf(folder, ".json"), []);
  assertEquals(namesOf(folder, ".tmp"), []);
  assertEquals(packIn(folder), `${folder}/packs/${await sha256(packIn(folder))}.pack`);
  for (const reader of [store, await reopen(), await reopen(true)]) {
    assertEquals(await reader.getMany(keys), records);
    assertEquals(await reader.get(keys[7]), records[7]);
    assertEquals(await reader.get(sampleRecord(99).key), undefined);
    assertEquals([...await reader.keys()].sort(), keys.toSorted());
    assertEquals([...await reader.keys(new Set(keys.slice(3, 5)))].sort(), keys.slice(3, 5).sort());
    assertEquals(await reader.getMany(keys.toReversed()), records.toReversed());
  }
  assertEquals(problems, []);
});

packTest("a packed run is not to be trained again", async ({ store, reopen }) => {
  assertEquals(store.claim(keys[0]), "stored");
  assertEquals((await reopen()).claim(keys[0]), "stored");
  const claim = store.claim(sampleRecord(99).key);
  assert(typeof claim !== "string");
  claim.release();
});

packTest("Store.pack() leaves out what has no record or a damaged one", async (bench) => {
  const { folder, store } = bench;
  const [one, two] = [sampleRecord(50), sampleRecord(51)];
  for (const record of [one, two]) await store.put(record);
  await Deno.writeTextFile(pathOf(folder, two.key), "x");
  await store.pack([sampleRecord(52).key, two.key, keys[0], one.key]);
  assertEquals(namesOf(folder, ".pack").length, 2);
  assertEquals(namesOf(folder, ".json").length, 1);
  assertEquals(await store.getMany([one.key, two.key, keys[0]]), [one, undefined, records[0]]);
  await store.pack([]);
  assertEquals(namesOf(folder, ".pack").length, 2);
});

packTest("a reader finds what was packed while it read", async ({ folder, reopen }) => {
  const more = Array.from({ length: 3 }, (_, index) => sampleRecord(60 + index));
  const [reader, writer] = [await reopen(), await reopen()];
  for (const record of more) await writer.put(record);
  assertEquals(await reader.get(more[0].key), more[0]);
  await writer.pack(more.map(({ key }) => key));
  assertEquals(namesOf(folder, ".json"), []);
  assertEquals(await reader.getMany(more.map(({ key }) => key)), more);
});

packTest("packs that are copied from another store merge", async (bench) => {
  const { folder, reopen, problems } = bench;
  const other = await Deno.makeTempDir();
  try {
    const theirs = await Store.open(other, { onProblem: (message) => problems.push(message) });
    const others = [
      records[3],
      ...Array.from({ length: 3 }, (_, index) => sampleRecord(70 + index)),
    ];
    for (const record of others) await theirs.put(record);
    await theirs.pack(others.map(({ key }) => key));
    await Deno.copyFile(packIn(other), packIn(other).replace(other, folder));
    const store = await reopen();
    assertEquals(await store.getMany(others.map(({ key }) => key)), others);
    assertEquals(await store.getMany(keys), records);
    assertEquals((await store.keys()).size, 43);
    assertEquals(problems, []);
  } finally {
    await Deno.remove(other, { recursive: true });
  }
});

/** A record of the same run as another, with another result. */
function changed(record: RunRecord, result: Partial<RunRecord["result"]>): RunRecord {
  return { ...record, result: { ...record.result, ...result } };
}

packTest("put() compares with a packed record", async ({ folder, store }) => {
  await store.put(changed(records[2], { trainSeconds: 9 }));
  assertEquals(namesOf(folder, ".json"), []);
  await assertRejects(
    () => store.put(changed(records[2], { digest: "0ther" })),
    NondeterminismError,
    "digest 0ther, before d1ge57",
  );
  // What it lacks is added, in a file of its own.
  const { measures } = records[2].result;
  const richer = changed(records[2], { measures: { ...measures, "weight_l3": 1 } });
  await store.put(richer);
  assertEquals(namesOf(folder, ".json").length, 1);
  assertEquals(await store.get(keys[2]), richer);
  // Both go into one pack then.
  await store.pack(keys);
  assertEquals([namesOf(folder, ".json").length, namesOf(folder, ".pack").length], [0, 2]);
  assertEquals(await store.get(keys[2]), richer);
});

/** A record with a measure that it lacked. */
function enriched(record: RunRecord): RunRecord {
  return changed(record, { measures: { ...record.result.measures, "weight_l3": 1 } });
}

packTest("pack() keeps the measures that a record gets meanwhile", async (bench) => {
  const { folder, store, reopen, problems } = bench;
  const record = sampleRecord(50);
  await store.put(record);
  // It asks for the next key when it has read the first one's file.
  const asked = [record.key];
  asked.values = function* () {
    yield record.key;
    Deno.writeFileSync(`${folder}/new`, encodeRecord(enriched(record)));
    Deno.renameSync(`${folder}/new`, pathOf(folder, record.key));
  } as typeof asked.values;
  await store.pack(asked);
  assertEquals([namesOf(folder, ".json").length, namesOf(folder, ".pack").length], [1, 2]);
  assertEquals(namesOf(folder, ".tmp"), []);
  for (const reader of [store, await reopen()]) {
    assertEquals(await reader.get(record.key), enriched(record));
  }
  assertEquals(problems, []);
});

packTest(
  "pack() and put() at once lose no measure",
  async ({ folder, store, reopen, problems }) => {
    const other = await reopen();
    const more = Array.from({ length: 60 }, (_, index) => sampleRecord(100 + index));
    const theirKeys = more.map(({ key }) => key);
    for (const record of more) await store.put(record);
    const puts = async () => {
      for (const record of more) await other.put(enriched(record));
    };
    await Promise.all([store.pack(theirKeys), puts()]);
    assertEquals(await (await reopen()).getMany(theirKeys), more.map(enriched));
    assertEquals(namesOf(folder, ".tmp"), []);
    assertEquals(problems, []);
  },
);

packTest("records of one run that differ are reported once", async (bench) => {
  const { folder, reopen, problems } = bench;
  const other = await Deno.makeTempDir();
  try {
    const theirs = await Store.open(other, { onProblem: (message) => problems.push(message) });
    await theirs.put(changed(records[5], { digest: "0ther" }));
    await Deno.mkdir(`${folder}/${keys[5].slice(0, 2)}`, { recursive: true });
    await Deno.copyFile(pathOf(other, keys[5]), pathOf(folder, keys[5]));
    const store = await reopen();
    for (let reading = 0; reading < 2; reading++) {
      assertEquals((await store.get(keys[5]))?.result.digest, "0ther");
    }
    assertEquals(problems, [
      `Run ${keys[5]} is not deterministic: digest d1ge57, before 0ther`,
    ]);
  } finally {
    await Deno.remove(other, { recursive: true });
  }
});

/** Ways to damage a pack, and how many of its records can still be read. */
const DAMAGES: readonly {
  readonly name: string;
  readonly reason: RegExp;
  readonly kept: number;
  /** True if no record is damaged, so that it can be made whole again. */
  readonly isWhole?: true;
  readonly damage: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
}[] = [
  {
    name: "cut within its index",
    reason: /it is incomplete/,
    kept: 40,
    isWhole: true,
    damage: (bytes) => bytes.slice(0, -100),
  },
  {
    name: "cut in the middle",
    reason: /it is incomplete/,
    kept: 20,
    damage: (bytes) => bytes.slice(0, bytes.length / 2),
  },
  {
    name: "with a record that was changed",
    reason: /of its record of run [0-9a-f]{64}: its checksum is wrong/,
    kept: 39,
    damage: (bytes) => bytes.with(1500, bytes[1500] ^ 1),
  },
  {
    name: "with an index that was changed",
    reason: /the checksum of its index is wrong/,
    kept: 40,
    isWhole: true,
    damage: (bytes) => bytes.with(bytes.length - 60, bytes[bytes.length - 60] ^ 1),
  },
  { name: "that is empty", reason: /it is incomplete/, kept: 0, damage: () => new Uint8Array() },
];

for (const { name, reason, kept, isWhole = false, damage } of DAMAGES) {
  packTest(`a pack ${name} gives what can be read of it`, async (bench) => {
    const { folder, reopen, problems } = bench;
    const pack = packIn(folder);
    await Deno.writeFile(pack, damage(await Deno.readFile(pack)));
    for (const readOnly of [true, false]) {
      problems.length = 0;
      const store = await reopen(readOnly);
      const found = await store.getMany(keys);
      assertEquals(found.filter((record) => record !== undefined).length, kept);
      found.forEach((record, index) => record && assertEquals(record, records[index]));
      assertEquals(problems.length, 1);
      assertMatch(problems[0], reason);
      const records_ = kept === 1 ? "record" : "records";
      assert(problems[0].includes(`${kept} ${records_} of it can be read`), problems[0]);
      assertEquals(problems[0].includes("moved it to"), !readOnly && !isWhole);
      assertEquals(problems[0].includes("wrote it anew"), !readOnly && isWhole);
    }
    // Its readable records are in a sound pack now, and nothing is reported again.
    assertEquals(namesOf(folder, ".damaged").length, isWhole ? 0 : 1);
    assertEquals(namesOf(folder, ".pack").length, kept > 0 ? 1 : 0);
    problems.length = 0;
    const again = await reopen();
    assertEquals((await again.keys()).size, kept);
    const lost = (await again.getMany(keys)).flatMap((record, index) => record ? [] : [index]);
    for (const index of lost) await again.put(records[index]);
    assertEquals(await again.getMany(keys), records);
    assertEquals(problems, []);
  });
}

packTest("what is no file in place of a pack is moved aside", async (bench) => {
  const { folder, reopen, problems } = bench;
  await Deno.mkdir(`${folder}/packs/${"0".repeat(64)}.pack`);
  await Deno.symlink("/nowhere", `${folder}/packs/${"1".repeat(64)}.pack`);
  const store = await reopen();
  assertEquals(await store.getMany(keys), records);
  assertEquals(problems.length, 1);
  assertMatch(problems[0], /it is a folder, not a file; 0 records of it can be read/);
});

packTest("reject() takes a record out of its pack", async ({ folder, store, problems }) => {
  await store.reject(keys[9], "it does not fit");
  assertEquals(problems.length, 1);
  assertMatch(problems[0], /of its record of run [0-9a-f]{64}: it does not fit; 39 records/);
  assertEquals(await store.get(keys[9]), undefined);
  assertEquals((await store.keys()).size, 39);
  assertEquals(namesOf(folder, ".damaged").length, 1);
});
