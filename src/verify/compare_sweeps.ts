import { join } from "node:path";
import { canonicalJson } from "../canonical_json.ts";
import { DEFAULT_METRIC, type Metric } from "../measures/metrics.ts";
import { refuseCollection } from "../results/collection_manifest.ts";
import type { Manifest } from "../results/manifest.ts";
import { type MatchedRuns, matchRuns, type SweepRows } from "../results/match_runs.ts";
import { readManifest } from "../results/read_manifest.ts";
import { readResultFile } from "../results/read_result_file.ts";
import { OTHER_FILES, readTableTexts, RESULT_TABLES, rowsIn } from "../results/result_files.ts";
import {
  type CellMeanDifference,
  cellMeanDifferences,
  type MeansDesign,
} from "../statistics/cell_mean_differences.ts";
import { questionOf } from "../statistics/question.ts";
import { UserError } from "../user_error.ts";

/** Where the results of two sweeps, A and B, agree and where they differ. */
export interface SweepComparison {
  readonly matched: MatchedRuns;
  /** A's metric; B's if A is a runs.csv alone. */
  readonly metric: Metric;
  /** How many runs A and B are to have; undefined for one that is complete, or a runs.csv alone. */
  readonly planned: readonly [number | undefined, number | undefined];
  /** Cells that both have, with other runs. */
  readonly cells: readonly CellMeanDifference[];
  /** Whether runs were compared step by step. */
  readonly haveCurves: boolean;
}

/**
 * Compares two finished sweeps, A and B, each named by its folder or by a runs.csv alone: their runs
 * are matched by key.
 *
 * @throws {UserError} If a file is missing, or is not what a sweep writes.
 */
export async function compareSweeps(pathOfA: string, pathOfB: string): Promise<SweepComparison> {
  const a = await readSweepRows(pathOfA);
  const b = await readSweepRows(pathOfB);
  const metric = a.metric ?? b.metric ?? DEFAULT_METRIC;
  return {
    matched: matchRuns(a, b),
    metric,
    planned: [a.planned, b.planned],
    cells: cellMeanDifferences(a.runs, b.runs, metric, designOf(a.manifest, b.manifest)),
    haveCurves: a.curves !== undefined && b.curves !== undefined,
  };
}

/** What is known of the rows of two sweeps: nothing of a runs.csv alone. */
function designOf(a: Manifest | undefined, b: Manifest | undefined): MeansDesign {
  if (!a || !b) return {};
  const rowsOf = ({ dataset, trainers }: Manifest) =>
    dataset && canonicalJson({ checksum: dataset.checksum, split: dataset.split, trainers });
  const rows = rowsOf(a);
  return {
    overlaps: [questionOf(a).overlap, questionOf(b).overlap],
    areRowsShared: rows !== undefined && rows === rowsOf(b),
  };
}

/** @throws {UserError} Always. */
function refuseImported(path: string): never {
  throw new UserError({
    message: `Cannot compare ${path}: its runs were imported, and have no keys to match them by`,
    hint: "import one table with all cells, and the report compares any two of them",
  });
}

async function readSweepRows(
  path: string,
): Promise<
  SweepRows & {
    readonly metric?: Metric;
    readonly planned?: number;
    readonly manifest?: Manifest;
  }
> {
  if (path.endsWith(".csv")) {
    const runs = RESULT_TABLES.runs.read(await readResultFile(path));
    if (runs.some(({ measures, digest }) => measures && digest === undefined)) refuseImported(path);
    return { runs };
  }
  await refuseCollection(path, "compare");
  const runs = await readTableTexts(path, ["runs"], () => false);
  const manifest = readManifest(await readResultFile(join(path, OTHER_FILES.manifest.name), path));
  const { experiment, unfinished, imported } = manifest;
  if (imported) refuseImported(path);
  const curves = await readTableTexts(path, ["curves"], () => false);
  return {
    ...rowsIn(runs),
    ...rowsIn(curves),
    metric: experiment.metric,
    planned: unfinished?.planned,
    manifest,
  };
}
