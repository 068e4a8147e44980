import { dirname } from "node:path";
import { systemReason } from "./system_reason.ts";

const RETRY_MILLISECONDS = 100;

/**
 * A name on disk that one process at a time holds, until it releases it or ends, however it ends.
 *
 * It is a lock on an empty file, which is removed with the claim. Where the file system has no
 * locks, or no room for the file, every process that asks holds it.
 */
export class FileClaim {
  readonly #path: string;
  readonly #file: Deno.FsFile | undefined;

  private constructor(path: string, file: Deno.FsFile | undefined) {
    this.#path = path;
    this.#file = file;
  }

  /** Takes a claim; `undefined` if another has it. */
  static take(path: string): FileClaim | undefined {
    let file: Deno.FsFile | undefined;
    try {
      file = openOrCreate(path);
      // A file that was removed since it was opened is not what others would lock.
      if (file.tryLockSync(true) && isAt(path, file)) return new FileClaim(path, file);
      file.close();
      return undefined;
    } catch (error) {
      file?.close();
      if (systemReason(error) === undefined) throw error;
      return new FileClaim(path, undefined);
    }
  }

  /**
   * Takes a claim as soon as no other has it.
   *
   * @throws The signal's reason, if it aborts before.
   */
  static async wait(path: string, signal: AbortSignal): Promise<FileClaim> {
    for (;;) {
      signal.throwIfAborted();
      const claim = FileClaim.take(path);
      if (claim) return claim;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }

  release(): void {
    if (!this.#file) return;
    try {
      Deno.removeSync(this.#path);
    } catch (error) {
      // Where it cannot be removed, it is no obstacle: what counts is the lock.
      if (systemReason(error) === undefined) throw error;
    }
    this.#file.close();
  }
}

/** Opens a file, which is made if it is not there, and so is its folder. */
function openOrCreate(path: string): Deno.FsFile {
  const options = { write: true, create: true };
  try {
    return Deno.openSync(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    Deno.mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(path, options);
  }
}

function isAt(path: string, file: Deno.FsFile): boolean {
  try {
    const [named, opened] = [Deno.statSync(path), file.statSync()];
    return named.ino === opened.ino && named.dev === opened.dev;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}
