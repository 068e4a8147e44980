import { assertRejects } from "@std/assert";
import { join } from "node:path";
import { type ImportedResults, type ImportOptions, importRuns } from "../../src/api/import_runs.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { readResults, type Results } from "../../src/api/results.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { inFolderWith } from "../_in_folder.ts";

/** What most tables here have. */
export const USUAL = { cell: "model", seed: "seed", metric: "score", baseline: "a" };

/** Two cells, two seeds, and b better. */
export const TABLE = "model,seed,score\na,1,0.5\na,2,0.6\nb,1,0.7\nb,2,0.9\n";

export interface Imported {
  /** Of the test. */
  readonly folder: string;
  readonly imported: ImportedResults;
  readonly results: Results;
}

/** Imports a table, and does work with the results. */
export async function withImport(
  table: string | Uint8Array,
  options: Partial<ImportOptions>,
  work: (done: Imported) => Promise<void> | void,
  name = "runs.csv",
): Promise<void> {
  await inFolderWith({ [name]: table }, async (folder) => {
    const imported = await importRuns(join(folder, name), {
      ...USUAL,
      reports: join(folder, "reports"),
      ...options,
    });
    await work({ folder, imported, results: await readResults(imported.folder) });
  });
}

/** What is wrong with a table or with options, as a user reads it; the file is called `runs.csv`. */
export async function problemsOf(
  table: string,
  options: Partial<ImportOptions> = {},
): Promise<string> {
  return await inFolderWith({ "runs.csv": table }, async (folder) => {
    const reports = join(folder, "reports");
    const file = join(folder, "runs.csv");
    const error = await assertRejects(
      () => importRuns(file, { ...USUAL, reports, ...options }),
      UserError,
    );
    return formatProblems(error.problems).replaceAll(file, "runs.csv");
  });
}

/** A run in short: cell, seed and value. */
export function shortRun({ cell, seed, measures, status }: RunRow): string {
  const [value] = Object.values(measures ?? {});
  return `${cell}, seed ${seed}: ${value ?? status}`;
}
