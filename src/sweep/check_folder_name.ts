import { dirname, join } from "node:path";
import type { Experiment } from "../experiment/experiment.ts";
import { asUserError } from "../files/as_user_error.ts";
import { lookAt } from "../files/facts.ts";
import { namesIn } from "../files/folders.ts";
import { isCollectionFolder } from "../results/collection_manifest.ts";
import { RESULT_TABLES } from "../results/result_files.ts";
import { UserError } from "../user_error.ts";
import { sweepFolders } from "./sweep_folders.ts";

/**
 * Refuses a name that differs from that of an earlier sweep in case only: many file systems hold one
 * folder for both, and reports that are moved there would replace each other.
 *
 * @throws {UserError} If there is such a folder, or the folder of reports cannot be read.
 */
export async function checkFolderName(reports: string, name: string): Promise<void> {
  const names = await namesIn(reports).catch((error) => {
    throw asUserError(error, `Cannot read ${reports}`, 1);
  });
  if (names.includes(name)) return;
  const other = names.find((other) => other.toLowerCase() === name.toLowerCase());
  if (other === undefined) return;
  throw new UserError({
    message: `Cannot use name ${name}: ${join(reports, other)} differs from it in case only, ` +
      "and is the same folder on some file systems",
    hint: "use another name, or --reports",
  });
}

/**
 * Makes sure that an experiment's results can have their folder, also within that of its collection.
 *
 * @throws {UserError} As `checkFolderName()`, or if a sweep of one dataset and one of several would
 * write into the same folder.
 */
export async function checkResultFolder(
  reports: string,
  experiment: Pick<Experiment, "name" | "collection">,
): Promise<void> {
  const { name, collection } = experiment;
  const { results } = sweepFolders(reports, experiment);
  if (collection === undefined) {
    await checkFolderName(reports, name);
    if (await isCollectionFolder(results)) {
      throw new UserError(taken(name, results, "several datasets"));
    }
    return;
  }
  const around = dirname(results);
  await checkFolderName(reports, collection);
  if (lookAt(join(around, RESULT_TABLES.runs.name))) {
    throw new UserError(taken(collection, around, "one dataset"));
  }
  await checkFolderName(around, name);
}

function taken(name: string, folder: string, what: string) {
  return {
    message: `Cannot use name ${name}: ${folder} has the results of a sweep on ${what}`,
    hint: "--name NAME keeps both results",
  };
}
