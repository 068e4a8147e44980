// deno run -A tests/peers/keep_study.ts: copies the small files of the whole study from reports/ to
// docs/cocktails/, which docs/cocktails.md is made from. Run `deno task generate` after it.
import { dirname, join } from "node:path";
import { isThere } from "../../src/files/facts.ts";
import { COLLECTION_FILES } from "../../src/results/collection_manifest.ts";
import { OTHER_FILES, RESULT_TABLES } from "../../src/results/result_files.ts";
import { ROOT } from "../_source_files.ts";
import { csvRows } from "./csv_rows.ts";

/** Of the study, by what follows `cocktails-whole-` in reports/. */
const OF_STUDY = ["methods.csv", "differences.csv", "ranks.csv", "ranks.svg", "boosting.json"];
const { runs, cells, comparisons, confusion, test } = RESULT_TABLES;
/** Of each table. Curves and histograms are large; manifests have their checksums. */
const OF_TABLE = [runs, cells, comparisons, confusion, test, OTHER_FILES.manifest];
/** Of a sweep over all of them. */
const { datasets, ranks, manifest } = COLLECTION_FILES;
const OF_SWEEP = [datasets, ranks, manifest];

/** Copies the small files of a study to a folder, which has nothing else then. */
export async function keepStudy(reports: string, to: string): Promise<void> {
  const kept = new Map(OF_STUDY.map((name) => [name, `cocktails-whole-${name}`]));
  for (const sweep of ["single", "cocktail"]) {
    const folder = `cocktails-${sweep}`;
    for (const name of OF_SWEEP) kept.set(`${sweep}/${name}`, `${folder}/${name}`);
    const tables = csvRows(await Deno.readTextFile(join(reports, folder, datasets)));
    for (const { dataset } of tables) {
      for (const { name } of OF_TABLE) {
        kept.set(`${sweep}/${dataset}/${name}`, `${folder}/${dataset}/${name}`);
      }
    }
  }
  if (await isThere(to)) await Deno.remove(to, { recursive: true });
  for (const [name, source] of kept) {
    await Deno.mkdir(dirname(join(to, name)), { recursive: true });
    await Deno.copyFile(join(reports, source), join(to, name));
  }
}

if (import.meta.main) await keepStudy(join(ROOT, "reports"), join(ROOT, "docs/cocktails"));
