import { hash } from "node:crypto";
import type { FileWriter } from "../files/file_writer.ts";
import type { PartReader } from "../files/part_reader.ts";

/**
 * A pack has the files of many records, a line each; then an index with an entry per record; then a
 * foot, which has the index's checksum:
 *
 *     record file … record file | entry … entry | number of entries (4 bytes), SHA-256 of the entries, MAGIC
 *
 * An entry is the key (32 bytes), the place of the record's first byte (8) and its length (4). Numbers
 * are little-endian.
 */
const ENTRY_BYTES = 44;
const KEY_BYTES = 32;
const MAGIC = new TextEncoder().encode("regsweep1\n");
const FOOT_BYTES = 4 + 32 + MAGIC.length;
/** Limits how much memory an index can take, whoever made it. */
const MOST_ENTRIES = 2 ** 21;
const PIECE_BYTES = 2 ** 20;

/** Where a record is in a pack. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** The entries of a pack. */
export class PackEntries {
  readonly count: number;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;

  /** @param bytes Entries as in the file. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.count = bytes.length / ENTRY_BYTES;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The key of an entry, in hex. */
  keyAt(entry: number): string {
    const start = entry * ENTRY_BYTES;
    return this.#bytes.subarray(start, start + KEY_BYTES).toHex();
  }

  /** A key's first bytes. A key is a SHA-256, so they serve as its hash. */
  startAt(entry: number): number {
    return this.#view.getUint32(entry * ENTRY_BYTES, true);
  }

  extentAt(entry: number): Extent {
    const start = entry * ENTRY_BYTES + KEY_BYTES;
    const [low, high] = [this.#view.getUint32(start, true), this.#view.getUint32(start + 4, true)];
    return { offset: high * 2 ** 32 + low, length: this.#view.getUint32(start + 8, true) };
  }

  /** The SHA-256 of the entries' bytes. */
  checksum(): Uint8Array {
    return Uint8Array.fromHex(hash("sha256", this.#bytes, "hex"));
  }

  /** Entries and foot, as they end a pack. */
  footed(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#bytes.length + FOOT_BYTES);
    bytes.set(this.#bytes);
    new DataView(bytes.buffer).setUint32(this.#bytes.length, this.count, true);
    bytes.set(this.checksum(), this.#bytes.length + 4);
    bytes.set(MAGIC, bytes.length - MAGIC.length);
    return bytes;
  }
}

/** The entry of a record. */
export function entryOf(key: string, { offset, length }: Extent): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(ENTRY_BYTES);
  bytes.set(Uint8Array.fromHex(key));
  const view = new DataView(bytes.buffer, KEY_BYTES);
  view.setUint32(0, offset % 2 ** 32, true);
  view.setUint32(4, Math.floor(offset / 2 ** 32), true);
  view.setUint32(8, length, true);
  return bytes;
}

/** Writes a pack: records, then their index. */
export class PackWriter {
  readonly #file: FileWriter;
  readonly #entries: Uint8Array<ArrayBuffer>[] = [];

  constructor(file: FileWriter) {
    this.#file = file;
  }

  get count(): number {
    return this.#entries.length;
  }

  get isFull(): boolean {
    return this.count === MOST_ENTRIES;
  }

  /** @param bytes As in the record's own file. */
  async add(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#entries.push(entryOf(key, { offset: this.#file.size, length: bytes.length }));
    await this.#file.write(bytes);
  }

  /** Ends the pack; when this returns, its bytes have reached the disk. Returns its file's name. */
  async end(): Promise<string> {
    await this.#file.write(entriesOf(this.#entries).footed());
    return `${await this.#file.end()}.pack`;
  }
}

/** Joins entries. */
export function entriesOf(entries: readonly Uint8Array<ArrayBuffer>[]): PackEntries {
  const bytes = new Uint8Array(entries.length * ENTRY_BYTES);
  entries.forEach((entry, index) => bytes.set(entry, index * ENTRY_BYTES));
  return new PackEntries(bytes);
}

/** Reads a pack's index; returns the reason if it is not valid. */
export async function readEntries(file: PartReader): Promise<PackEntries | string> {
  const foot = await file.read(Math.max(0, file.size - FOOT_BYTES), FOOT_BYTES);
  const isWhole = MAGIC.every((byte, index) => foot[4 + 32 + index] === byte);
  if (!isWhole) return "it is incomplete";
  const count = new DataView(foot.buffer).getUint32(0, true);
  const start = file.size - FOOT_BYTES - count * ENTRY_BYTES;
  if (count > MOST_ENTRIES || start < 0) return "its index is wrong";
  const entries = new PackEntries(await file.read(start, count * ENTRY_BYTES));
  const checksum = entries.checksum();
  if (entries.count !== count || checksum.some((byte, index) => byte !== foot[4 + index])) {
    return "the checksum of its index is wrong";
  }
  for (let entry = 0; entry < count; entry++) {
    const { offset, length } = entries.extentAt(entry);
    if (offset + length > start) return "its index is wrong";
  }
  return entries;
}

/** The lines of a pack: its records, and whatever else ends in a line feed. */
export async function* linesOf(
  file: PartReader,
  mostBytes: number,
): AsyncGenerator<{ extent: Extent; bytes: Uint8Array<ArrayBuffer> }> {
  let begin = 0;
  for (let place = 0; place < file.size;) {
    const piece = await file.read(place, PIECE_BYTES);
    if (piece.length === 0) return;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) {
      const extent = { offset: begin, length: place + at + 1 - begin };
      begin = place + at + 1;
      if (extent.length > mostBytes) continue;
      const isInPiece = extent.offset >= place;
      const start = extent.offset - place;
      const bytes = isInPiece
        ? piece.subarray(start, start + extent.length)
        : await file.read(extent.offset, extent.length);
      yield { extent, bytes };
    }
    place += piece.length;
  }
}
