import { assertEquals, assertStringIncludes } from "@std/assert";
import { add, commit, indexPack, init, packObjects } from "isomorphic-git";
import fs from "node:fs";
import { join } from "node:path";
import { gitState } from "../../src/sweep/git_state.ts";

const author = { name: "a", email: "a@example.org", timestamp: 0, timezoneOffset: 0 };
const FILES = { "a.txt": "a\n", "src/b.ts": "b\n", ".gitignore": "/c.txt\n" };

/** Does work in a repository with one commit of `FILES`; gives the commit's name to it. */
async function inRepository(
  work: (folder: string, commit: string) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await init({ fs, dir });
    await Deno.mkdir(join(dir, "src"));
    for (const [path, text] of Object.entries(FILES)) {
      await Deno.writeTextFile(join(dir, path), text);
      await add({ fs, dir, filepath: path });
    }
    await Deno.symlink("a.txt", join(dir, "link"));
    await add({ fs, dir, filepath: "link" });
    await work(dir, await commit({ fs, dir, author, message: "first" }));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const CLEAN: Record<string, (folder: string) => unknown> = {
  "right after a commit": () => {},
  "with other files beside": (folder) => Deno.writeTextFile(join(folder, "new.ts"), "new"),
  "with files written again": (folder) => Deno.writeTextFile(join(folder, "a.txt"), "a\n"),
  "with an index that cannot be read": (folder) =>
    Deno.writeTextFile(join(folder, ".git/index"), "DIRC"),
};
const CHANGED: Record<string, (folder: string) => unknown> = {
  "with another text of the same length": (folder) =>
    Deno.writeTextFile(join(folder, "src/b.ts"), "c\n"),
  "with other line ends": (folder) => Deno.writeTextFile(join(folder, "a.txt"), "a\r\n"),
  "without a file": (folder) => Deno.remove(join(folder, "a.txt")),
  "with a change that is staged": async (dir) => {
    await Deno.writeTextFile(join(dir, "a.txt"), "b\n");
    await add({ fs, dir, filepath: "a.txt" });
  },
  "with a link to elsewhere": async (folder) => {
    await Deno.remove(join(folder, "link"));
    await Deno.symlink("src", join(folder, "link"));
  },
  "with a file in place of a link": async (folder) => {
    await Deno.remove(join(folder, "link"));
    await Deno.writeTextFile(join(folder, "link"), "a.txt");
  },
};

for (const [cases, clean] of [[CLEAN, true], [CHANGED, false]] as const) {
  for (const [name, change] of Object.entries(cases)) {
    Deno.test(`gitState() is ${clean ? "clean" : "not clean"} ${name}`, () =>
      inRepository(async (folder, commit) => {
        await change(folder);
        assertEquals(await gitState(folder), { commit, clean });
      }));
  }
}

Deno.test("gitState() looks at nothing but what it is asked about", () =>
  inRepository(async (folder, commit) => {
    await Deno.writeTextFile(join(folder, "src/b.ts"), "c\n");
    assertEquals(await gitState(folder, { of: ["a.txt", "sr"] }), { commit, clean: true });
    assertEquals(await gitState(folder, { of: ["src"] }), { commit, clean: false });
    await Deno.writeTextFile(join(folder, "a.txt"), "c\n");
    assertEquals(await gitState(folder, { of: ["a.txt"] }), { commit, clean: false });
  }));

Deno.test("gitState() reads a commit from a pack", () =>
  inRepository(async (dir, commit) => {
    const objects = join(dir, ".git/objects");
    const folders = [...Deno.readDirSync(objects)].map(({ name }) => name)
      .filter((name) => name.length === 2);
    const oids = folders.flatMap((folder) =>
      [...Deno.readDirSync(join(objects, folder))].map(({ name }) => folder + name)
    );
    const { filename } = await packObjects({ fs, dir, oids, write: true });
    await indexPack({ fs, dir, filepath: `.git/objects/pack/${filename}` });
    for (const folder of folders) await Deno.remove(join(objects, folder), { recursive: true });
    assertEquals(await gitState(dir), { commit, clean: true });
    await Deno.writeTextFile(join(dir, "a.txt"), "b\n");
    assertEquals(await gitState(dir), { commit, clean: false });
  }));

Deno.test("gitState() says why it does not know", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const nothing = { commit: null, clean: null, reason: "no commit can be found" };
    assertEquals(await gitState(folder), nothing);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  await inRepository(async (folder, commit) => {
    await Deno.remove(join(folder, ".git/objects", commit.slice(0, 2)), { recursive: true });
    const { reason = "", ...state } = await gitState(folder);
    assertEquals(state, { commit, clean: null });
    assertStringIncludes(reason, "Cannot read the commit: ");
  });
});
