import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { holmComparisonsCsv, readComparisons } from "../../src/results/comparisons_csv.ts";
import { readManifest } from "../../src/results/read_manifest.ts";
import { sha256 } from "../../src/sha256.ts";
import { holmVerdicts } from "../../src/statistics/holm_verdicts.ts";
import { questionOf } from "../../src/statistics/question.ts";
import checksums from "../fixtures/shipped/checksums.json" with { type: "json" };
import { runHere } from "./_run_here.ts";
import { PROJECT } from "./_task.ts";

// What each shipped experiment's CSV files were before trainers, measures and result files became
// tables: checksums.json names the commit that wrote them. runs.csv and curves.csv stay as they are
// for good; another file changes in a commit of its own, which says why. confusion.csv has got a last
// column since, of recalls: all before it stays. comparisons.csv has got simultaneous intervals, by
// which verdicts go: with the verdicts of Holm's method and without these columns, it stays. The whole
// file is kept of the short sweeps, as `comparisons`.
//
// The short sweeps are for every day. The whole ones take a quarter of an hour:
//   deno run -A tests/run.ts tests/end_to_end/shipped_bytes_test.ts -- --all

const SHORT_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "notebook": ["--set", "max_steps=100", "--set", "disp_period=20", "--seeds", "1337,1338"],
  "notebook-vs-textbook": [
    ...["--set", "max_steps=100", "--set", "disp_period=20", "--set", "steps=100"],
    ...["--seeds", "2"],
  ],
};
const USUAL_SHORT_OPTIONS = ["--set", "steps=100", "--seeds", "2"];

const COMPARISONS = "comparisons.csv";
const comparisonsOf: Readonly<Record<string, string>> = checksums.comparisons;

const isWhole = Deno.args.includes("--all");
const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = isWhole
  ? checksums.whole
  : checksums.short;

for (const [name, files] of Object.entries(expected)) {
  Deno.test(`the CSV files of experiments/${name}.yaml keep their bytes`, async () => {
    const reports = await Deno.makeTempDir({ prefix: "regsweep-" });
    try {
      const options = isWhole ? [] : SHORT_OPTIONS[name] ?? USUAL_SHORT_OPTIONS;
      const file = join(PROJECT, "experiments", `${name}.yaml`);
      const { code, stderr } = await runHere(
        ...["sweep", file, "--quiet", "--reports", reports] as const,
        ...options,
      );
      assertEquals(code, 0, stderr);
      const folder = join(reports, name);
      assertEquals(await csvChecksums(folder), files);
      if (isWhole) return;
      const comparisons = await Deno.readTextFile(join(folder, COMPARISONS));
      assertEquals(await sha256(comparisons), comparisonsOf[name]);
    } finally {
      await Deno.remove(reports, { recursive: true });
    }
  });
}

/** SHA-256 of each CSV file in a folder, as it was first written, by its name. */
async function csvChecksums(folder: string): Promise<Record<string, string>> {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name)
    .filter((name) => name.endsWith(".csv")).sort();
  const sums = names.map(async (name) => {
    const text = await Deno.readTextFile(join(folder, name));
    const before = name === "confusion.csv"
      ? withoutRecall(text)
      : name === COMPARISONS
      ? await withHolmVerdicts(text, folder)
      : text;
    return [name, await sha256(before)];
  });
  return Object.fromEntries(await Promise.all(sums));
}

/** The text of comparisons.csv as it was before verdicts went by simultaneous intervals. */
async function withHolmVerdicts(text: string, folder: string): Promise<string> {
  const manifest = readManifest(await Deno.readTextFile(join(folder, "manifest.json")));
  return holmComparisonsCsv(holmVerdicts(readComparisons(text), questionOf(manifest)));
}

/** The text of confusion.csv without its last column. */
function withoutRecall(text: string): string {
  assertStringIncludes(text, ",count,recall\n");
  return text.replace(/,[^,\n]*$/gm, "");
}
