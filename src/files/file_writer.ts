import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { systemReason } from "./system_reason.ts";
import { removeIfThere, temporaryPath } from "./write_file.ts";

/** Bytes are gathered, since each call of the system takes microseconds. */
const BUFFER_BYTES = 2 ** 18;

/**
 * A file that is written piece by piece, under a temporary name until it is whole. What is not given
 * a name in the end is removed; a killed process leaves the temporary file behind.
 */
export class FileWriter implements Disposable {
  readonly #temporary: string;
  readonly #file: Deno.FsFile;
  readonly #hash = createHash("sha256");
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #gathered = 0;
  #isClosed = false;
  #isNamed = false;
  /** How many bytes have been written. */
  size = 0;

  private constructor(temporary: string, file: Deno.FsFile) {
    this.#temporary = temporary;
    this.#file = file;
  }

  /**
   * Begins a file that will have a name beside this path, or this path itself.
   *
   * @throws {Error} If the system refuses; `systemReason()` knows why.
   */
  static async create(path: string): Promise<FileWriter> {
    const temporary = temporaryPath(path);
    return new FileWriter(temporary, await Deno.open(temporary, { write: true, createNew: true }));
  }

  /** @throws {Error} If the system refuses. */
  async write(piece: string | Uint8Array<ArrayBuffer>): Promise<void> {
    const bytes = typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
    this.size += bytes.length;
    if (this.#gathered + bytes.length > BUFFER_BYTES) await this.#flush();
    if (bytes.length > BUFFER_BYTES) return await this.#writeNow(bytes);
    this.#buffer.set(bytes, this.#gathered);
    this.#gathered += bytes.length;
  }

  /**
   * Ends the file: returns when its bytes have reached the disk.
   *
   * @returns The SHA-256 of all that was written, in lower-case hex.
   * @throws {Error} If the system refuses.
   */
  async end(): Promise<string> {
    await this.#flush();
    await this.#file.syncData();
    this.#file.close();
    this.#isClosed = true;
    return this.#hash.digest("hex");
  }

  /**
   * Gives the file its name, in place of what has it; when this returns, the name has reached the disk.
   *
   * @throws {Error} If the system refuses.
   */
  async name(path: string): Promise<void> {
    await Deno.rename(this.#temporary, path);
    this.#isNamed = true;
    await syncFolder(dirname(path));
  }

  /**
   * Like `name()`, without waiting: the name has reached the disk after `syncFolder()`.
   *
   * @throws {Error} If the system refuses.
   */
  nameNow(path: string): void {
    Deno.renameSync(this.#temporary, path);
    this.#isNamed = true;
  }

  [Symbol.dispose](): void {
    if (!this.#isClosed) this.#file.close();
    if (!this.#isNamed) removeIfThere(this.#temporary);
  }

  async #flush(): Promise<void> {
    const gathered = this.#buffer.subarray(0, this.#gathered);
    this.#gathered = 0;
    await this.#writeNow(gathered);
  }

  async #writeNow(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    for (let written = 0; written < bytes.length;) {
      written += await this.#file.write(bytes.subarray(written));
    }
  }
}

/** Brings the names in a folder to the disk, where the system can open folders. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    using opened = await Deno.open(folder);
    await opened.sync();
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
  }
}
