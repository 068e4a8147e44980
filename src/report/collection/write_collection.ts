import { join } from "node:path";
import { asUserError } from "../../files/as_user_error.ts";
import { FileClaim } from "../../files/file_claim.ts";
import { makeResultFolder } from "../../files/make_result_folder.ts";
import { removeIfThere, writeFileAtomically } from "../../files/write_file.ts";
import {
  COLLECTION_FILES,
  type CollectionManifest,
  type CollectionQuestion,
  readCollectionManifest,
} from "../../results/collection_manifest.ts";
import { manifestText } from "../../results/manifest.ts";
import { RESULTS_CLAIM } from "../../results/result_files.ts";
import { UserError } from "../../user_error.ts";
import { collectionFiles } from "./collection_files.ts";

/** How the files of several datasets are written. */
export interface WriteCollectionOptions {
  /** Ends the work when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Writes the files of several datasets into their folder, from the results of those that are complete.
 * Files over all datasets stay as long as some are not.
 *
 * @returns What the folder's manifest has then.
 * @throws {UserError} If a file cannot be read or written; the exit code is 1.
 * @throws The signal's reason, if it aborts first.
 */
export async function writeCollection(
  folder: string,
  question: CollectionQuestion,
  { signal }: WriteCollectionOptions,
): Promise<CollectionManifest> {
  await makeResultFolder(folder);
  const claim = await FileClaim.wait(join(folder, RESULTS_CLAIM), signal);
  try {
    const { manifest, texts } = await collectionFiles(folder, question);
    const before = await readBefore(folder);
    if (before?.state === "complete" && manifest.state === "unfinished") return before;
    signal.throwIfAborted();
    for (const name of [COLLECTION_FILES.datasets, COLLECTION_FILES.ranks]) {
      if (!(name in texts)) removeIfThere(join(folder, name));
    }
    for (const [name, text] of Object.entries(texts)) await write(join(folder, name), text);
    await write(join(folder, COLLECTION_FILES.manifest), manifestText({ ...manifest }));
    return manifest;
  } finally {
    claim.release();
  }
}

/**
 * Draws the page over several datasets again, and updates the files beside it.
 *
 * @returns The page's path.
 * @throws {UserError} As `writeCollection()`, or if the folder is not that of several datasets.
 * @throws The signal's reason, if it aborts first.
 */
export async function redrawCollection(
  folder: string,
  options: WriteCollectionOptions,
): Promise<string> {
  const before = await readCollectionManifest(folder);
  if (!before) throw new UserError(`Cannot draw ${folder}: it is not of several datasets`);
  await writeCollection(folder, before.collection, options);
  return join(folder, COLLECTION_FILES.report);
}

async function readBefore(folder: string): Promise<CollectionManifest | undefined> {
  try {
    return await readCollectionManifest(folder);
  } catch (error) {
    // What cannot be read is replaced.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(path, text);
  } catch (error) {
    throw asUserError(error, `Cannot write ${path}`, 1);
  }
}
