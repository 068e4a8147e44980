import { dirname } from "node:path";
import { asUserError } from "./as_user_error.ts";
import { makeFolder } from "./folders.ts";
import { systemReason } from "./system_reason.ts";

/** So many bytes are written without waiting: another thread would take longer to wake. */
const SMALL_BYTES = 2 ** 16;
/** The same for what need not reach the disk: a copy in memory takes less. */
const MEMORY_BYTES = 2 ** 20;
/** Permissions of a program, which the user's mask reduces as it does those of other files. */
const EXECUTABLE = 0o777;

/**
 * Writes a file so that it has either the old or the new content, even after a power failure.
 *
 * Writes to a temporary file beside it first; a killed process leaves that file behind. The package
 * write-file-atomic does the same, but the store also needs the individual steps: it links a synced
 * file to its name, so that it never replaces a file.
 *
 * @param isExecutable Whether it can be started as a program.
 * @throws {UserError} If the file cannot be written; it keeps its old content. The exit code is 1.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
  isExecutable = false,
): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await writeSynced(temporary, bytes, isExecutable ? EXECUTABLE : undefined);
    await Deno.rename(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw asUserError(error, `Cannot write ${path}`, 1);
  }
}

/** A name in the same folder that no other process writes to. */
export function temporaryPath(path: string): string {
  return `${path}.${crypto.randomUUID()}.tmp`;
}

/** Writes a new file and returns when its bytes have reached the disk. */
export async function writeSynced(path: string, bytes: Uint8Array, mode?: number): Promise<void> {
  using file = Deno.openSync(path, { write: true, createNew: true, mode });
  await writeAll(file, bytes, SMALL_BYTES);
  await file.syncData();
}

/**
 * Writes a file that is easily made again, whole unless the power fails: it has either the old or the
 * new content.
 *
 * @throws {FileError} If something else has the name of its folder, or of one that this lies in.
 * @throws {Error} If the system refuses; `systemReason()` knows why.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await inFolder(path, async () => {
      using file = Deno.openSync(temporary, { write: true, createNew: true });
      await writeAll(file, bytes, MEMORY_BYTES);
    });
    Deno.renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw error;
  }
}

/** @param atOnce So many bytes are written without waiting. */
async function writeAll(file: Deno.FsFile, bytes: Uint8Array, atOnce: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const rest = bytes.subarray(written);
    written += bytes.length <= atOnce ? file.writeSync(rest) : await file.write(rest);
  }
}

/**
 * Like `writeSynced()`; makes the file's folder if that is missing.
 *
 * @throws {FileError} If something else has the name of that folder, or of one that it lies in.
 */
export async function writeSyncedInFolder(path: string, bytes: Uint8Array): Promise<void> {
  await inFolder(path, () => writeSynced(path, bytes));
}

/** Makes the folder of a path if writing there fails because it is missing. */
async function inFolder(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (!(error instanceof NotFound || error instanceof NotADirectory)) throw error;
    await makeFolder(dirname(path));
    await write();
  }
}

/** Removes a file, and returns whether it is gone; false if it cannot be removed. */
export function removeIfThere(path: string): boolean {
  try {
    Deno.removeSync(path);
    return true;
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
    return error instanceof Deno.errors.NotFound;
  }
}
