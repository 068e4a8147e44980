import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { arm64Deno } from "../_arm64.ts";
import { IS_CI } from "../_ci.ts";
import { assertSameFiles } from "./_assert_same_files.ts";
import { MODULE_EXPERIMENT, writeModule } from "./_own_module.ts";
import { runOnArm64 } from "./_run_on_arm64.ts";
import { PROJECT } from "./_task.ts";
import { OF_QUANTITIES, TECHNIQUES } from "./_techniques.ts";
import { readCsvFiles, Workspace } from "./_workspace.ts";

const SCRIPT = fileURLToPath(new URL("./fixtures/print_csv_files.ts", import.meta.url));

const command = arm64Deno();

Deno.test({
  name: command || IS_CI
    ? "sweep: the same bytes on arm64"
    : "sweep: the same bytes on arm64; skipped: tests/set_up.ts says why it could not be set up",
  ignore: !command && !IS_CI,
  fn: () =>
    Workspace.use(async (workspace) => {
      // The digits would take an emulated machine long; the points have other classes.
      const techniques = TECHNIQUES.replace("{ 3: 2, 8: 0.5 }", "{ red: 2, blue: 0.5 }");
      const quantities = OF_QUANTITIES.replace("[12, 8]", "[5, 3]");
      const dataset = `dataset: { path: ${join(PROJECT, "data/diabetes.tab.txt")}, target: Y }`;
      const points = "dataset: { path: points.csv, target: class }";
      await writeModule(workspace);
      const files = [
        await workspace.experiment(techniques),
        await workspace.write("q.yaml", `name: points\n${dataset}\n${quantities}`),
        await workspace.write("m.yaml", `name: points\n${points}\n${MODULE_EXPERIMENT}`),
      ];
      for (const [index, file] of files.entries()) {
        const expected = await readCsvFiles(await workspace.sweep(file, `out${index}`));
        const { architecture, texts } = JSON.parse(await runOnArm64(SCRIPT, [file]));
        assertEquals(architecture, "aarch64");
        assertSameFiles(texts, expected);
      }
    }),
});
