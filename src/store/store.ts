import { asUserError } from "../files/as_user_error.ts";
import { lookAt } from "../files/facts.ts";
import { FileClaim, isClaim } from "../files/file_claim.ts";
import { makeFolder, namesIn } from "../files/folders.ts";
import { nameNew, renameIfThere } from "../files/name_file.ts";
import {
  removeIfThere,
  temporaryPath,
  writeFileAtomically,
  writeSynced,
  writeSyncedInFolder,
} from "../files/write_file.ts";
import { oneLine } from "../one_line.ts";
import type { RunResult } from "../trainers/run_result.ts";
import { UserError } from "../user_error.ts";
import { mergeResults, withTimeOf } from "./_merge_results.ts";
import { type PackedFile, Packs } from "./_packs.ts";
import { recordBytes, sumOf } from "./_record_bytes.ts";
import { decodeRecord, encodeRecord } from "./_record_file.ts";
import { type RecordShape, RUN_SHAPE, type Scored, testShape } from "./_record_shapes.ts";
import { NondeterminismError } from "./nondeterminism_error.ts";
import type { RunRecord, StoredResult, StoredTest } from "./run_record.ts";

/** Number of records to read at a time. */
const CONCURRENT_READS = 32;
const KEYS_AT_A_TIME = 1000;
const FOLDER = /^[0-9a-f]{2}$/;
const FILE = /^[0-9a-f]{62}\.json$/;
/** Of a run, or of a process that uses the store. */
const CLAIM = /^([0-9a-f]{64}|use-[0-9a-f-]{36})\.claim$/;

/** The keys to list, such as a `Set` of them. */
interface KeyFilter {
  has(key: string): boolean;
}

export interface StoreOptions {
  /** Called with a message for the user for each damaged record. */
  onProblem(message: string): void;
  /** If true, damaged records stay where they are, and `put()` must not be called. */
  readOnly?: boolean;
}

/**
 * Records of finished runs in a folder, each in a file named by its key, `ab/cdef….json`, or together
 * with others in a pack, `packs/0123….pack`.
 *
 * Several processes can use a folder at once, and files copied from another store are valid records.
 * A file with a record's name is always complete. A record never changes, except that measures can
 * be added.
 */
export class Store<Result extends StoredResult = RunResult> {
  readonly #folder: string;
  readonly #options: StoreOptions;
  readonly #shape: RecordShape<Result>;
  readonly #packs: Packs<Result>;
  /** Keys of runs whose records differ, which has been reported. */
  readonly #differing = new Set<string>();

  private constructor(folder: string, options: StoreOptions, shape: RecordShape<Result>) {
    this.#folder = folder;
    this.#options = options;
    this.#shape = shape;
    this.#packs = new Packs(`${folder}/packs`, { ...options, shape });
  }

  /**
   * Opens a store of runs' results. Unless it is `readOnly`, creates its folder and tries to write
   * there, so that a sweep fails on a full disk before its first run.
   *
   * @throws {UserError} If the folder cannot be written; the exit code is 1.
   */
  static async open(folder: string, options: StoreOptions): Promise<Store> {
    return await new Store(folder, options, RUN_SHAPE).#begin();
  }

  /** Like `open()`, for a store of runs' scores on the test rows of a dataset; of any if not given. */
  static async openTests(
    folder: string,
    scored: Scored | undefined,
    options: StoreOptions,
  ): Promise<Store<StoredTest>> {
    return await new Store(folder, options, testShape(scored)).#begin();
  }

