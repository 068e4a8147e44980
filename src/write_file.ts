import { systemReason } from "./system_reason.ts";
import { UserError } from "./user_error.ts";

/**
 * Writes a file so that its name has the old content or the new one, whenever the power fails.
 *
 * The content goes to a temporary file beside it first, which a killed process leaves behind. The
 * package write-file-atomic does that too, but the store also needs the steps on their own: it links
 * a synced file to its name, so as never to replace one.
 *
 * @throws {UserError} If it cannot be written; the old content stays, and the exit code is 1.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await writeSynced(
      temporary,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
    await Deno.rename(temporary, path);
  } catch (error) {
    await removeIfThere(temporary);
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot write ${path}: ${reason}`, 1);
  }
}

/** A name in the same folder that no other process writes to. */
export function temporaryPath(path: string): string {
  return `${path}.${crypto.randomUUID()}.tmp`;
}

/** Writes a new file and returns when its bytes have reached the disk. */
export async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
  await file.syncData();
}

/** Removes a file; one that is not there, or that the system keeps, is no matter. */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
  }
}
