import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import { pathsIn, removeWithin } from "../../src/files/folders.ts";

async function inFolder(
  paths: readonly string[],
  run: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const path of paths) {
      await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
      await Deno.writeTextFile(join(folder, path), path);
    }
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("pathsIn() lists files and links at every depth, and follows no link", () =>
  inFolder(["in/a", "in/b/c/d", "out/e"], async (folder) => {
    await Deno.symlink("../out", join(folder, "in", "link"));
    await Deno.mkdir(join(folder, "in", "empty"));
    assertEquals((await pathsIn(join(folder, "in"))).sort(), ["a", "b/c/d", "link"]);
    assertEquals(await pathsIn(join(folder, "in", "link")), []);
    assertEquals(await pathsIn(join(folder, "in", "a")), []);
    assertEquals(await pathsIn(join(folder, "nowhere")), []);
  }));

Deno.test("removeWithin() removes a file and the folders that it leaves empty", () =>
  inFolder(["in/a/b/c", "in/a/d", "out/e"], async (folder) => {
    const inner = join(folder, "in");
    await removeWithin(inner, "a/b/c");
    assertEquals([...Deno.readDirSync(join(inner, "a"))].map(({ name }) => name), ["d"]);
    await removeWithin(inner, "a/b/c");
    await Deno.symlink("../out", join(inner, "link"));
    await removeWithin(inner, "link/e");
    assertEquals((await pathsIn(folder)).sort(), ["in/a/d", "in/link", "out/e"]);
    await removeWithin(inner, "a/d");
    assertEquals((await pathsIn(folder)).sort(), ["in/link", "out/e"]);
    assertEquals([...Deno.readDirSync(inner)].map(({ name }) => name), ["link"]);
  }));
