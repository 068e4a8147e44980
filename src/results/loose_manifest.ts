import { join } from "node:path";
import { UserError } from "../user_error.ts";
import { parseManifestJson } from "./read_manifest.ts";
import { readResultFile } from "./read_result_file.ts";
import { OTHER_FILES } from "./result_files.ts";

/** What a manifest says that anybody could have written. */
export type LooseManifest = Readonly<Record<string, unknown>>;

/** The members of a folder's manifest; undefined if there is none that can be read. */
export async function looseManifestIn(folder: string): Promise<LooseManifest | undefined> {
  try {
    return parseManifestJson(
      await readResultFile(join(folder, OTHER_FILES.manifest.name), folder),
    );
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
