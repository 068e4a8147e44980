import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { blocksOf, readPages } from "../_markdown.ts";
import { inFolderWith } from "../_in_folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const SCRIPT = `import { makeExperiment, sweepExperiment } from "@regsweep/regsweep";

const experiment = await makeExperiment({
  name: "elsewhere",
  dataset: { path: "points.csv", target: "y" },
  fixed: { steps: 5 },
  grid: { l2_penalty: [0, 0.1] },
  seeds: 1,
});
console.log((await sweepExperiment(experiment)).state);
`;

Deno.test("a script in a folder of its own sweeps with the deno.json of docs/api.md", async () => {
  const page = (await readPages()).find(({ path }) => path === "docs/api.md");
  const config = page && blocksOf(page).find(({ language }) => language === "json")?.text;
  const name = "../regsweep/src/mod.ts";
  assertStringIncludes(config ?? "", name);
  const rows = Array.from({ length: 40 }, (_, row) => `${row},${row * 7 % 11},${row % 2}`);
  const files = {
    "deno.json": (config ?? "").replace(name, join(ROOT, "src/mod.ts")),
    "script.ts": SCRIPT,
    // The versions of the clone.
    "deno.lock": await Deno.readTextFile(join(ROOT, "deno.lock")),
    "points.csv": ["a,b,y", ...rows, ""].join("\n"),
  };
  await inFolderWith(files, async (folder) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "script.ts"],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertEquals(new TextDecoder().decode(stdout), "complete\n");
  });
});
