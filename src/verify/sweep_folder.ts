import { join } from "node:path";
import { refuseCollection } from "../results/collection_manifest.ts";
import type { SweepManifest } from "../results/manifest.ts";
import { parseManifestJson, readManifest } from "../results/read_manifest.ts";
import { readResultFile } from "../results/read_result_file.ts";
import {
  OTHER_FILES,
  readTableTexts,
  RESULT_TABLES,
  type ResultRows,
  rowsIn,
  TABLE_NAMES,
} from "../results/result_files.ts";
import { UserError } from "../user_error.ts";
import { asCheck } from "./as_check.ts";
import { type FolderFiles, folderFiles } from "./folder_files.ts";

/**
 * The content of a sweep's folder, which can have been moved. Of the CSV files, it has only the rows
 * that cannot be computed from other files.
 */
export interface SweepFolder extends FolderFiles, Omit<ResultRows, "cells" | "comparisons"> {
  readonly folder: string;
  readonly experimentText: string;
  readonly manifest: SweepManifest;
  /** Members of manifest.json that this version does not know. */
  readonly unknownMembers: readonly string[];
  /** Whether its manifest is another by now: a sweep that runs writes its files from time to time. */
  hasChanged(): Promise<boolean>;
}

/**
 * Reads a sweep's folder.
 *
 * @throws {UserError} If a file is missing or invalid. The exit code is 1 for an invalid manifest or
 * CSV file, because that is a failed check, not wrong input.
 */
export async function readSweepFolder(folder: string): Promise<SweepFolder> {
  await refuseCollection(folder, "use");
  const experimentText = await readResultFile(join(folder, OTHER_FILES.experiment.name), folder);
  const manifestText = await readResultFile(join(folder, OTHER_FILES.manifest.name), folder);
  const { names, file } = folderFiles(folder);
  const present = new Set(await names());
  const tables = TABLE_NAMES.filter((name) => !RESULT_TABLES[name].isDerived);
  const manifest = asCheck(() => readManifest(manifestText));
  if (manifest.imported) throw new UserError(`Cannot use ${folder}: its runs were imported`);
  const unknownMembers = Object.keys(parseManifestJson(manifestText))
    .filter((member) => !Object.hasOwn(manifest, member));
  // A file that the manifest does not name does not belong to this sweep.
  const isOwn = (file: string) => file in manifest.files;
  const texts = await readTableTexts(folder, tables, (file) => present.has(file) && isOwn(file));
  return {
    folder,
    experimentText,
    manifest,
    unknownMembers,
    ...asCheck(() => rowsIn(texts)),
    file,
    names,
    hasChanged: async () => {
      const now = await file(OTHER_FILES.manifest.name);
      return now?.text !== manifestText;
    },
  };
}
