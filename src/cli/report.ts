import { join } from "node:path";
import { renderReport } from "../report/render_report.ts";
import { readCurves } from "../results/curves_csv.ts";
import { readManifest } from "../results/read_manifest.ts";
import { readRuns } from "../results/runs_csv.ts";
import { readCells } from "../statistics/cells_csv.ts";
import { readComparisons } from "../statistics/comparisons_csv.ts";
import { systemReason } from "../system_reason.ts";
import { UserError } from "../user_error.ts";
import { writeFileAtomically } from "../write_file.ts";
import type { Invocation } from "./commands.ts";
import { print } from "./output.ts";

/** Draws a sweep's report again from its CSV files and manifest. */
export async function report({ operands: [folder], options }: Invocation): Promise<number> {
  const names = ["manifest.json", "runs.csv", "curves.csv", "cells.csv", "comparisons.csv"];
  const [manifest, runs, curves, cells, comparisons] = await Promise.all(
    names.map((name) => readText(join(folder, name))),
  );
  const path = join(folder, "report.html");
  const text = await renderReport({
    manifest: readManifest(manifest),
    runs: readRuns(runs),
    curves: readCurves(curves),
    cells: readCells(cells),
    comparisons: readComparisons(comparisons),
  });
  await writeFileAtomically(path, text);
  if (!options.quiet) print(path);
  return 0;
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot read ${path}: ${reason}`);
  }
}
