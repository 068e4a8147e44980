import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = "fixed: { hidden: [8], steps: 20 }\ngrid: { l2_penalty: [0, 1] }\nseeds: 2\n";

Deno.test("report: draws the same report again from the CSV files", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(EXPERIMENT), "out");
    const path = join(folder, "report.html");
    const drawn = await Deno.readTextFile(path);
    await Deno.remove(path);
    assertEquals(await runTask("report", folder), { code: 0, stdout: `${path}\n`, stderr: "" });
    assertEquals(await Deno.readTextFile(path), drawn);
  }));

Deno.test("report: files that are missing or broken are exit code 2", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(EXPERIMENT), "out");
    const path = join(folder, "manifest.json");
    const texts = { "{": "manifest.json: ", '{"format": 2}': "Cannot read format 2: it must be 1" };
    for (const [text, message] of Object.entries(texts)) {
      await Deno.writeTextFile(path, text);
      const { code, stderr } = await runHere("report", folder);
      assertEquals(code, 2);
      assertStringIncludes(stderr, message);
    }
    await Deno.remove(path);
    const { code, stderr } = await runHere("report", folder);
    assertEquals(code, 2);
    assertStringIncludes(stderr, `Cannot read ${path}: `);
  }));
