import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { pathsIn } from "../../src/files/folders.ts";
import { sha256 } from "../../src/sha256.ts";
import { copyOwnCode, writeCopies } from "../../src/sweep/copy_own_code.ts";
import type { OwnFile } from "../../src/trainers/own_code.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { inFolder } from "../_in_folder.ts";
import { moduleOf, programOf } from "./_own_code.ts";

async function refusal(work: () => Promise<unknown>): Promise<readonly [string, 1 | 2]> {
  const { problems, exitCode } = await assertRejects(work, UserError);
  return [formatProblems(problems), exitCode];
}

Deno.test("copyOwnCode() copies a module's texts and a program's files", () =>
  inFolder(async (folder) => {
    const [source, results] = [join(folder, "source"), join(folder, "results")];
    await Deno.mkdir(join(source, "lib"), { recursive: true });
    await Deno.mkdir(results);
    // Bytes that are no text, and a script that can be started.
    const content = {
      "run.sh": new TextEncoder().encode("#!/bin/sh\n"),
      "lib/a.npy": Uint8Array.of(147, 0),
    };
    const files: OwnFile[] = [];
    for (const [path, bytes] of Object.entries(content)) {
      await Deno.writeFile(join(source, path), bytes, { mode: path === "run.sh" ? 0o755 : 0o644 });
      files.push({ path, checksum: await sha256(bytes) });
    }
    const codes = [
      await moduleOf("ridge", { "ridge.ts": "\ufeffexport default {}\r\n", "lib/é.ts": "ok\n" }),
      programOf("run", source, files),
    ];
    await writeCopies(results, await copyOwnCode(codes));
    // A second sweep writes over them.
    await writeCopies(results, await copyOwnCode(codes));
    assertEquals((await pathsIn(results)).sort(), [
      "trainers/ridge/lib/é.ts",
      "trainers/ridge/ridge.ts",
      "trainers/run/lib/a.npy",
      "trainers/run/run.sh",
    ]);
    for (const { name, files } of codes) {
      for (const { path, checksum } of files) {
        const bytes = await Deno.readFile(join(results, "trainers", name, path));
        assertEquals(await sha256(bytes), checksum);
      }
    }
    if (Deno.build.os !== "windows") {
      const modes = ["run.sh", "lib/a.npy"].map((path) => {
        return (Deno.statSync(join(results, "trainers", "run", path)).mode ?? 0) & 0o100;
      });
      assertEquals(modes, [0o100, 0]);
    }
  }));

Deno.test("copyOwnCode() refuses a file that changed, is missing or leads elsewhere", () =>
  inFolder(async (folder) => {
    const source = join(folder, "source");
    await Deno.mkdir(source);
    const path = join(source, "train.py");
    await Deno.writeTextFile(path, "old");
    const code = programOf("train", source, [{ path: "train.py", checksum: await sha256("old") }]);
    await copyOwnCode([code]);

    await Deno.writeTextFile(path, "new");
    assertEquals(await refusal(() => copyOwnCode([code])), [
      `Cannot use ${path}: it has changed since the sweep began (sweep again, with the new file)`,
      1,
    ]);
    await Deno.remove(path);
    assertEquals(await refusal(() => copyOwnCode([code])), [
      `Cannot use ${path}: no such file or directory`,
      1,
    ]);
    await Deno.writeTextFile(join(folder, "secret"), "old");
    await Deno.symlink("../secret", path);
    assertEquals(await refusal(() => copyOwnCode([code])), [
      `Cannot use ${path}: it leads out of ${source}`,
      1,
    ]);
    for (const name of ["../train.py", "lib/../train.py", "a\\b.py", ""]) {
      const other = programOf("train", source, [{ path: name, checksum: "" }]);
      const [message] = await refusal(() => copyOwnCode([other]));
      assertEquals(message.endsWith("its name cannot be used in a report"), true, message);
    }
  }));

Deno.test("copyOwnCode() refuses files whose names differ in case only", async () => {
  const code = await moduleOf("ridge", { "ridge.ts": "", "lib/Solve.ts": "", "lib/solve.ts": "" });
  assertEquals(await refusal(() => copyOwnCode([code])), [
    "Cannot keep a copy of models/lib/solve.ts: it differs from models/lib/Solve.ts in case only, " +
    "and is the same file on some file systems",
    2,
  ]);
});

Deno.test("writeCopies() writes nothing where a link leads out of the folder", () =>
  inFolder(async (folder) => {
    const [elsewhere, results] = [join(folder, "elsewhere"), join(folder, "results")];
    await Deno.mkdir(elsewhere);
    await Deno.mkdir(results);
    await Deno.symlink(elsewhere, join(results, "trainers"));
    const copies = await copyOwnCode([await moduleOf("ridge", { "ridge.ts": "ok\n" })]);
    assertEquals(await refusal(() => writeCopies(results, copies)), [
      `Cannot make the folder ${join(results, "trainers")}: it leads out of ${results}`,
      1,
    ]);
    assertEquals(await pathsIn(elsewhere), []);
    assertEquals([...Deno.readDirSync(elsewhere)], []);
  }));
