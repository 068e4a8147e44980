import { assert, assertEquals, assertMatch } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { decodeCheckpoint } from "../../src/store/_checkpoint_file.ts";
import { decodeModel } from "../../src/store/stored_model.ts";
import { Dice } from "../_dice.ts";
import { makeSpecialFiles } from "../files/_special_files.ts";
import { filesIn, hashOf, openSpace, sampleModel, sampleState } from "./_sample_models.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const MODEL = sampleModel("a", 16);
const HASH = hashOf("a");
const STEP = 40;

/** A model and a checkpoint: their files' paths and bytes, and what a space gives for them. */
async function writtenFiles() {
  using opened = openSpace();
  await opened.space.models.put(MODEL);
  await opened.space.checkpoints.put(HASH, sampleState(STEP));
  const files = new Map<string, Bytes>();
  for (const path of filesIn(opened.folder).keys()) {
    files.set(path, await Deno.readFile(join(opened.folder, path)));
  }
  assertEquals(files.size, 2);
  return [...files].map(([path, bytes]) => ({ path, bytes, isModel: path.startsWith("models/") }));
}

const FILES = await writtenFiles();

/** Puts bytes in the place of a file, and tests what a space makes of them. */
async function assertNotUsed(path: string, bytes: Bytes, what: string): Promise<void> {
  using opened = openSpace();
  await Deno.mkdir(join(opened.folder, path, ".."), { recursive: true });
  await Deno.writeFile(join(opened.folder, path), bytes);
  assertEquals(await readBoth(opened), [undefined, undefined], what);
  assertEquals(filesIn(opened.folder).size, 0, what);
  assertMatch(opened.messages.join("\n"), /^Cannot use [^\n]*: it[^\n]*; removed it$/, what);
}

async function readBoth({ space }: ReturnType<typeof openSpace>) {
  return [
    await space.models.get(MODEL.key, MODEL.digest),
    await space.checkpoints.get(HASH, STEP),
  ];
}

Deno.test("ModelSpace does not use a file with a bit flipped at any place, and removes it", async () => {
  for (const { path, bytes, isModel } of FILES) {
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] ^= 1 << (at % 8);
      const what = `${path}, byte ${at}`;
      if (at % 40 === 0) await assertNotUsed(path, damaged.slice(), what);
      const reason = isModel
        ? await decodeModel(damaged)
        : await decodeCheckpoint(damaged, { hash: HASH, step: STEP });
      assert(typeof reason === "string", what);
    }
  }
});

Deno.test("ModelSpace does not use a file that is cut off or goes on, and removes it", async () => {
  for (const { path, bytes } of FILES) {
    for (let length = 0; length < bytes.length; length += 41) {
      await assertNotUsed(path, bytes.slice(0, length), `${path}, ${length} bytes`);
    }
    await assertNotUsed(path, Uint8Array.of(...bytes, 0), `${path} and a byte`);
  }
});

Deno.test("ModelSpace does not use a file that belongs to another run or state", async () => {
  const [model, checkpoint] = [true, false].map((isModel) => {
    const found = FILES.find((file) => file.isModel === isModel);
    assert(found);
    return found;
  });
  using opened = openSpace();
  await opened.space.models.put(sampleModel("b"));
  const [other] = filesIn(opened.folder).keys();
  await assertNotUsed(model.path, await Deno.readFile(join(opened.folder, other)), "another run's");
  await assertNotUsed(model.path, checkpoint.bytes, "a checkpoint");
  await assertNotUsed(checkpoint.path, model.bytes, "a model");
  await opened.space.checkpoints.put(HASH, sampleState(STEP + 1));
  const path = [...filesIn(opened.folder).keys()].find((path) => path.startsWith("checkpoints/"));
  assert(path);
  await assertNotUsed(
    checkpoint.path,
    await Deno.readFile(join(opened.folder, path)),
    "a later one",
  );
});

/** The same file with another header, and a checksum that fits. */
function withHeader(file: Bytes, change: (header: string) => string): Bytes {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = change(new TextDecoder().decode(file.subarray(8, 8 + length)).trimEnd());
  return sealed(header, file.subarray(8 + length));
}

