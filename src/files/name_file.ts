import { lookAt } from "./facts.ts";
import { systemReason } from "./system_reason.ts";

/** Gives a temporary file its name, unless the name is taken. */
export function nameNew(temporary: string, name: string): boolean {
  try {
    Deno.linkSync(temporary, name);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return renameNew(temporary, name);
  }
}

/**
 * Like `nameNew()`, for file systems without hard links, such as exFAT and many network mounts.
 *
 * The name is checked first. If another process takes it in between, this record replaces one of the
 * same run; both are whole. If the link failed for another reason, such as a full disk, the rename
 * fails too or succeeds.
 */
function renameNew(temporary: string, name: string): boolean {
  if (lookAt(name)) return false;
  Deno.renameSync(temporary, name);
  return true;
}

/** Renames what is at a path, be it a link; returns false if nothing is. */
export async function renameIfThere(path: string, name: string): Promise<boolean> {
  try {
    await Deno.rename(path, name);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Renames a file or a folder, unless something has the name; returns whether it did. */
export async function renameIfFree(path: string, name: string): Promise<boolean> {
  if (lookAt(name)) return false;
  await Deno.rename(path, name);
  return true;
}
