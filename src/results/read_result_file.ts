import { join } from "node:path";
import { systemReason } from "../system_reason.ts";
import { UserError } from "../user_error.ts";

/**
 * Reads a file that a sweep wrote; the arguments are joined to its path.
 *
 * @throws {UserError} If the file cannot be read.
 */
export async function readResultFile(...parts: string[]): Promise<string> {
  const path = join(...parts);
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot read ${path}: ${reason}`);
  }
}
