import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import { FileError } from "../../src/files/file_error.ts";
import {
  checkFile,
  openFile,
  readFile,
  readFileSync,
  type ReadOptions,
  readText,
} from "../../src/files/read_file.ts";
import { makeSpecialFiles } from "./_special_files.ts";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Every way to get at a file's content. */
const WAYS: Record<string, (path: string, options: ReadOptions) => Promise<unknown>> = {
  readFile,
  readFileSync: (path, options) => Promise.try(() => readFileSync(path, options)),
  readText,
  openFile: async (path, options) => (await openFile(path, options)).close(),
  checkFile,
};

/** Tests that no function reads a file. */
async function assertUnread(path: string, options: ReadOptions, reason: string): Promise<void> {
  for (const [name, read] of Object.entries(WAYS)) {
    const error = await assertRejects(() => read(path, options), FileError, undefined, name);
    assertEquals(error.message, reason, name);
  }
}

Deno.test("readFile() gives the bytes of files of any size up to the limit", () =>
  inFolder(async (folder) => {
    const path = join(folder, "f");
    for (const size of [0, 1, 1000, 65_536, 65_537, 300_000]) {
      const bytes = Uint8Array.from({ length: size }, (_, index) => index % 251);
      await Deno.writeFile(path, bytes);
      for (const maxBytes of [size, size + 1, 2 ** 31]) {
        assertEquals(await readFile(path, { maxBytes }), bytes);
        assertEquals(readFileSync(path, { maxBytes }), bytes);
      }
      if (size > 0) await assertRejects(() => readFile(path, { maxBytes: size - 1 }), FileError);
    }
  }));

Deno.test("readFile() names its limit in binary units", () =>
  inFolder(async (folder) => {
    const path = join(folder, "f");
    await Deno.writeFile(path, new Uint8Array());
    await Deno.truncate(path, 2 ** 40);
    const limits = {
      0: "0 bytes",
      100: "100 bytes",
      [2 ** 17]: "128 KiB",
      [2 ** 29 - 24]: "512 MiB",
    };
    for (const [maxBytes, text] of Object.entries({ ...limits, [2 ** 31]: "2 GiB" })) {
      await assertUnread(path, { maxBytes: Number(maxBytes) }, `it is larger than ${text}`);
    }
  }));

Deno.test("readText() keeps a byte-order mark and takes what is not UTF-8", () =>
  inFolder(async (folder) => {
    const path = join(folder, "f");
    await Deno.writeFile(path, Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff));
    assertEquals(await readText(path, { maxBytes: 5 }), "\ufeffa\ufffd");
  }));

Deno.test({
  name: "readFile() reads regular files only, through links too",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      using special = await makeSpecialFiles(folder);
      for (const [reason, path] of Object.entries(special.paths)) {
        const link = join(folder, `to ${path.split("/").at(-1)}`);
        await Deno.symlink(path, link);
        await assertUnread(path, { maxBytes: 100 }, reason);
        await assertUnread(link, { maxBytes: 100 }, reason);
      }
    }),
});

Deno.test({
  name: "readFile() reads no more than its limit of a file whose size is wrong",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const path = "/proc/self/status";
    assertEquals(Deno.statSync(path).size, 0);
    const { length } = Deno.readFileSync(path);
    assertEquals((await readText(path, { maxBytes: 2 ** 20 })).startsWith("Name:"), true);
    for (const maxBytes of [0, 1, length >> 1]) {
      await assertRejects(() => readFile(path, { maxBytes }), FileError, "it is larger than");
      assertThrows(() => readFileSync(path, { maxBytes }), FileError, "it is larger than");
    }
  },
});

Deno.test({
  name: "readFile() within a folder reads what links in it lead to, and nothing outside",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (parent) => {
      const folder = join(parent, "report");
      await Deno.mkdir(join(folder, "inner"), { recursive: true });
      await Deno.mkdir(join(parent, "report 2"));
      await Deno.writeTextFile(join(folder, "inner", "f"), "inside");
      await Deno.writeTextFile(join(parent, "report 2", "f"), "secret");
      await Deno.writeTextFile(join(folder, "..f"), "inside");
      await Deno.symlink("inner", join(folder, "link"));
      await Deno.symlink("../report/link/f", join(folder, "link to file"));
      await Deno.symlink("../report 2", join(folder, "away"));
      await Deno.symlink("away/f", join(folder, "file away"));
      await Deno.symlink("report", join(parent, "moved"));
      for (const within of [folder, join(parent, "moved"), `${folder}/inner/..`]) {
        for (const name of ["inner/f", "..f", "link/f", "link to file", "../report/inner/f"]) {
          assertEquals(await readText(`${within}/${name}`, { maxBytes: 100, within }), "inside");
        }
        const outside = ["away/f", "file away", "../report 2/f", "../../../../../../../dev/zero"];
        for (const name of outside) {
          const options = { maxBytes: 100, within };
          await assertUnread(`${within}/${name}`, options, `it leads out of ${within}`);
        }
        await assertRejects(
          () => readText(`${within}/missing`, { maxBytes: 100, within }),
          Deno.errors.NotFound,
        );
      }
      // Everything is within the root.
      const path = join(folder, "inner", "f");
      assertEquals(await readText(path, { maxBytes: 100, within: "/" }), "inside");
    }),
});
