import { UserError } from "../user_error.ts";
import { asUserError } from "./as_user_error.ts";
import { lookAt } from "./facts.ts";
import { nameNew } from "./name_file.ts";
import { removeIfThere, temporaryPath, writeSynced } from "./write_file.ts";

/**
 * Writes a file where none is, whole or not at all.
 *
 * @throws {UserError} If something has its name already, or it cannot be written.
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  await writeNewBytes(path, new TextEncoder().encode(text));
}

/** The same of bytes. */
export async function writeNewBytes(path: string, bytes: Uint8Array): Promise<void> {
  if (lookAt(path)) throw isTaken(path);
  const temporary = temporaryPath(path);
  try {
    await writeSynced(temporary, bytes);
    // Another process may have taken the name in the meantime.
    if (!nameNew(temporary, path)) throw isTaken(path);
  } catch (error) {
    throw error instanceof UserError ? error : asUserError(error, `Cannot write ${path}`, 1);
  } finally {
    removeIfThere(temporary);
  }
}

/** Says that nothing is written to a path where something is. */
export function isTaken(path: string): UserError {
  return new UserError(`Cannot write ${path}: it is there already, and nothing is overwritten`);
}
