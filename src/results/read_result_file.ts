import { asUserError } from "../files/as_user_error.ts";
import { readText } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { whereLooked } from "../files/working_folder.ts";
import { UserError } from "../user_error.ts";

/**
 * Reads a file that a sweep wrote.
 *
 * @param within The sweep's folder: a link there must not lead out of it. Not given for a file that
 * the user named.
 * @throws {UserError} If the file cannot be read.
 */
export async function readResultFile(path: string, within?: string): Promise<string> {
  const maxBytes = path.endsWith(".json") ? SIZE_LIMITS.manifest : SIZE_LIMITS.result;
  try {
    return await readText(path, { maxBytes, within });
  } catch (error) {
    const message = `Cannot read ${path}`;
    if (!(error instanceof Deno.errors.NotFound)) throw asUserError(error, message);
    const hint = whereLooked(path);
    throw new UserError({ message: `${message}: ${systemReason(error)}`, hint });
  }
}
