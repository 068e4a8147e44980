import { FileError } from "../files/file_error.ts";
import { FileWriter } from "../files/file_writer.ts";
import { makeFolder, namesIn } from "../files/folders.ts";
import { renameIfThere } from "../files/name_file.ts";
import { PartReader } from "../files/part_reader.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { countOf } from "../format_number.ts";
import { oneLine } from "../one_line.ts";
import { entriesOf, entryOf, linesOf, PackEntries, PackWriter, readEntries } from "./_pack_file.ts";
import { PackIndex, type Place } from "./_pack_index.ts";
import { decodeRecord } from "./_record_file.ts";
import type { RecordShape } from "./_record_shapes.ts";
import type { RunRecord, StoredResult } from "./run_record.ts";

const PACK = /^[0-9a-f]{64}\.pack$/;
/** Adjacent records are read at once, up to this many bytes. */
const MOST_BYTES_AT_ONCE = 2 ** 22;

export interface PacksOptions<Result extends StoredResult> {
  readonly shape: RecordShape<Result>;
  readonly onProblem: (message: string) => void;
  /** True: damaged packs are not moved. */
  readonly readOnly?: boolean;
}

/** A record's file, to be put into a pack. */
export interface PackedFile {
  readonly key: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * A folder of packs: files of many records each, named by the SHA-256 of their content. Packs never
 * change, and those copied from another store are as good.
 */
export class Packs<Result extends StoredResult> {
  readonly #folder: string;
  readonly #options: PacksOptions<Result>;
  /** By file name. */
  #packs = new Map<string, PackEntries>();
  #index = new PackIndex();

  constructor(folder: string, options: PacksOptions<Result>) {
    this.#folder = folder;
    this.#options = options;
  }

