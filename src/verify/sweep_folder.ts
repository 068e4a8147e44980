import type { Manifest } from "../results/manifest.ts";
import { readManifest } from "../results/read_manifest.ts";
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
 * What a sweep left in a folder, wherever that is now; of its CSV files, what does not follow from
 * others.
 */
export interface SweepFolder extends Omit<ResultRows, "cells" | "comparisons"> {
  readonly folder: string;
  readonly experimentText: string;
  readonly manifest: Manifest;
  /** The text of a file, and its SHA-256 in hex; undefined if there is none. */
  file(name: string): Promise<{ text: string; checksum: string } | undefined>;
  /** The names of all that is in the folder, sorted. */
  names(): Promise<string[]>;
}

/**
 * Reads what a sweep left in a folder.
 *
 * @throws {UserError} If a file is missing, or is not what a sweep writes. The exit code is 1 for a
 * broken CSV file: it was whole once.
 */
export async function readSweepFolder(folder: string): Promise<SweepFolder> {
  const experimentText = await readResultFile(folder, OTHER_FILES.experiment.name);
  const manifestText = await readResultFile(folder, OTHER_FILES.manifest.name);
  const names = async () => {
    const entries = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    return entries.sort();
  };
  const present = new Set(await names());
  const tables = TABLE_NAMES.filter((name) => !RESULT_TABLES[name].isDerived);
  const manifest = readManifest(manifestText);
  // One that the manifest does not name is not this sweep's.
  const isOwn = (file: string) => manifest.files === undefined || file in manifest.files;
  const texts = await readTableTexts(folder, tables, (file) => present.has(file) && isOwn(file));
  const file = async (name: string) => {
    try {
      const bytes = await Deno.readFile(`${folder}/${name}`);
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      return { text, checksum: await sha256(bytes) };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  };
  return { folder, experimentText, manifest, ...asCheck(() => rowsIn(texts)), file, names };
}

function asCheck<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.problems, 1) : error;
  }
}
