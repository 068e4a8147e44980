import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { IS_CI } from "../_ci.ts";
import { inFolderWith } from "../_in_folder.ts";
import { pythonWith } from "../_python_with.ts";
import { ROOT } from "../_source_files.ts";
import { boostTables } from "./boost_tables.ts";

const PYTHON = await pythonWith("sklearn");
if (PYTHON === undefined && IS_CI) throw new Error("No python3 can import sklearn");
const SKIPPED = PYTHON === undefined ? " (skipped: no python3 can import sklearn)" : "";

const experiment = (seeds: number) =>
  `name: two
datasets:
  - { name: wine, path: ${join(ROOT, "data/wine.data")}, target: 1 }
  - { name: iris, path: ${join(ROOT, "data/iris.data")}, target: -1 }
grid: { dropout: [0, 0.5] }
seeds: ${seeds}
`;

Deno.test({
  name: `boostTables() searches what its file does not have, and writes tables in order${SKIPPED}`,
  ignore: PYTHON === undefined,
  async fn() {
    const files = { "two.yaml": experiment(1), "seeds.yaml": experiment(2) };
    await inFolderWith(files, async (folder) => {
      const kept = join(folder, "kept.json");
      const done: string[] = [];
      const options = { points: 1, kept, workers: 2, onTable: (table: string) => done.push(table) };
      const file = join(folder, "two.yaml");
      const found = await boostTables(file, { ...options, python: PYTHON ?? "" });
      assertEquals([done.toSorted(), [...found.keys()]], [["iris", "wine"], ["wine", "iris"]]);
      assertEquals(Object.keys(JSON.parse(await Deno.readTextFile(kept))), ["wine", "iris"]);
      // A program that is not there would fail.
      const python = join(folder, "python");
      assertEquals(await boostTables(file, { ...options, python }), found);
      const changed = join(folder, "seeds.yaml");
      await assertRejects(() => boostTables(changed, { ...options, python }), Deno.errors.NotFound);
    });
  },
});
