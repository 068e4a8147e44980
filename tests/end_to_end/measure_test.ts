import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readCurves } from "../../src/results/curves_csv.ts";
import { readHeldOut } from "../../src/results/held_out_csv.ts";
import { readRuns } from "../../src/results/runs_csv.ts";
import { readablePage } from "../report/_render_readable.ts";
import { madeUpMeasureMap } from "./_made_up_measure.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { countRecords, readCsvFiles, Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { steps: 20, evaluate_every: 10 }
grid: [{ hidden: [[8]], l2_penalty: [0, 0.01] }, { trainer: [notebook], max_steps: [5], disp_period: [5] }]
seeds: 2
`;
const CONFIDENCE = `${EXPERIMENT}metric: validation_confidence\n`;

/** The lines of a CSV file without some of its columns. */
function without(text: string, columns: RegExp): string[] {
  const [header, ...lines] = text.trimEnd().split("\n").map((line) => line.split(","));
  const isKept = (_: string, field: number) => !columns.test(header[field]);
  return [header, ...lines].map((fields) => fields.filter(isKept).join());
}

Deno.test("a measure that is one more row of the table: sweep, plan, report and verify know it", () =>
  Workspace.use(async (workspace) => {
    const importMap = await madeUpMeasureMap(workspace);
    const run = (name: string, ...args: string[]) => finish(startTask(name, args, { importMap }));
    const reports = ["--reports", workspace.path("out"), "--workers", "2"];
    const usual = await workspace.experiment(EXPERIMENT, "usual");
    const file = await workspace.experiment(CONFIDENCE);

    const unknown = await runTask("plan", file, ...reports);
    assertEquals(unknown.code, 2);
    assertStringIncludes(unknown.stderr, "metric must be validation_M, ");

    // With the row in the table, what does not ask for it stays as it is.
    await workspace.sweep(usual, "out");
    const before = await readCsvFiles(workspace.path("out", "usual"));
    const again = await run("sweep", usual, ...reports, "--quiet");
    assertEquals(again.code, 0, again.stderr);
    assertEquals(await readCsvFiles(workspace.path("out", "usual")), before);

    const records = await countRecords(workspace.path("out"));
    const planned = await run("plan", file, ...reports);
    assertEquals(planned.code, 0, planned.stderr);
    assertStringIncludes(planned.stdout, "\nruns     6: 0 known, 6 to train\n");
    const swept = await run("sweep", file, ...reports);
    assertEquals(swept.code, 0, swept.stderr);
    assertStringIncludes(
      swept.stderr,
      "Training 6 runs again: their records lack confidence\n",
    );
    assertStringIncludes(swept.stdout.replaceAll(/\s+/g, " "), " points of validation confidence ");
    assertEquals(await countRecords(workspace.path("out")), records, "records are replaced");
    assertStringIncludes((await run("plan", file, ...reports)).stdout, "6 known, 0 to train");
    assertStringIncludes((await run("plan", usual, ...reports)).stdout, "6 known, 0 to train");

    const folder = workspace.path("out", "points");
    const texts = await readCsvFiles(folder);
    for (const name of ["runs.csv", "curves.csv"]) {
      assertEquals(without(texts[name], /_confidence$/), before[name].trimEnd().split("\n"), name);
    }
    for (const { measures = {} } of readRuns(texts["runs.csv"])) {
      const { validation_confidence: confidence } = measures;
      assert(confidence > 1 / 3 && confidence <= 1, `${confidence}`);
    }
    const [first] = readCurves(texts["curves.csv"]);
    assertEquals(Object.keys(first.measures).slice(-2), [
      "train_confidence",
      "validation_confidence",
    ]);
    const scores = readHeldOut(texts["test.csv"]);
    assert(scores.length > 0 && scores.every(({ measures }) => measures?.confidence));

    const page = await Deno.readTextFile(join(folder, "report.html"));
    assertStringIncludes(page, "Validation confidence is the mean of the highest probabilities");
    assertStringIncludes(readablePage(page), "Training confidence (%)");
    assertEquals((await run("report", folder)).code, 0);
    assertEquals(await Deno.readTextFile(join(folder, "report.html")), page);
    const verified = await run("verify", folder, "--quiet");
    assertEquals([verified.code, verified.stdout], [0, ""]);
  }));