  async #begin(): Promise<this> {
    if (!this.#options.readOnly) {
      await this.#tryWriting();
      await this.#releaseDeadClaims();
      await this.#guard("read", () => this.#packs.refresh());
    }
    return this;
  }

  /**
   * Keys that have a record, found by file names and the indexes of packs alone: damaged records count.
   *
   * @param wanted If given, keys that it does not have are left out.
   */
  async keys(wanted?: KeyFilter): Promise<Set<string>> {
    const keys = new Set<string>();
    for await (const listed of this.listKeys(wanted)) for (const key of listed) keys.add(key);
    return keys;
  }

  /** Like `keys()`, some at a time: few enough to read, and in the order that is fastest to read. */
  async *listKeys(wanted: KeyFilter = { has: () => true }): AsyncGenerator<readonly string[]> {
    await this.#guard("read", () => this.#packs.refresh());
    let keys: string[] = [];
    for (const key of this.#packs.keys()) {
      if (wanted.has(key)) keys.push(key);
      if (keys.length < KEYS_AT_A_TIME) continue;
      yield keys;
      keys = [];
    }
    if (keys.length > 0) yield keys;
    for (const folder of await this.#guard("read", () => this.#folders())) {
      const names = await this.#guard("read", () => namesIn(`${this.#folder}/${folder}`));
      const loose = names.filter((name) => FILE.test(name))
        .map((name) => folder + name.slice(0, -".json".length))
        .filter((key) => wanted.has(key));
      for (let first = 0; first < loose.length; first += KEYS_AT_A_TIME) {
        yield loose.slice(first, first + KEYS_AT_A_TIME);
      }
    }
  }

  /**
   * Reads the record of a key, if there is one.
   *
   * A record that is incomplete, altered, of a wrong shape, belongs to another key or is not a file
   * is reported to `onProblem` and renamed to end with `.damaged`; then the key has no record.
   *
   * @throws {UserError} If the folder cannot be read; the exit code is 1.
   */
  async get(key: string): Promise<RunRecord<Result> | undefined> {
    return (await this.getMany([key]))[0];
  }

  /** Reads the records of many keys with `get()`; returns them in the order of the keys. */
  async getMany(keys: readonly string[]): Promise<(RunRecord<Result> | undefined)[]> {
    return await this.#guard("read", async () => {
      await this.#packs.refresh();
      const records = await this.#readMany(keys);
      const missing = keys.flatMap((_, index) => records[index] ? [] : [index]);
      // Another process may have packed a record after the packs were read and before its file was.
      if (missing.length === 0 || !await this.#packs.refresh()) return records;
      const found = await this.#readMany(missing.map((index) => keys[index]));
      missing.forEach((index, place) => records[index] = found[place]);
      return records;
    });
  }

  /**
   * Reports a record that cannot be used, and renames it like a damaged one.
   *
   * @param reason Follows `Cannot use record …:`.
   * @throws {UserError} If it cannot be renamed; the exit code is 1.
   */
  async reject(key: string, reason: string): Promise<void> {
    await this.#guard("write to", async () => {
      await this.#moveAside(key, reason);
      await this.#packs.reject(key, reason);
    });
  }

  /**
   * Stores a record; when this returns, its bytes have reached the disk.
   *
   * That costs one `fdatasync`, under a millisecond on most SSDs. Several puts can run at a time.
   *
   * If the key already has a record with the same result, adds the measures that it lacks.
   *
   * @throws {NondeterminismError} If the key has a record with another result, which is kept.
   * @throws {UserError} If the record cannot be written; the exit code is 1.
   */
  async put(record: RunRecord<Result>): Promise<void> {
    const path = this.#path(record.key);
    const temporary = temporaryPath(path);
    await this.#guard("write to", async () => {
      try {
        const packed = this.#packs.has(record.key) ? await this.get(record.key) : undefined;
        if (packed && !this.#enriched(packed, record)) return;
        await writeSyncedInFolder(temporary, encodeRecord(record));
        if (nameNew(temporary, path)) return;
        const known = await this.get(record.key);
        // `get()` renames a damaged record, which makes room for this one.
        if (known) await this.#enrich(known, record);
        else if (!nameNew(temporary, path)) {
          throw new UserError(`Cannot write ${path}: another process writes it too`, 1);
        }
      } finally {
        removeIfThere(temporary);
      }
    });
  }

  /**
   * Claims a run for this process, until the claim is released or the process ends.
   *
   * Returns `stored` if the run already has a record, and `taken` if another process has the claim.
   *
   * @param enriches True if an existing record lacks measures, so that the run is claimed anyway.
   */
  claim(key: string, enriches = false): FileClaim | "stored" | "taken" {
    const path = `${this.#claims}/${key}.claim`;
    const claim = this.#hasOwnClaims() ? FileClaim.take(path) : FileClaim.unlocked(path);
    if (!claim) return "taken";
    // Other processes write the record before they release the claim, so check for it after claiming.
    if (enriches || !this.#packs.has(key) && !lookAt(this.#path(key))) return claim;
    claim.release();
    return "stored";
  }

  /**
   * Moves records from files of their own into a pack. The files are removed last: if this is
   * interrupted, every record is still in its file, in the pack or in both. A file that another
   * process has added measures to meanwhile stays.
   *
   * @throws {UserError} If the pack cannot be written; the exit code is 1.
   */
  async pack(keys: readonly string[]): Promise<void> {
    const left = keys.values();
    const sums = new Map<string, string>();
    const files = this.#filesOf(left, (key, sum) => sums.set(key, sum));
    await this.#guard("write to", async () => {
      for (;;) {
        const packed = await this.#packs.write(files);
        if (!packed) break;
        for (const key of packed.keys) await this.#removePacked(key, sums.get(key));
      }
      await this.#packs.refresh();
    });
  }

  /** Removes a record's own file if its content still has the checksum of what was packed. */
  async #removePacked(key: string, sum: string | undefined): Promise<void> {
    const path = this.#path(key);
    const aside = temporaryPath(path);
    // Another process can replace the file at any time, but not one with another name.
    if (!await renameIfThere(path, aside)) return;
    try {
      const bytes = await recordBytes(aside);
      if (bytes instanceof Uint8Array && sumOf(bytes) === sum || nameNew(aside, path)) return;
      // By now there is another file, without what this one has.
      const record = bytes instanceof Uint8Array ? decodeRecord(bytes, key, this.#shape) : "";
      if (typeof record !== "string") await this.put(record);
    } finally {
      removeIfThere(aside);
    }
  }

  /**
   * The records' own files, except those that are missing or damaged. Unlike a generator, it goes on
   * after a loop over it has ended: with the next pack.
   */
  #filesOf(
    keys: Iterator<string>,
    onFile: (key: string, sum: string) => void,
  ): AsyncIterable<PackedFile> {
    const next = async (): Promise<IteratorResult<PackedFile>> => {
      for (let step = keys.next(); !step.done; step = keys.next()) {
        const bytes = await recordBytes(this.#path(step.value));
        const isValid = bytes instanceof Uint8Array &&
          typeof decodeRecord(bytes, step.value, this.#shape) !== "string";
        if (!isValid) continue;
        onFile(step.value, sumOf(bytes));
        return { done: false, value: { key: step.value, bytes } };
      }
      return { done: true, value: undefined };
    };
    return { [Symbol.asyncIterator]: () => ({ next }) };
  }

  /** Adds to a known record the measures that only another record of the same run has. */
  async #enrich(known: RunRecord<Result>, record: RunRecord<Result>): Promise<void> {
    const enriched = this.#enriched(known, record);
    if (enriched) await writeFileAtomically(this.#path(known.key), encodeRecord(enriched));
  }

  /**
   * A known record with the measures that only another record of the same run has; undefined if there
   * are none.
   *
   * @throws {NondeterminismError} If the two differ in more.
   */
  #enriched(
    known: RunRecord<Result>,
    { key, identity, result }: RunRecord<Result>,
  ): RunRecord<Result> | undefined {
    const merged = mergeResults(known.result, withTimeOf(known.result, result));
    if (!merged) throw new NondeterminismError(key, known.result, result);
    return merged.isRicher ? { key, identity, result: merged.result } : undefined;
  }

  /** Reads records in files of their own and in packs that are known. */
  async #readMany(keys: readonly string[]): Promise<(RunRecord<Result> | undefined)[]> {
    const packed = await this.#packs.read(keys);
    const folders = new Set(await this.#folders());
    const records = new Array<RunRecord<Result> | undefined>(keys.length);
    let next = 0;
    const readOn = async () => {
      while (next < keys.length) {
        const index = next++;
        const key = keys[index];
        const own = packed[index];
        // Looking for a file takes longer than reading a record from a pack.
        const isAlone = own.length > 0 &&
          !(folders.has(key.slice(0, 2)) && lookAt(this.#path(key)));
        const loose = isAlone ? undefined : await this.#readLoose(key);
        const found = loose ? [loose, ...own] : own;
        records[index] = found.length > 1 ? this.#merged(found) : found[0];
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_READS }, readOn));
    return records;
  }

  /** Merges the records of one run. If they differ, keeps the first and reports the difference. */
  #merged(records: readonly RunRecord<Result>[]): RunRecord<Result> {
    return records.reduce((known, record) => {
      try {
        return this.#enriched(known, record) ?? known;
      } catch (error) {
        if (!(error instanceof NondeterminismError)) throw error;
        if (!this.#differing.has(error.key)) this.#options.onProblem(error.message);
        this.#differing.add(error.key);
        return known;
      }
    });
  }

  /** Reads the record in a key's own file, if there is one; moves a damaged one aside. */
  async #readLoose(key: string): Promise<RunRecord<Result> | undefined> {
    const bytes = await recordBytes(this.#path(key));
    if (bytes === undefined) return undefined;
    const record = typeof bytes === "string" ? bytes : decodeRecord(bytes, key, this.#shape);
    if (typeof record !== "string") return record;
    await this.#moveAside(key, record);
    return undefined;
  }

  async #moveAside(key: string, reason: string): Promise<void> {
    const path = this.#path(key);
    let moved = "";
    if (!this.#options.readOnly) {
      const aside = `${path}.${crypto.randomUUID()}.damaged`;
      // Another reader can have renamed it first.
      if (!await renameIfThere(path, aside)) return;
      moved = `; moved it to ${aside}, and its run must be trained again`;
    }
    this.#options.onProblem(oneLine(`Cannot use record ${path}: ${reason}${moved}`));
  }

  async #tryWriting(): Promise<void> {
    const probe = temporaryPath(`${this.#folder}/probe`);
    await this.#guard("write to", async () => {
      await makeFolder(this.#folder);
      try {
        await writeSynced(probe, new Uint8Array(1));
      } finally {
        removeIfThere(probe);
      }
    });
  }

  /** Removes the claims of processes that were killed. */
  async #releaseDeadClaims(): Promise<void> {
    await this.#guard("read", async () => {
      if (!this.#hasOwnClaims()) return;
      for (const name of await namesIn(this.#claims)) {
        const path = `${this.#claims}/${name}`;
        const file = CLAIM.test(name) ? lookAt(path) : undefined;
        if (file && isClaim(file)) FileClaim.take(path)?.release();
      }
    });
  }

  /** False if the folder of claims is a link: the folder that it leads to is not the store's. */
  #hasOwnClaims(): boolean {
    return lookAt(this.#claims)?.isDirectory ?? true;
  }

  /** The names of the folders with the records' own files. */
  async #folders(): Promise<string[]> {
    return (await namesIn(this.#folder)).filter((name) => FOLDER.test(name));
  }

  get #claims(): string {
    return `${this.#folder}/claims`;
  }

  #path(key: string): string {
    return `${this.#folder}/${key.slice(0, 2)}/${key.slice(2)}.json`;
  }

  /** Does work on files; turns errors of the system into a `UserError`. */
  async #guard<T>(verb: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asUserError(error, `Cannot ${verb} ${this.#folder}`, 1);
    }
  }
}
