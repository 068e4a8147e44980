import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { inFolder } from "../_in_folder.ts";
import { ROOT } from "../_source_files.ts";

const FOLDER = "api-docs";

Deno.test("deno task docs makes pages of what src/mod.ts exports", () =>
  inFolder(async (folder) => {
    const [deno, ...args] = config.tasks.docs.command.split(" ");
    assertEquals(deno, "deno");
    assert(args.includes(`--output=${FOLDER}`));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: args.map((arg) => arg === `--output=${FOLDER}` ? `--output=${folder}` : arg),
      cwd: ROOT,
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    assertStringIncludes(await Deno.readTextFile(join(folder, "index.html")), "regsweep");
    const symbols = await Deno.readTextFile(join(folder, "all_symbols.html"));
    for (const name of Object.keys(await import("../../src/mod.ts"))) {
      assertStringIncludes(symbols, name);
    }
  }));

Deno.test("the pages are neither committed nor formatted", async () => {
  const ignored = await Deno.readTextFile(join(ROOT, ".gitignore"));
  assert(ignored.split("\n").includes(`/${FOLDER}/`));
  assert(config.exclude.includes(FOLDER));
});
