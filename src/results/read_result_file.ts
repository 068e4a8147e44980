import { join } from "node:path";
import { systemReason } from "../system_reason.ts";
import { UserError } from "../user_error.ts";

/**
 * The text of a file that a sweep wrote; the path may come in parts.
 *
 * @throws {UserError} If it cannot be read.
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
