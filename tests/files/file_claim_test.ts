import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { FileClaim } from "../../src/files/file_claim.ts";
import { makePipe } from "./_special_files.ts";

async function withFolder(work: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("FileClaim is one holder's at a time, and leaves no file", () =>
  withFolder((folder) => {
    const path = join(folder, "ab", "run.claim");
    const claim = FileClaim.take(path);
    assert(claim);
    assertEquals(FileClaim.take(path), undefined);
    claim.release();
    assertEquals([...Deno.readDirSync(join(folder, "ab"))], []);
    const next = FileClaim.take(path);
    assert(next);
    next.release();
  }));

Deno.test("FileClaim is free where a process left its file behind", () =>
  withFolder((folder) => {
    const path = join(folder, "run.claim");
    Deno.writeTextFileSync(path, "");
    const claim = FileClaim.take(path);
    assert(claim);
    claim.release();
  }));

Deno.test("FileClaim is everybody's where no file can be made", () =>
  withFolder((folder) => {
    const path = join(folder, "run.claim", "in a file");
    Deno.writeTextFileSync(join(folder, "run.claim"), "");
    for (const claim of [FileClaim.take(path), FileClaim.take(path)]) {
      assert(claim);
      claim.release();
    }
  }));

Deno.test("FileClaim.wait() waits until the claim is released, or its signal aborts", () =>
  withFolder(async (folder) => {
    const path = join(folder, "run.claim");
    const first = FileClaim.take(path);
    assert(first);
    const abort = new AbortController();
    const given = assertRejects(() => FileClaim.wait(path, abort.signal), Error, "enough");
    abort.abort(new Error("enough"));
    await given;
    let isHeld = true;
    const waiting = FileClaim.wait(path, new AbortController().signal).then((claim) => {
      assert(!isHeld);
      return claim;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    isHeld = false;
    first.release();
    (await waiting).release();
  }));

Deno.test({
  name:
    "FileClaim gives every process the claim if something else has its name, and leaves that alone",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const [pipe, linked, dangling, written] = ["a", "b", "c", "d"].map((name) =>
        join(folder, `${name}.claim`)
      );
      await makePipe(pipe);
      await Deno.writeTextFile(join(folder, "empty"), "");
      await Deno.symlink("empty", linked);
      await Deno.symlink("missing", dangling);
      await Deno.writeTextFile(written, "text");
      const names = () => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
      const before = names();
      for (const path of [pipe, linked, dangling, written, folder, "/dev/null"]) {
        const claims = [FileClaim.take(path), FileClaim.take(path)];
        for (const claim of claims) {
          assert(claim, path);
          claim.release();
        }
        assertEquals(names(), before, path);
      }
      assertEquals(await Deno.readTextFile(written), "text");
    }),
});
