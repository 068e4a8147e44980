import { systemReason } from "./system_reason.ts";
import { removeIfThere } from "./write_file.ts";

/** A file that grows while something runs. */
export class LogFile implements Disposable {
  readonly #file: Deno.FsFile;

  private constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  /**
   * Opens the file.
   *
   * @param isNew Whether it takes the place of what has its name, or goes on with it.
   * @throws {Error} If the system refuses; `systemReason()` knows why.
   */
  static async open(path: string, isNew: boolean): Promise<LogFile> {
    // Not opened if it is there: a link would lead elsewhere.
    if (isNew) removeIfThere(path);
    return new LogFile(await Deno.open(path, { append: true, createNew: isNew }));
  }

  /** Whether anything is in it. */
  get hasText(): boolean {
    return this.#file.statSync().size > 0;
  }

  /** Adds bytes; returns what the system says if it refuses. */
  add(bytes: Uint8Array): string | undefined {
    try {
      for (let written = 0; written < bytes.length;) {
        written += this.#file.writeSync(bytes.subarray(written));
      }
      return undefined;
    } catch (error) {
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      return reason;
    }
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
