import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { readText } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";

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
    throw asUserError(error, `Cannot read ${path}`);
  }
}
