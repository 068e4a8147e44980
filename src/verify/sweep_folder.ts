import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { namesIn, pathsIn } from "../files/folders.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import type { Manifest } from "../results/manifest.ts";
import { COPIES_FOLDER } from "../results/own_copies.ts";
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
import { sha256 } from "../sha256.ts";
import { UserError } from "../user_error.ts";

/**
 * The content of a sweep's folder, which can have been moved. Of the CSV files, it has only the rows
 * that cannot be computed from other files.
 */
export interface SweepFolder extends Omit<ResultRows, "cells" | "comparisons"> {
  readonly folder: string;
  readonly experimentText: string;
  readonly manifest: Manifest;
  /** Members of manifest.json that this version does not know. */
  readonly unknownMembers: readonly string[];
  /** Reads a file's text and its SHA-256 in hex; undefined if there is no such file. */
  file(name: string): Promise<{ text: string; checksum: string } | undefined>;
  /**
   * Lists the names of everything in the folder, sorted; of own trainers' copies, their paths.
   */
  names(): Promise<string[]>;
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
  const experimentText = await readResultFile(join(folder, OTHER_FILES.experiment.name), folder);
  const manifestText = await readResultFile(join(folder, OTHER_FILES.manifest.name), folder);
  const names = async () => {
    const copies = await pathsIn(join(folder, COPIES_FOLDER));
    return (await namesIn(folder)).flatMap((name) => {
      const isCopies = name === COPIES_FOLDER && copies.length > 0;
      return isCopies ? copies.map((path) => `${name}/${path}`) : [name];
    }).sort();
  };
  const present = new Set(await names());
  const tables = TABLE_NAMES.filter((name) => !RESULT_TABLES[name].isDerived);
  const manifest = asCheck(() => readManifest(manifestText));
  const unknownMembers = Object.keys(parseManifestJson(manifestText))
    .filter((member) => !Object.hasOwn(manifest, member));
  // A file that the manifest does not name does not belong to this sweep.
  const isOwn = (file: string) => file in manifest.files;
  const texts = await readTableTexts(folder, tables, (file) => present.has(file) && isOwn(file));
  const file = async (name: string) => {
    try {
      const options = { maxBytes: SIZE_LIMITS.result, within: folder };
      const bytes = await readFile(join(folder, name), options);
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      return { text, checksum: await sha256(bytes) };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw asUserError(error, `Cannot read ${join(folder, name)}`, 1);
    }
  };
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

function asCheck<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.problems, 1) : error;
  }
}
