import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { StoredModel } from "../../src/store/stored_model.ts";
import { mountObstacle, withMount } from "../faults/_mounts.ts";
import {
  bytesIn,
  filesIn,
  hashOf,
  type OpenedSpace,
  openSpace,
  sampleModel,
  sampleState,
} from "./_sample_models.ts";

const FILL = fileURLToPath(new URL("./fixtures/fill_space.ts", import.meta.url));

function pathOf(key: string, ending = ".safetensors"): string {
  return `models/${key.slice(0, 2)}/${key.slice(2)}${ending}`;
}

/** Puts models one after another, as if an hour had passed between two. */
async function putAll({ folder, space }: OpenedSpace, models: readonly StoredModel[]) {
  const start = Date.now() / 1000 - 3600 * models.length;
  for (const [index, model] of models.entries()) {
    await space.models.put(model);
    await Deno.utime(`${folder}/${pathOf(model.key)}`, start, start + 3600 * index);
  }
}

function kept({ space }: OpenedSpace, names: readonly string[]): string[] {
  return names.filter((name) => space.models.has(hashOf(name)));
}

const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"];
/** About the size of a model. */
const SIZE = 10_000;

Deno.test("ModelSpace clears what was not used for longest, and selected models last", async () => {
  using opened = openSpace();
  await putAll(opened, NAMES.map((name) => sampleModel(name, SIZE)));
  const bound = bytesIn(opened.folder);
  // Used just now.
  assert(await opened.space.models.get(hashOf("a"), sampleModel("a").digest));
  await opened.space.models.select([hashOf("b"), hashOf("d"), hashOf("no such run")]);
  assertEquals(kept(opened, NAMES), NAMES);
  assert(filesIn(opened.folder).has(pathOf(hashOf("b"), ".selected.safetensors")));
  assertEquals(
    (await opened.again().models.get(hashOf("b"), sampleModel("b").digest))?.key,
    hashOf("b"),
  );

  const order: string[] = [];
  let left = NAMES;
  for (let n = 0; n < 20; n++) {
    const space = opened.again(bound);
    await space.models.put(sampleModel(`new ${n}`, SIZE));
    const now = NAMES.filter((name) => space.models.has(hashOf(name)));
    order.push(...left.filter((name) => !now.includes(name)));
    left = now;
    assert(bytesIn(opened.folder) <= bound);
    if (n === 0) {
      await Deno.utime(`${opened.folder}/${pathOf(hashOf("a"))}`, new Date(), new Date());
    }
  }
  assertEquals(order, ["c", "e", "f", "g", "h", "a"]);
  assertEquals(left, ["b", "d"]);

  // Only when nothing else is left do selected models go: the one that was used first.
  const space = opened.again(3 * SIZE);
  await space.models.put(sampleModel("last", SIZE));
  assertEquals([...filesIn(opened.folder).keys()].length, 2);
  assertEquals([space.models.has(hashOf("b")), space.models.has(hashOf("last"))], [true, true]);
  assertEquals(opened.messages, []);
});

Deno.test("ModelSpace counts models and checkpoints together, and what it has not kept", async () => {
  using opened = openSpace(10 * SIZE);
  const { space, folder } = opened;
  for (let n = 0; n < 30; n++) {
    await space.models.put(sampleModel(n, SIZE));
    await space.checkpoints.put(hashOf(n), sampleState(40));
    assert(bytesIn(folder) <= 10 * SIZE);
  }
  const files = [...filesIn(folder).keys()];
  const [models, checkpoints] = ["models/", "checkpoints/"]
    .map((start) => files.filter((path) => path.startsWith(start)).length);
  assertEquals(space.models.notKept, 30 - models);
  assertEquals(space.checkpoints.notKept, 30 - checkpoints);
  // What is larger than the space has no room, and costs nothing that is there.
  await space.models.put(sampleModel("large", 11 * SIZE));
  assertEquals(space.models.notKept, 31 - models);
  assertEquals([...filesIn(folder).keys()], files);
  assertEquals(opened.messages, []);
});

Deno.test("ModelSpace stays within the bound when many write at once", async () => {
  using opened = openSpace(10 * SIZE);
  const { space, folder } = opened;
  const puts = Array.from({ length: 60 }, (_, n) => space.models.put(sampleModel(n, SIZE)));
  await Promise.all(puts);
  const files = [...filesIn(folder).keys()];
  assert(bytesIn(folder) <= 10 * SIZE && files.length >= 5, `${files.length} files`);
  assertEquals(space.models.notKept, 60 - files.length);
});

Deno.test("ModelSpace of 0 bytes keeps nothing, and removes nothing", async () => {
  using opened = openSpace();
  await opened.space.models.put(sampleModel("a"));
  const { models, checkpoints } = opened.again(0);
  await models.put(sampleModel("b"));
  await checkpoints.put(hashOf("b"), sampleState(1));
  assertEquals([models.notKept, checkpoints.notKept], [1, 1]);
  assertEquals((await models.get(hashOf("a"), sampleModel("a").digest))?.key, hashOf("a"));
  assertEquals([models.has(hashOf("b")), filesIn(opened.folder).size], [false, 1]);
  assertEquals(opened.messages, []);
});

Deno.test("ModelSpace makes no folder, and reads none, before it is used", () => {
  using opened = openSpace();
  opened.again();
  assertEquals([...Deno.readDirSync(opened.folder)], []);
});

