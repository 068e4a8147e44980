import { join } from "node:path";
import { asUserError } from "../../files/as_user_error.ts";
import { FileClaim } from "../../files/file_claim.ts";
import { writeFileAtomically } from "../../files/write_file.ts";
import { readIndex } from "./read_index.ts";
import { renderIndex } from "./render_index.ts";

/** The page's name in a reports folder. */
const INDEX_FILE = "index.html";
/** The claim of whoever writes the index. */
const INDEX_CLAIM = "index.claim";

/**
 * Writes a reports folder's `index.html` anew from what is in the folder now, and returns its path.
 *
 * Call it after the files of a sweep are written, also those of an unfinished sweep: it reads manifests,
 * and nothing that is not in a folder yet. It is cheap as long as these have an `answer`; folders of
 * earlier versions cost an analysis each. Folders that cannot be read are listed as such. Processes take
 * turns, so that the last one to write has seen the files of all.
 *
 * @throws {UserError} If the folder cannot be listed, or the page cannot be written; the exit code is 1.
 * @throws The signal's reason, if it aborts first.
 */
export async function writeIndex(
  reports: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<string> {
  const path = join(reports, INDEX_FILE);
  const claim = await FileClaim.wait(join(reports, INDEX_CLAIM), signal);
  try {
    const content = await readIndex(reports);
    await writeFileAtomically(path, await renderIndex(content));
    return path;
  } catch (error) {
    throw asUserError(error, `Cannot write ${path}`, 1);
  } finally {
    claim.release();
  }
}
