import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readCells } from "../../src/results/cells_csv.ts";
import { readCurves } from "../../src/results/curves_csv.ts";
import { readHeldOut } from "../../src/results/held_out_csv.ts";
import { readRuns } from "../../src/results/runs_csv.ts";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { readCsvFiles, Workspace } from "./_workspace.ts";

const EXPERIMENT = `fixed: { steps: 20, evaluate_every: 10, hidden: [8] }
grid: { l2_penalty: [0, 0.01] }
seeds: 2
`;

Deno.test("a later wish for cheap measures trains nothing, and one for others trains once more", () =>
  Workspace.use(async (workspace) => {
    const sweep = async (text: string) => {
      const file = await workspace.experiment(EXPERIMENT + text);
      const swept = await runTask("sweep", file, "--reports", workspace.path("out"));
      assertEquals(swept.code, 0, swept.stderr);
      return { ...swept, files: await readCsvFiles(workspace.path("out", "points")) };
    };
    const usual = await sweep("");
    const cheap = await sweep("measures: [balanced_accuracy, macro_f1]\n");
    assertStringIncludes(cheap.stdout, "4 runs, 0 trained, 4 reused");
    const [first] = readCurves(cheap.files["curves.csv"]);
    assertEquals(Object.keys(first.measures).slice(-4), [
      ...["train_balanced_accuracy", "train_macro_f1"],
      ...["validation_balanced_accuracy", "validation_macro_f1"],
    ]);
    // The classes of the points are equally large.
    for (const { measures = {} } of readRuns(cheap.files["runs.csv"])) {
      assert(Math.abs(measures.train_balanced_accuracy - measures.train_accuracy) < 0.05);
      assert(measures.best_validation_macro_f1 >= measures.validation_macro_f1);
    }

    const all = await sweep("metric: validation_brier\nmeasures: [roc_auc]\n");
    assertStringIncludes(all.stderr, "Training 4 runs again: their records lack roc_auc, brier\n");
    assert(readHeldOut(all.files["test.csv"]).every(({ measures }) => measures?.roc_auc));
    const again = await sweep("metric: validation_roc_auc\nmeasures: [brier, macro_f1]\n");
    assertStringIncludes(again.stdout, "4 runs, 0 trained, 4 reused");
    const verified = await runTask("verify", workspace.path("out", "points"), "--quiet");
    assertEquals([verified.code, verified.stdout], [0, ""]);

    // Nothing of what is not asked for shows.
    assertEquals((await sweep("")).files, usual.files);
  }));

/** 40 rows of two classes, of which the first has only three. */
function rareCsv(): string {
  const rows = Array.from({ length: 40 }, (_, row) => {
    return [row % 7, (row * 5) % 11, row % 14 === 0 ? "rare" : "usual"].join();
  });
  return `a,b,y\n${rows.join("\n")}\n`;
}

Deno.test("a run whose rows do not define the metric is completed, and left out of its means", () =>
  Workspace.use(async (workspace) => {
    await workspace.write("rare.csv", rareCsv());
    const text = `name: rare
dataset: { path: rare.csv, target: y, split: { stratify: false } }
${EXPERIMENT.replace("seeds: 2", "seeds: 6")}metric: validation_roc_auc
measures: [average_precision]
`;
    const reports = workspace.path("out");
    const swept = await runHere(
      ...["sweep", await workspace.write("rare.yaml", text)] as const,
      ...["--reports", reports],
    );
    assertEquals(swept.code, 0, swept.stderr);
    const folder = join(reports, "rare");
    const files = await readCsvFiles(folder);
    const runs = readRuns(files["runs.csv"]);
    assert(runs.every(({ status }) => status === "completed"));
    const aucs = runs.map(({ measures }) => measures?.validation_roc_auc ?? 0);
    const defined = aucs.filter((auc) => !Number.isNaN(auc));
    assert(defined.length > 0 && defined.length < runs.length, `${aucs}`);
    for (const { n, mean = NaN } of readCells(files["cells.csv"])) {
      assertEquals(n, defined.length / 2);
      assert(mean >= 0 && mean <= 1);
    }
    const verified = await runHere("verify", folder, "--quiet");
    assertEquals([verified.code, verified.stdout], [0, ""]);
    assertEquals((await runTask("report", folder)).code, 0);
  }));
