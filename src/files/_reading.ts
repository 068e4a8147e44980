import { tooLarge } from "./_check_facts.ts";

/** The content of a file as it is read, piece by piece, up to a limit. */
export class Reading {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  readonly #maxBytes: number;

  /** @param size The file's size according to the system, which can be wrong. */
  constructor(size: number, maxBytes: number) {
    // One byte more than the file has shows its end.
    this.#bytes = new Uint8Array(Math.min(size, maxBytes) + 1);
    this.#maxBytes = maxBytes;
  }

  /** Where the next piece belongs. */
  space(): Uint8Array {
    if (this.#length === this.#bytes.length) {
      const larger = Math.min(Math.max(2 * this.#length, 2 ** 16), this.#maxBytes + 1);
      const bytes = new Uint8Array(larger);
      bytes.set(this.#bytes);
      this.#bytes = bytes;
    }
    return this.#bytes.subarray(this.#length);
  }

  /**
   * Adds a piece of so many bytes, which is in `space()`; returns false at the end, which is null.
   *
   * @throws {FileError} If that is more than the limit.
   */
  add(count: number | null): boolean {
    this.#length += count ?? 0;
    if (this.#length > this.#maxBytes) throw tooLarge(this.#maxBytes);
    return count !== null;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}
