import { dirname } from "node:path";
import { lookAt } from "./facts.ts";
import { systemReason } from "./system_reason.ts";

const RETRY_MILLISECONDS = 100;

/**
 * A name on disk that one process at a time can hold. It holds it until it releases it or exits,
 * even by a crash.
 *
 * The claim is a lock on an empty file, which `release()` removes. If the file system is full or
 * does not support locks, or if something else has the name, every process gets the claim.
 */
export class FileClaim implements Disposable {
  readonly #path: string;
  readonly #file: Deno.FsFile | undefined;

  private constructor(path: string, file: Deno.FsFile | undefined) {
    this.#path = path;
    this.#file = file;
  }

  /** Takes a claim; returns `undefined` if another process holds it. */
  static take(path: string): FileClaim | undefined {
    // A link, a pipe or a device is not opened, and what somebody wrote is not removed.
    const there = lookAt(path);
    if (there && !isClaim(there)) return FileClaim.unlocked(path);
    let file: Deno.FsFile | undefined;
    try {
      file = openOrCreate(path);
      // If the file was removed after this process opened it, others would lock a new one.
      if (file.tryLockSync(true) && isAt(path, file)) return new FileClaim(path, file);
      file.close();
      return undefined;
    } catch (error) {
      file?.close();
      if (systemReason(error) === undefined) throw error;
      return FileClaim.unlocked(path);
    }
  }

  /** A claim that every process gets. */
  static unlocked(path: string): FileClaim {
    return new FileClaim(path, undefined);
  }

  /**
   * Waits until no other process holds the claim, then takes it.
   *
   * @throws The signal's reason, if it aborts first.
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
      // A file that cannot be removed does no harm: only the lock counts.
      if (systemReason(error) === undefined) throw error;
    }
    this.#file.close();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

/** Whether something on disk can be the file of a claim. */
export function isClaim({ isFile, size }: Deno.FileInfo): boolean {
  return isFile && size === 0;
}

/** Opens a file; creates it and its folder if they are missing. */
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
  const [named, opened] = [lookAt(path), file.statSync()];
  return named?.ino === opened.ino && named.dev === opened.dev;
}
