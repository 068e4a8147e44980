import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { join } from "node:path";
import { copyFolder } from "./_project_copy.ts";
import { runHere } from "./_run_here.ts";
import { PROJECT, runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const SAMPLE = join(PROJECT, "reports", "sample");

/** The records of a CSV text, by the columns' names. */
function recordsIn(text: string): Record<string, string>[] {
  const [names, ...records] = parse(text);
  return records.map((fields) =>
    Object.fromEntries(names.map((name, index) => [name, fields[index]]))
  );
}

Deno.test("table: CSV has what cells.csv has, of every cell", async () => {
  const { code, stdout, stderr } = await runTask("table", SAMPLE, "--format", "csv");
  assertEquals([code, stderr], [0, ""]);
  const mine = recordsIn(stdout);
  const cells = recordsIn(await Deno.readTextFile(join(SAMPLE, "cells.csv")));
  assertEquals(mine.length, cells.length);
  for (const cell of cells) {
    const row = mine.find((row) => row.cell === cell.cell);
    for (const name of ["l1_penalty", "l2_penalty", "n", "mean", "ci_low", "mean_train_loss"]) {
      assertEquals(row?.[name], cell[name], `${cell.cell}: ${name}`);
    }
  }
});

Deno.test("table: --json is --format json, and an unknown column is wrong usage", async () => {
  const [a, b] = await Promise.all([
    runHere("table", SAMPLE, "--json"),
    runHere("table", SAMPLE, "--format", "json"),
  ]);
  assertEquals(a, b);
  assertEquals(JSON.parse(a.stdout).cells.length, 9);
  const { code, stderr } = await runHere("table", SAMPLE, "--columns", "mean,verdikt");
  assertEquals(code, 2);
  assertStringIncludes(stderr, 'Unknown column "verdikt" (did you mean "verdict"?)');
});

Deno.test("table: a file that was changed after the sweep is refused", () =>
  Workspace.use(async (workspace) => {
    const folder = join(workspace.folder, "changed");
    await copyFolder(SAMPLE, folder);
    const path = join(folder, "cells.csv");
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("0.9", "0.8"));
    const { code, stdout, stderr } = await runHere("table", folder);
    assertEquals([code, stdout], [1, ""]);
    assert(stderr.includes("cells.csv was changed after the sweep"), stderr);
  }));
