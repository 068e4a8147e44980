import { join } from "node:path";
import { renderReport } from "../report/render_report.ts";
import { readConfusion } from "../results/confusion_csv.ts";
import { readCurves } from "../results/curves_csv.ts";
import { readHalving } from "../results/halving_csv.ts";
import { readHistograms } from "../results/histograms_csv.ts";
import { manifestText } from "../results/manifest.ts";
import { readManifest } from "../results/read_manifest.ts";
import { readResultFile, readResultFiles } from "../results/read_result_file.ts";
import { readRuns } from "../results/runs_csv.ts";
import { readUnits } from "../results/units_csv.ts";
import { readCells } from "../results/cells_csv.ts";
import { readComparisons } from "../results/comparisons_csv.ts";
import { readHeldOut } from "../results/held_out_csv.ts";
import { sha256 } from "../sha256.ts";
import { writeFileAtomically } from "../write_file.ts";
import type { Invocation } from "./commands.ts";
import { print } from "./output.ts";

/** Draws a sweep's report again from its CSV files and manifest. */
export async function report({ operands: [folder], options }: Invocation): Promise<number> {
  const tables = ["runs", "curves", "histograms", "cells", "comparisons"];
  const names = ["manifest.json", ...tables.map((table) => `${table}.csv`)];
  const [manifestFile, runs, curves, histograms, cells, comparisons] = await readResultFiles(
    folder,
    names,
  );
  const manifest = readManifest(manifestFile);
  // Not every sweep has these.
  const read = async <Rows>(name: string, rowsIn: (text: string) => Rows) =>
    name in manifest.files ? rowsIn(await readResultFile(folder, name)) : undefined;
  const path = join(folder, "report.html");
  const text = await renderReport({
    manifest,
    runs: readRuns(runs),
    curves: readCurves(curves),
    histograms: readHistograms(histograms),
    cells: readCells(cells),
    comparisons: readComparisons(comparisons),
    halving: await read("halving.csv", readHalving),
    test: await read("test.csv", readHeldOut),
    confusion: await read("confusion.csv", readConfusion),
    units: await read("units.csv", readUnits),
  });
  await writeFileAtomically(path, text);
  // Another version of regsweep may have drawn it before.
  const files = { ...manifest.files, "report.html": await sha256(text) };
  if (files["report.html"] !== manifest.files["report.html"]) {
    await writeFileAtomically(join(folder, "manifest.json"), manifestText({ ...manifest, files }));
  }
  if (!options.quiet) print(path);
  return 0;
}
