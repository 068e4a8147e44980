import { join } from "node:path";
import { canonicalJson } from "../canonical_json.ts";
import { DEFAULT_METRIC, type Metric, metricColumn } from "../measures/metrics.ts";
import { refuseCollection } from "../results/collection_manifest.ts";
import type { Manifest, ManifestImport } from "../results/manifest.ts";
import { type MatchedRuns, matchRuns, type SweepRows } from "../results/match_runs.ts";
import { readManifest } from "../results/read_manifest.ts";
import { readResultFile } from "../results/read_result_file.ts";
import { OTHER_FILES, readTableTexts, RESULT_TABLES, rowsIn } from "../results/result_files.ts";
import type { RunRow } from "../results/run_row.ts";
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
  /** Whether both are tables that were imported: runs were matched by cell and seed. */
  readonly areImported: boolean;
}

/** What is read of one of them. */
interface ReadRows extends SweepRows {
  readonly metric?: Metric;
  readonly planned?: number;
  readonly manifest?: Manifest;
}

/**
 * Compares two finished sweeps, A and B, each named by its folder or by a runs.csv alone: their runs
 * are matched by key. Or two folders of imported runs, which are matched by cell and seed, by which tables
 * name them; then the rows that are returned have both in place of a key.
 *
 * @throws {UserError} If a file is missing, or is not what a sweep writes; if one has imported runs, and
 * the other has not, or another metric.
 */
export async function compareSweeps(pathOfA: string, pathOfB: string): Promise<SweepComparison> {
  const a = await readSweepRows(pathOfA);
  const b = await readSweepRows(pathOfB);
  checkComparable([pathOfA, a], [pathOfB, b]);
  const metric = a.metric ?? b.metric ?? DEFAULT_METRIC;
  const matched = matchRuns(a, b);
  // With a key, there is one right result; with a cell and a seed, there can be two.
  const twice = new Set(isImported(a) ? matched.different.map(({ row: { run } }) => run) : []);
  const [runsOfA, runsOfB] = [a, b].map(({ runs }, place) =>
    runs.map((row) => twice.has(row.run) ? { ...row, run: `${place} ${row.run}` } : row)
  );
  return {
    matched,
    metric,
    planned: [a.planned, b.planned],
    cells: cellMeanDifferences(runsOfA, runsOfB, metric, designOf(a.manifest, b.manifest)),
    haveCurves: a.curves !== undefined && b.curves !== undefined,
    areImported: isImported(a),
  };
}

function isImported({ manifest }: ReadRows): boolean {
  return manifest?.imported !== undefined;
}

/** @throws {UserError} If nothing says which runs of the two belong together, or what to compare. */
function checkComparable(...read: readonly [[string, ReadRows], [string, ReadRows]]): void {
  const [[pathOfA, a], [pathOfB, b]] = read;
  if (isImported(a) !== isImported(b)) {
    const [[imported], [swept]] = isImported(a) ? read : [read[1], read[0]];
    const runs = swept.endsWith(".csv") ? swept : join(swept, RESULT_TABLES.runs.name);
    throw new UserError({
      message:
        `Cannot compare ${imported} with ${swept}: the runs of ${imported} were imported, and ` +
        "have no keys that would match those of a sweep",
      hint: `import ${runs}, too, with --cell cell --seed seed, and compare the two`,
    });
  }
  if (!a.metric || !b.metric || !isImported(a)) return;
  const [metric, other] = [metricColumn(a.metric), metricColumn(b.metric)];
  if (metric === other) return;
  throw new UserError({
    message:
      `Cannot compare ${pathOfA} with ${pathOfB}: their metrics differ, ${metric} and ${other}`,
    hint: "import one of the tables again with the other's metric",
  });
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

async function readSweepRows(path: string): Promise<ReadRows> {
  if (path.endsWith(".csv")) {
    const runs = RESULT_TABLES.runs.read(await readResultFile(path));
    if (runs.some(({ measures, digest }) => measures && digest === undefined)) {
      throw new UserError({
        message:
          `Cannot compare ${path} alone: its runs were imported, and have no keys to match them by`,
        hint: "name the folder that it is in: its manifest.json says what names them",
      });
    }
    return { runs };
  }
  await refuseCollection(path, "compare");
  const runs = await readTableTexts(path, ["runs"], () => false);
  const manifest = readManifest(await readResultFile(join(path, OTHER_FILES.manifest.name), path));
  const { experiment, unfinished, imported } = manifest;
  const curves = await readTableTexts(path, imported ? [] : ["curves"], () => false);
  const rows = { ...rowsIn(runs), ...rowsIn(curves) };
  return {
    ...rows,
    ...imported && { runs: rows.runs.map((row) => withTableName(row, imported)) },
    metric: experiment.metric,
    planned: unfinished?.planned,
    manifest,
  };
}

/** A run of a table by what the table calls its cell and its seed; another table can have it elsewhere. */
function withTableName(row: RunRow, { seedNames }: Pick<ManifestImport, "seedNames">): RunRow {
  const { cell, seed } = row;
  return { ...row, run: `${cell}, seed ${seedNames?.[seed - 1] ?? seed}` };
}
