import { sha256 } from "../sha256.ts";
import { UserError } from "../user_error.ts";
import type { Manifest } from "./manifest.ts";
import { RESULT_TABLES, type TableName } from "./result_files.ts";

/**
 * Refuses CSV files that were changed since the sweep: what is made from them would vouch for them.
 *
 * @param doing What cannot be done then, after "Cannot".
 * @throws {UserError} If a file is not the one that the manifest has the checksum of; the exit code
 * is 1.
 */
export async function checkUnchanged(
  texts: ReadonlyMap<TableName, string>,
  { manifest, doing }: { readonly manifest: Manifest; readonly doing: string },
): Promise<void> {
  const changed: string[] = [];
  for (const [name, text] of texts) {
    const file = RESULT_TABLES[name].name;
    if (await sha256(text) !== manifest.files[file]) changed.push(file);
  }
  if (changed.length === 0) return;
  const message = `Cannot ${doing}: ${changed.join(", ")} ${
    changed.length === 1 ? "was" : "were"
  } changed after the sweep: the SHA-256 is not that in manifest.json`;
  throw new UserError({ message, hint: "sweep again to write the files anew" }, 1);
}