Deno.test("ModelSpaces of several processes stay within the bound together", async () => {
  using opened = openSpace();
  const bound = 100 * SIZE;
  const writers = ["a", "b", "c"].map((name) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", FILL, opened.folder, String(bound), name, "120", String(SIZE)],
      stderr: "inherit",
    }).output()
  );
  let most = 0;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      most = Math.max(most, safeBytesIn(opened.folder));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  const printed = (await Promise.all(writers)).map(({ stdout }) =>
    new TextDecoder().decode(stdout).trim()
  );
  isDone = true;
  await watching;
  // Nothing but how many were not kept.
  for (const text of printed) assertMatch(text, /^\d+$/);
  assert(most <= bound, `${most} of ${bound}`);
  const files = [...filesIn(opened.folder).keys()];
  assert(files.length >= 80, `${files.length} files`);
  assert(files.every((path) => path.endsWith(".safetensors")));
  // Two writers count a model as theirs only if they have put it.
  const lost = printed.reduce((sum, text) => sum + Number(text), 0);
  assert(lost <= 360 - files.length);
});

/** Files can be gone between listing and looking. */
function safeBytesIn(folder: string): number {
  try {
    return bytesIn(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return 0;
  }
}

Deno.test("ModelSpace: what other processes remove is missing, and all else goes on", async () => {
  using opened = openSpace(10 * SIZE);
  const { space, folder } = opened;
  await putAll(opened, NAMES.map((name) => sampleModel(name, SIZE)));
  await space.checkpoints.put(hashOf("a"), sampleState(40));
  assertEquals(space.checkpoints.steps(hashOf("a")), [40]);
  await Deno.remove(`${folder}/models`, { recursive: true });
  await Deno.remove(`${folder}/checkpoints`, { recursive: true });
  assertEquals(await space.models.get(hashOf("a"), sampleModel("a").digest), undefined);
  assertEquals(await space.checkpoints.get(hashOf("a"), 40), undefined);
  space.checkpoints.remove(hashOf("a"), 40);
  await space.models.select([hashOf("b")]);
  for (let n = 0; n < 20; n++) await space.models.put(sampleModel(n, SIZE));
  assert(space.models.has(hashOf(19)));
  assert(bytesIn(folder) <= 10 * SIZE);
  assertEquals(opened.messages, []);
});

Deno.test("ModelSpace removes what killed processes have left behind, after an hour", async () => {
  using opened = openSpace();
  const { folder, space } = opened;
  const { key } = sampleModel("a");
  await space.models.put(sampleModel("a"));
  const left = `${folder}/${pathOf(key)}.${crypto.randomUUID()}.tmp`;
  const young = `${folder}/${pathOf(key)}.${crypto.randomUUID()}.tmp`;
  for (const path of [left, young]) await Deno.writeTextFile(path, "half");
  const hours = Date.now() / 1000 - 2 * 3600;
  await Deno.utime(left, hours, hours);
  await opened.again().models.put(sampleModel("b"));
  const files = filesIn(folder);
  assertEquals(files.size, 3);
  assertEquals(files.has(young.slice(folder.length + 1)), true);
});

Deno.test("ModelSpace without permission to write keeps nothing, and says so once", async () => {
  using opened = openSpace();
  await opened.space.models.put(sampleModel("a"));
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", FILL, opened.folder, "1000000", "b", "3", "100"],
    stderr: "inherit",
  }).output();
  const [message, notKept, ...rest] = new TextDecoder().decode(stdout).trim().split("\n");
  assertEquals([code, notKept, rest], [0, "3", []]);
  assertEquals(
    message,
    `Cannot write to models and checkpoints in ${opened.folder}: Deno does not let this command write it; the tasks in deno.json have the permissions they need; what is not there is trained again when it is needed`,
  );
});

const obstacle = await mountObstacle();

/** Tests a space whose models are on a disk of their own, of 1 MB. */
function smallDiskTest(name: string, fn: (opened: OpenedSpace) => Promise<void>): void {
  const test = async () => {
    using opened = openSpace();
    const mount = ["-t", "tmpfs", "-o", "size=1m", "regsweep"];
    await withMount(mount, `${opened.folder}/models`, () => fn(opened));
  };
  Deno.test({ name: `ModelSpace on a ${name}`, ignore: obstacle !== undefined, fn: test });
}

smallDiskTest(
  "full disk keeps what has room, says so once, and leaves some room",
  async (opened) => {
    const { folder, space, messages } = opened;
    for (let n = 0; n < 30; n++) await space.models.put(sampleModel(n, 100_000));
    const files = [...filesIn(folder).keys()];
    assertEquals(files.filter((path) => !path.endsWith(".safetensors")), []);
    assertEquals(space.models.notKept, 30 - files.length);
    assertMatch(messages.join("\n"), /^Cannot write to .*: no space left on device; [^\n]*$/);
    await Deno.writeFile(`${folder}/models/record`, new Uint8Array(60_000));
  },
);

smallDiskTest(
  "read-only disk gives what is there, keeps no more and says so once",
  async (opened) => {
    const { folder, space, messages } = opened;
    await space.models.put(sampleModel("a"));
    await new Deno.Command("mount", { args: ["-o", "remount,ro", `${folder}/models`] }).output();
    for (let n = 0; n < 3; n++) await space.models.put(sampleModel(n));
    await space.models.select([hashOf("a")]);
    assertEquals((await space.models.get(hashOf("a"), sampleModel("a").digest))?.key, hashOf("a"));
    assertEquals(space.models.notKept, 3);
    assertMatch(messages.join("\n"), /^Cannot write to .*: read-only file system; [^\n]*$/i);
  },
);