  /** Adds packs that are new and drops those that are gone; returns whether there were any. */
  async refresh(): Promise<boolean> {
    const names = new Set((await namesIn(this.#folder)).filter((name) => PACK.test(name)));
    const come = [...names].filter((name) => !this.#packs.has(name));
    const gone = [...this.#packs.keys()].filter((name) => !names.has(name));
    if (come.length === 0 && gone.length === 0) return false;
    for (const name of gone) this.#packs.delete(name);
    let isMended = false;
    for (const name of come.sort()) {
      const entries = await this.#entriesOf(name);
      if (entries instanceof PackEntries) this.#packs.set(name, entries);
      else if (entries !== undefined) {
        await this.#mend(name, entries);
        isMended = true;
      }
    }
    this.#index = new PackIndex(this.#packs);
    // The readable records of a damaged pack are in a new one.
    if (isMended) await this.refresh();
    return true;
  }

  async #entriesOf(pack: string): Promise<PackEntries | string | undefined> {
    const opened = await this.#open(pack);
    if (!(opened instanceof PartReader)) return opened;
    using file = opened;
    return await readEntries(file);
  }

  /** Whether a known pack has a record of a key. */
  has(key: string): boolean {
    return this.#index.has(key);
  }

  /** Keys of all records in known packs, in the order that is fastest to read. */
  keys(): Iterable<string> {
    return this.#index.keys();
  }

  /** Reads the records of keys. A key can have several, in different packs, which come by pack name. */
  async read(keys: readonly string[]): Promise<RunRecord<Result>[][]> {
    const records = keys.map((): RunRecord<Result>[] => []);
    let left = keys.map((_, index) => index);
    while (left.length > 0) {
      const wanted = left.flatMap((index) =>
        this.#index.placesOf(keys[index]).map((place) => ({ index, key: keys[index], place }))
      );
      const again = new Set<number>();
      for (const [pack, its] of Map.groupBy(wanted, ({ place }) => place.pack)) {
        const problem = await this.#readFrom(pack, its, (index, record) => {
          records[index].push(record);
        });
        if (problem === undefined) continue;
        if (problem !== "gone") await this.#mend(pack, problem);
        for (const { index } of its) again.add(index);
      }
      // A pack that is gone was moved aside, and its readable records may be in another.
      if (again.size > 0) await this.refresh();
      left = [...again];
      for (const index of left) records[index] = [];
    }
    return records;
  }

  /** Reads records of one pack; returns what is wrong with it, if anything. */
  async #readFrom(
    pack: string,
    wanted: readonly { readonly index: number; readonly key: string; readonly place: Place }[],
    onRecord: (index: number, record: RunRecord<Result>) => void,
  ): Promise<string | undefined> {
    const { shape } = this.#options;
    const sorted = wanted.toSorted((a, b) => a.place.offset - b.place.offset);
    const opened = await this.#open(pack);
    if (!(opened instanceof PartReader)) return opened ?? "gone";
    using file = opened;
    for (let first = 0, last = 0; first < sorted.length; first = last) {
      const start = sorted[first].place.offset;
      let end = start;
      for (; last < sorted.length; last++) {
        const { offset, length } = sorted[last].place;
        const isNext = offset <= end && offset + length - start <= MOST_BYTES_AT_ONCE;
        if (last > first && !isNext) break;
        end = Math.max(end, offset + length);
      }
      const bytes = await file.read(start, end - start);
      for (const { index, key, place: { offset, length } } of sorted.slice(first, last)) {
        const its = bytes.subarray(offset - start, offset - start + length);
        const record = decodeRecord(its, key, shape);
        if (typeof record === "string") return `of its record of run ${key}: ${record}`;
        onRecord(index, record);
      }
    }
    return undefined;
  }

  /**
   * Writes a pack of records.
   *
   * @param files Records that are valid.
   * @returns Its name and its keys, when its bytes have reached the disk; undefined if there are no
   * records.
   */
  async write(
    files: AsyncIterable<PackedFile>,
  ): Promise<{ readonly name: string; readonly keys: readonly string[] } | undefined> {
    await makeFolder(this.#folder);
    const keys: string[] = [];
    using file = await FileWriter.create(`${this.#folder}/new`);
    const pack = new PackWriter(file);
    for await (const { key, bytes } of files) {
      await pack.add(key, bytes);
      keys.push(key);
      if (pack.isFull) break;
    }
    if (keys.length === 0) return undefined;
    const name = await pack.end();
    await file.name(`${this.#folder}/${name}`);
    return { name, keys };
  }

  /** Reports that a key's records cannot be used, and removes them from the packs that have them. */
  async reject(key: string, reason: string): Promise<void> {
    const packs = new Set(this.#index.placesOf(key).map(({ pack }) => pack));
    for (const pack of packs) await this.#mend(pack, `of its record of run ${key}: ${reason}`, key);
    if (packs.size > 0) await this.refresh();
  }

  /**
   * Salvages a damaged pack: writes its readable records to a new pack, and moves the damaged one
   * aside.
   *
   * @param without A key whose record is dropped.
   */
  async #mend(pack: string, reason: string, without?: string): Promise<void> {
    const path = `${this.#folder}/${pack}`;
    const good: Uint8Array<ArrayBuffer>[] = [];
    const files = this.#goodFiles(pack, without, (entry) => good.push(entry));
    let moved = "";
    if (this.#options.readOnly) {
      for await (const _ of files);
      this.#packs.set(pack, entriesOf(good));
      this.#index = new PackIndex(this.#packs);
    } else {
      const written = await this.write(files);
      this.#packs.delete(pack);
      // If only its index was damaged, the new pack has the same content, and so the same name.
      const isWhole = written?.name === pack;
      const aside = `${path}.${crypto.randomUUID()}.damaged`;
      // Another reader can have renamed it first.
      if (!isWhole && !await renameIfThere(path, aside)) return;
      moved = isWhole
        ? "; wrote it anew"
        : `; moved it to ${aside}, and the runs of other records must be trained again`;
    }
    const kept = `${countOf(good.length, "record")} of it can be read and ${
      good.length === 1 ? "is" : "are"
    } kept`;
    this.#options.onProblem(oneLine(`Cannot use pack ${path}: ${reason}; ${kept}${moved}`));
  }

  /** The valid records in a pack, found without its index. */
  async *#goodFiles(
    pack: string,
    without: string | undefined,
    onGood: (entry: Uint8Array<ArrayBuffer>) => void,
  ): AsyncGenerator<PackedFile> {
    const opened = await this.#open(pack);
    if (!(opened instanceof PartReader)) return;
    using file = opened;
    const seen = new Set<string>();
    for await (const { extent, bytes } of linesOf(file, SIZE_LIMITS.record)) {
      const record = decodeRecord(bytes, undefined, this.#options.shape);
      if (typeof record === "string" || record.key === without || seen.has(record.key)) continue;
      seen.add(record.key);
      onGood(entryOf(record.key, extent));
      yield { key: record.key, bytes };
    }
  }

  /** Opens a pack; returns the reason if it cannot be read, undefined if it is gone. */
  async #open(pack: string): Promise<PartReader | string | undefined> {
    try {
      return await PartReader.open(`${this.#folder}/${pack}`, { maxBytes: SIZE_LIMITS.pack });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      const isUnusable = error instanceof FileError ||
        error instanceof Deno.errors.PermissionDenied;
      if (!isUnusable) throw error;
      return systemReason(error);
    }
  }
}
