import { join } from "node:path";
import type { ImportedManifest } from "../results/manifest.ts";
import { parseManifestJson, readManifest } from "../results/read_manifest.ts";
import { readResultFile } from "../results/read_result_file.ts";
import { OTHER_FILES } from "../results/result_files.ts";
import { UserError } from "../user_error.ts";
import { asCheck } from "./as_check.ts";
import { type FolderFiles, folderFiles } from "./folder_files.ts";

/** The content of a folder of imported runs. */
export interface ImportFolder extends FolderFiles {
  readonly folder: string;
  readonly manifest: ImportedManifest;
  /** Whether its manifest is another by now. */
  hasChanged(): Promise<boolean>;
}

/**
 * Reads a folder of imported runs; undefined if it has none.
 *
 * @throws {UserError} If its manifest is invalid; the exit code is 1.
 */
export async function readImportFolder(folder: string): Promise<ImportFolder | undefined> {
  const { name } = OTHER_FILES.manifest;
  const text = await textOrNothing(join(folder, name), folder);
  if (text === undefined || !isImport(text)) return undefined;
  const manifest = asCheck(() => readManifest(text));
  if (!manifest.imported) return undefined;
  const files = folderFiles(folder);
  return {
    ...{ folder, manifest },
    ...files,
    hasChanged: async () => (await files.file(name))?.text !== text,
  };
}

/** What reads a sweep's folder says what is wrong with a manifest that is missing. */
async function textOrNothing(path: string, folder: string): Promise<string | undefined> {
  try {
    return await readResultFile(path, folder);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function isImport(text: string): boolean {
  try {
    return parseManifestJson(text).imported !== undefined;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
