import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { readResults } from "../../src/results/read_results.ts";
import { sha256 } from "../../src/sha256.ts";
import { UserError } from "../../src/user_error.ts";
import { ROOT } from "../_source_files.ts";

const doing = "read it";

/** Gives a copy of a sweep's folder. */
async function withCopy(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const { name, isFile } of Deno.readDirSync(join(ROOT, "reports/sample"))) {
      if (isFile) await Deno.copyFile(join(ROOT, "reports/sample", name), join(folder, name));
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readResults() reads the tables that it is asked for, and no others", () =>
  withCopy(async (folder) => {
    const { manifest, manifestText, rows } = await readResults(folder, { doing });
    assertEquals(manifest, JSON.parse(manifestText));
    await Deno.remove(join(folder, "curves.csv"));
    await Deno.remove(join(folder, "histograms.csv"));
    const { runs, cells, comparisons, test } = rows;
    const some = await readResults(folder, { doing, others: ["test"] });
    assertEquals(some.rows, { runs, cells, comparisons, test, curves: [], histograms: [] });
    await assertRejects(() => readResults(folder, { doing }), UserError, "curves.csv");
  }));

Deno.test("readResults() refuses a file that was changed, and rows that are another sweep's", () =>
  withCopy(async (folder) => {
    const path = join(folder, "cells.csv");
    const text = (await Deno.readTextFile(path)).replace(/\n[^\n]*\n$/, "\n");
    await Deno.writeTextFile(path, text);
    const read = () => readResults(folder, { doing });
    const changed = await assertRejects(read, UserError, "Cannot read it: cells.csv was changed");
    assertEquals(changed.exitCode, 1);
    const manifestPath = join(folder, "manifest.json");
    const manifest = JSON.parse(await Deno.readTextFile(manifestPath));
    manifest.files["cells.csv"] = await sha256(text);
    await Deno.writeTextFile(manifestPath, JSON.stringify(manifest));
    await assertRejects(read, UserError, "It does not have each cell of manifest.json once");
  }));
