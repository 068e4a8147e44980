import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { lookAt } from "../files/facts.ts";
import { namesIn } from "../files/folders.ts";
import { readResultFile } from "../results/read_result_file.ts";
import { OTHER_FILES, RESULT_TABLES } from "../results/result_files.ts";
import { UNFINISHED_FOLDER } from "./live/unfinished_folder.ts";
import { Submission } from "./slurm/submission.ts";
import { sweepFolders } from "./sweep_folders.ts";

const KEY_OF_LINE = /^[0-9a-f]{64}(?=,)/gm;

/**
 * The keys of all runs that the report folders in a reports folder name, and of those that wait for a
 * cluster.
 *
 * @throws {UserError} If a folder has results that cannot be read: then nobody knows which runs they
 * have. The exit code is 1.
 */
export async function keysInReports(reports: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const name of await namesOf(reports)) {
    const { results, submissions } = sweepFolders(reports, name);
    for (const folder of [results, join(results, UNFINISHED_FOLDER)]) {
      for (const key of await keysInResults(folder)) keys.add(key);
    }
    for (const submission of await Submission.list(submissions)) {
      for (let chunk = 0; chunk < submission.manifest.chunks; chunk++) {
        for (const key of await submission.readKeys(chunk)) keys.add(key);
      }
    }
  }
  return keys;
}

async function namesOf(reports: string): Promise<string[]> {
  try {
    const names = await namesIn(reports);
    return names.filter((name) => {
      return !name.startsWith(".") && name !== "store" && lookAt(join(reports, name))?.isDirectory;
    });
  } catch (error) {
    throw asUserError(error, `Cannot read ${reports}`, 1);
  }
}

/** None if it is no folder of results. */
async function keysInResults(folder: string): Promise<string[]> {
  const [runs, manifest] = [RESULT_TABLES.runs, OTHER_FILES.manifest].map(({ name }) =>
    join(folder, name)
  );
  if (!lookAt(runs) && !lookAt(manifest)) return [];
  return (await readResultFile(runs, folder)).match(KEY_OF_LINE) ?? [];
}
