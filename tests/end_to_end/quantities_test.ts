import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { assertSameFiles } from "./_assert_same_files.ts";
import { finish, PROJECT, startTask } from "./_task.ts";
import { OF_QUANTITIES } from "./_techniques.ts";
import { readCsvFiles, Workspace } from "./_workspace.ts";

Deno.test("a sweep of quantities has the same bytes with other workers and compilers, and is verified", () =>
  Workspace.use(async (workspace) => {
    const dataset = `dataset: { path: ${join(PROJECT, "data/diabetes.tab.txt")}, target: Y }`;
    const file = await workspace.write("q.yaml", `name: points\n${dataset}\n${OF_QUANTITIES}`);
    const folder = await workspace.sweep(file, "one", "--workers", "1");
    const texts = await readCsvFiles(folder);
    assert("predictions.csv" in texts && !("confusion.csv" in texts));
    // Liftoff for the kernels, the interpreter for everything else.
    const v8Flags = ["--liftoff-only", "--max-opt=0"];
    const args = ["--reports", workspace.path("two"), "--quiet", "--workers", "2"];
    const other = await finish(startTask("sweep", [file, ...args], { v8Flags }));
    assertEquals([other.code, other.stderr], [0, ""]);
    assertSameFiles(await readCsvFiles(workspace.path("two", "points")), texts);
    const { code, stdout } = await finish(startTask("verify", [folder]));
    assertStringIncludes(stdout, "PASS  predictions.csv");
    assertEquals(code, 0);
  }));