function sealed(header: string, data: Uint8Array): Bytes {
  const json = new TextEncoder().encode(
    header.replace(/(?<="checksum":"\\")[^\\"]*/, "0".repeat(64)),
  );
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(data, 8 + json.length);
  const checksum = createHash("sha256").update(file).digest("hex");
  const start = '{"__metadata__":{"checksum":"\\"';
  if (header.startsWith(start)) file.set(new TextEncoder().encode(checksum), 8 + start.length);
  return file;
}

Deno.test("withHeader() makes files that are used", async () => {
  for (const { path, bytes, isModel } of FILES) {
    using opened = openSpace();
    await Deno.mkdir(join(opened.folder, path, ".."), { recursive: true });
    await Deno.writeFile(join(opened.folder, path), withHeader(bytes, (header) => `${header}  `));
    assertEquals((await readBoth(opened))[isModel ? 0 : 1] !== undefined, true);
    assertEquals(opened.messages, []);
  }
});

/** Headers that a checksum can be right for all the same. */
const FORGERIES: Record<string, (header: string) => string> = {
  "cut off": (header) => header.slice(0, -1),
  "of another format": (header) => header.replace('"format":"1"', '"format":"2"'),
  "with metadata that are not JSON": (header) => header.replace('"format":"1"', '"format":"{"'),
  "with metadata that are no text": (header) => header.replace('"format":"1"', '"format":1'),
  "with a larger shape": (header) => header.replace(/"shape":\[(\d+)/, '"shape":[1$1'),
  "with a shape that overflows": (header) =>
    header.replace(/"shape":\[\d+/, '"shape":[9007199254740991,9007199254740991'),
  "with a negative shape": (header) => header.replace(/"shape":\[(\d+)/, '"shape":[-$1'),
  "with an unknown type": (header) => header.replace(/"dtype":"\w+"/, '"dtype":"BF16"'),
  "with the type of a member of all objects": (header) =>
    header.replace(/"dtype":"\w+"/, '"dtype":"constructor"'),
  "with another type": (header) => header.replace(/"dtype":"(F32|U8)"/, '"dtype":"F64"'),
  "with a tensor that begins later": (header) =>
    header.replace('"data_offsets":[0,', '"data_offsets":[1,'),
  "with a tensor that ends behind the file": (header) =>
    header.replace(/"data_offsets":\[0,\d+\]/, '"data_offsets":[0,1000000]'),
  "without its parameters or arrays": (header) =>
    header.replace(/"(parameters|arrays)":/, '"others":'),
  "with parameters or arrays that are not there": (header) =>
    header.replace(/"(parameters|arrays)":"(\[.*?\])"/, '"$1":"[\\"x\\"]"'),
  "without its digest or evaluations": (header) =>
    header.replace(/"(digest|evaluations)":/, '"others":'),
};

Deno.test("ModelSpace does not use files with a right checksum and a wrong shape", async () => {
  for (const { path, bytes } of FILES) {
    for (const [what, forge] of Object.entries(FORGERIES)) {
      await assertNotUsed(path, withHeader(bytes, forge), `${path}, ${what}`);
    }
  }
});

Deno.test("ModelSpace survives headers of all kinds with a right checksum", async () => {
  for (let number = 0; number < 100; number++) {
    const dice = new Dice("models", number);
    const { path, bytes } = dice.one(FILES);
    const forged = withHeader(bytes, (header) => {
      let text = header;
      for (let edits = 1 + dice.below(3); edits > 0; edits--) text = edited(text, dice);
      return text;
    });
    using opened = openSpace();
    await Deno.mkdir(join(opened.folder, path, ".."), { recursive: true });
    await Deno.writeFile(join(opened.folder, path), forged);
    // Whatever it gives, it does not fail.
    await readBoth(opened);
    assert(opened.messages.length <= 1);
  }
});

const PIECES = ["", "null", "-1", "1e400", '"', "\\", "{", "[]", "\u0000", "9007199254740993", ","];

function edited(text: string, dice: Dice): string {
  const start = 36 + dice.below(text.length - 36);
  return text.slice(0, start) + dice.one(PIECES) + text.slice(start + dice.below(12));
}

Deno.test({
  name: "ModelSpace leaves links and what is no file alone, and reads and writes through none",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    for (const { path, bytes } of FILES) {
      using elsewhere = openSpace();
      using special = await makeSpecialFiles(elsewhere.folder);
      const target = join(elsewhere.folder, "target");
      await Deno.writeFile(target, bytes);
      const { "it is a device, not a file": device, ...own } = special.paths;
      const kinds = [target, device, join(elsewhere.folder, "nowhere"), ...Object.values(own)];
      for (const kind of kinds) {
        using opened = openSpace();
        const place = join(opened.folder, path);
        await Deno.mkdir(join(place, ".."), { recursive: true });
        await Deno.symlink(kind, place);
        await leavesAlone(opened, path);
        assertEquals(await Deno.readLink(place), kind);
      }
      assertEquals(await Deno.readFile(target), bytes);
    }
  },
});

/** A space whose model's or checkpoint's place is taken. */
async function leavesAlone(opened: ReturnType<typeof openSpace>, path: string): Promise<void> {
  const { space, folder } = opened;
  assertEquals(await readBoth(opened), [undefined, undefined]);
  await space.models.put(MODEL);
  await space.checkpoints.put(HASH, sampleState(STEP));
  assertEquals(space.models.notKept + space.checkpoints.notKept, 1);
  assertMatch(opened.messages.join("\n"), /^Cannot write [^\n]*: a link or something else [^\n]*$/);
  space.checkpoints.remove(HASH, STEP);
  await space.models.select([MODEL.key]);
  const small = opened.again(2000);
  for (let n = 0; n < 5; n++) await small.models.put(sampleModel(n, 1000));
  assert(Deno.lstatSync(join(folder, path)));
}

Deno.test({
  name: "ModelSpace neither lists, writes nor clears folders that are links",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const [{ path }] = FILES.filter(({ isModel }) => isModel);
    const [top, inner] = path.split("/");
    for (const linked of [top, `${top}/${inner}`]) {
      using others = openSpace();
      await others.space.models.put(MODEL);
      using opened = openSpace();
      await Deno.mkdir(join(opened.folder, linked, ".."), { recursive: true });
      await Deno.symlink(join(others.folder, linked), join(opened.folder, linked));
      assertEquals(opened.space.models.has(MODEL.key), false);
      await opened.space.models.put(MODEL);
      assertEquals(opened.space.models.notKept, 1);
      await opened.space.models.select([MODEL.key]);
      const small = opened.again(2000);
      for (let n = 0; n < 5; n++) await small.checkpoints.put(hashOf(n), sampleState(1));
      for (const space of [opened.space, small]) await space.models.put(sampleModel("more"));
      assertEquals([...filesIn(others.folder).keys()], [path]);
      assertEquals(await opened.space.models.get(MODEL.key, MODEL.digest), undefined);
      assert(opened.messages.length <= 2);
    }
  },
});

Deno.test("ModelSpace leaves files with other names alone", async () => {
  using opened = openSpace(3000);
  const { folder, space } = opened;
  await space.models.put(MODEL);
  const [path] = filesIn(folder).keys();
  const names = [
    ...["models/README", "models/ab.safetensors", "checkpoints/note.txt", `${path}.old`],
    ...[
      `${path}.damaged`,
      path.replace(".safetensors", ".SAFETENSORS"),
      "models/abc/x.safetensors",
    ],
    path.replace(".safetensors", ".step.safetensors"),
  ];
  for (const name of names) {
    await Deno.mkdir(join(folder, name, ".."), { recursive: true });
    await Deno.writeFile(join(folder, name), new Uint8Array(1000));
    await Deno.utime(join(folder, name), 1, 1);
  }
  for (let n = 0; n < 20; n++) await space.models.put(sampleModel(n, 1000));
  const files = filesIn(folder);
  assertEquals(names.filter((name) => !files.has(name)), []);
  assertEquals(files.has(path), false);
});
