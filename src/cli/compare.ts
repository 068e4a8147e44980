import type { Metric } from "../experiment/experiment.ts";
import { readCurves } from "../results/curves_csv.ts";
import { matchRuns, type SweepRows } from "../results/match_runs.ts";
import { readManifest } from "../results/read_manifest.ts";
import { readResultFile, readResultFiles } from "../results/read_result_file.ts";
import { readRuns } from "../results/runs_csv.ts";
import { cellMeanDifferences } from "../statistics/cell_mean_differences.ts";
import type { Invocation } from "./invocation.ts";
import { comparisonJson, comparisonText } from "./compare_text.ts";
import { print } from "./output.ts";

/** The metric to compare where no manifest names one. */
const DEFAULT_METRIC: Metric = "validation_accuracy";

interface Operand extends SweepRows {
  readonly metric?: Metric;
}

/** Matches the runs of two sweeps by their keys, and shows where they differ. */
export async function compare({ operands, options }: Invocation): Promise<number> {
  const [a, b] = await Array.fromAsync(operands, readOperand);
  const metric = a.metric ?? b.metric ?? DEFAULT_METRIC;
  const matched = matchRuns(a, b);
  const comparison = {
    names: [operands[0], operands[1]] as const,
    matched,
    metric,
    cells: cellMeanDifferences(a.runs, b.runs, metric),
    haveCurves: a.curves !== undefined && b.curves !== undefined,
  };
  print(options.json ? comparisonJson(comparison) : comparisonText(comparison));
  return matched.different.length > 0 ? 1 : 0;
}

/** Reads a sweep's folder, or a runs.csv alone. */
async function readOperand(path: string): Promise<Operand> {
  if (path.endsWith(".csv")) {
    return { runs: readRuns(await readResultFile(path)) };
  }
  const names = ["runs.csv", "curves.csv", "manifest.json"];
  const [runs, curves, manifest] = await readResultFiles(path, names);
  return {
    runs: readRuns(runs),
    curves: readCurves(curves),
    metric: readManifest(manifest).experiment?.metric,
  };
}
