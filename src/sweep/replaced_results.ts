import { join } from "node:path";
import { isThere } from "../files/facts.ts";
import { countOf, formatCount } from "../format_number.ts";
import { type LooseManifest, looseManifestIn } from "../results/loose_manifest.ts";
import { readResultFile } from "../results/read_result_file.ts";
import { RESULT_TABLES } from "../results/result_files.ts";
import { UserError } from "../user_error.ts";

/**
 * Says that a sweep replaces results of runs that it does not have: those of another experiment of
 * the same name, or of more cells or seeds. Undefined if it replaces none.
 *
 * @param folder The folder of the sweep's results.
 * @param keys Gives the keys of the sweep's runs, or of those that stop after so many steps; not called
 * if there are no results.
 */
export async function replacedResults(
  folder: string,
  keys: (stopAt?: number) => readonly string[],
): Promise<string | undefined> {
  const manifest = await looseManifestIn(folder);
  if (manifest?.imported !== undefined) {
    return `The imported runs in ${folder} are replaced; --name NAME keeps both results`;
  }
  const before = await keysIn(folder);
  if (before.length === 0) return undefined;
  const now = new Set(keys(rungOf(manifest)));
  const lost = before.filter((key) => !now.has(key)).length;
  if (lost === 0) return undefined;
  const which = lost === before.length
    ? `has none of their ${countOf(lost, "run")}`
    : `lacks ${formatCount(lost)} of their ${countOf(before.length, "run")}`;
  return `The results in ${folder} are replaced: this sweep of ${countOf(now.size, "run")} ` +
    `${which}. Their records stay in the store; --name NAME keeps both results`;
}

/** Whether a folder has the results of a sweep whose runs had all ended. */
export async function hasCompleteResults(folder: string): Promise<boolean> {
  const manifest = await looseManifestIn(folder);
  // Earlier versions wrote nothing else, and did not say so.
  return manifest !== undefined && manifest.state !== "unfinished";
}

/** Whether a folder has runs that were imported. */
export async function hasImportedRuns(folder: string): Promise<boolean> {
  return (await looseManifestIn(folder))?.imported !== undefined;
}

/** After how many steps the runs of unfinished results were stopped; undefined if they are whole. */
function rungOf(manifest: LooseManifest | undefined): number | undefined {
  const unfinished = manifest?.unfinished;
  if (typeof unfinished !== "object" || unfinished === null || !("rung" in unfinished)) return;
  return typeof unfinished.rung === "number" ? unfinished.rung : undefined;
}

/** The keys of the runs in a folder's results; none if there are no results that can be read. */
async function keysIn(folder: string): Promise<string[]> {
  const { name } = RESULT_TABLES.runs;
  try {
    if (!await isThere(join(folder, name))) return [];
    const text = await readResultFile(join(folder, name), folder);
    return Array.from(text.matchAll(/^[0-9a-f]{64}(?=,)/gm), ([key]) => key);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
