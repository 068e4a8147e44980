import { assertEquals } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { sha256 } from "../../src/sha256.ts";
import { pathsIn } from "../_paths_in.ts";
import { ROOT } from "../_source_files.ts";
import { compareMethods } from "./compare_methods.ts";
import { readKeptBoosting } from "./kept_boosting.ts";
import { STUDIES } from "./studies.ts";

const KEPT = join(ROOT, "docs/cocktails");
const textOf = (name: string) => Deno.readTextFile(join(KEPT, name));

Deno.test("the study's files have the checksums that its manifests say", async () => {
  const kept = pathsIn(KEPT).map((path) => relative(KEPT, path));
  const checked = new Set<string>();
  for (const path of kept.filter((path) => path.endsWith("manifest.json"))) {
    const { files }: { files: Record<string, string> } = JSON.parse(await textOf(path));
    for (const [name, checksum] of Object.entries(files)) {
      const file = join(dirname(path), name);
      if (!kept.includes(file)) continue;
      assertEquals(await sha256(await textOf(file)), checksum, file);
      checked.add(file);
    }
  }
  const results = kept.filter((path) => dirname(path) !== "." && path.endsWith(".csv"));
  assertEquals([...checked].filter((path) => path.endsWith(".csv")).sort(), results.sort());
});

Deno.test("the study's comparison is that of its files", async () => {
  const boosting = await readKeptBoosting(join(KEPT, "boosting.json"));
  const { methods, differences, ranks } = compareMethods({
    single: await textOf("single/datasets.csv"),
    cocktail: await textOf("cocktail/datasets.csv"),
    boosting: new Map(Object.entries(boosting).map(([table, { search }]) => [table, search])),
  });
  assertEquals(methods, await textOf("methods.csv"));
  assertEquals(differences, await textOf("differences.csv"));
  assertEquals(ranks, await textOf("ranks.csv"));
  const { points } = STUDIES.get("whole") ?? {};
  for (const { search } of Object.values(boosting)) assertEquals(search.points.length, points);
});
