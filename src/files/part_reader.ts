import { openFile, type ReadOptions } from "./read_file.ts";

/** A regular file that is read in parts. */
export class PartReader implements Disposable {
  readonly size: number;
  readonly #file: Deno.FsFile;

  private constructor(file: Deno.FsFile) {
    this.#file = file;
    this.size = file.statSync().size;
  }

  /**
   * Opens a file.
   *
   * @throws {FileError} As `readFile()` does.
   * @throws {Error} If the system refuses.
   */
  static async open(path: string, options: ReadOptions): Promise<PartReader> {
    return new PartReader(await openFile(path, options));
  }

  /** Reads so many bytes from a place on, fewer where the file ends. Not twice at a time. */
  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    await this.#file.seek(offset, Deno.SeekMode.Start);
    let filled = 0;
    while (filled < bytes.length) {
      const count = await this.#file.read(bytes.subarray(filled));
      if (count === null) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
