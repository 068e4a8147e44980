import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { readText } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { whereLooked } from "../files/working_folder.ts";
import { UserError } from "../user_error.ts";

/**
 * Reads a file that a sweep wrote; the arguments are joined to its path.
 *
 * @throws {UserError} If the file cannot be read.
 */
export async function readResultFile(...parts: string[]): Promise<string> {
  const path = join(...parts);
  const maxBytes = path.endsWith(".json") ? SIZE_LIMITS.manifest : SIZE_LIMITS.result;
  try {
    return await readText(path, { maxBytes });
  } catch (error) {
    const message = `Cannot read ${path}`;
    if (!(error instanceof Deno.errors.NotFound)) throw asUserError(error, message);
    const hint = whereLooked(path);
    throw new UserError({ message: `${message}: ${systemReason(error)}`, hint });
  }
}
