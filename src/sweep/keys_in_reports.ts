import { join } from "node:path";
import type { Experiment } from "../experiment/experiment.ts";
import { asUserError } from "../files/as_user_error.ts";
import { lookAt } from "../files/facts.ts";
import { namesIn } from "../files/folders.ts";
import { isCollectionFolder } from "../results/collection_manifest.ts";
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
  for (const experiment of await experimentsIn(reports)) {
    const { results, submissions } = sweepFolders(reports, experiment);
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

/** What could be experiments, by their folders; those on one of several datasets are in a folder of it. */
async function experimentsIn(
  reports: string,
): Promise<Pick<Experiment, "name" | "collection">[]> {
  const alone = await foldersIn(reports);
  const experiments = alone.map((name): Pick<Experiment, "name" | "collection"> => ({ name }));
  for (const collection of alone) {
    const names = await foldersIn(join(reports, collection));
    experiments.push(...names.map((name) => ({ name, collection })));
  }
  return experiments;
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const names = await namesIn(folder);
    return names.filter((name) => {
      return !name.startsWith(".") && name !== "store" && lookAt(join(folder, name))?.isDirectory;
    });
  } catch (error) {
    throw asUserError(error, `Cannot read ${folder}`, 1);
  }
}

/** None if it is no folder of results. */
async function keysInResults(folder: string): Promise<string[]> {
  if (await isCollectionFolder(folder)) return [];
  const [runs, manifest] = [RESULT_TABLES.runs, OTHER_FILES.manifest].map(({ name }) =>
    join(folder, name)
  );
  if (!lookAt(runs) && !lookAt(manifest)) return [];
  return (await readResultFile(runs, folder)).match(KEY_OF_LINE) ?? [];
}
