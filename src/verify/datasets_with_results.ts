import { join } from "node:path";
import { lookAt } from "../files/facts.ts";
import { readCollectionManifest } from "../results/collection_manifest.ts";
import { OTHER_FILES } from "../results/result_files.ts";
import { UserError } from "../user_error.ts";

/**
 * The names of the datasets in a folder of several that have results, complete or not.
 *
 * @throws {UserError} If the folder is not that of several datasets.
 */
export async function datasetsWithResults(folder: string): Promise<string[]> {
  const manifest = await readCollectionManifest(folder);
  if (!manifest) throw new UserError(`Cannot verify ${folder}: it is not of several datasets`);
  const { datasets } = manifest.collection;
  return datasets.filter((name) => lookAt(join(folder, name, OTHER_FILES.manifest.name)));
}
