import { asUserError } from "../files/as_user_error.ts";
import { lookAt } from "../files/facts.ts";
import { FileClaim, isClaim } from "../files/file_claim.ts";
import { FileError } from "../files/file_error.ts";
import { makeFolder, namesIn } from "../files/folders.ts";
import { nameNew, renameIfThere } from "../files/name_file.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import {
  removeIfThere,
  temporaryPath,
  writeFileAtomically,
  writeSynced,
} from "../files/write_file.ts";
import { oneLine } from "../one_line.ts";
import type { RunResult } from "../trainers/run_result.ts";
import { UserError } from "../user_error.ts";
import { mergeResults } from "./_merge_results.ts";
import { decodeRecord, encodeRecord } from "./_record_file.ts";
import { type RecordShape, RUN_SHAPE, type Scored, testShape } from "./_record_shapes.ts";
import { NondeterminismError } from "./nondeterminism_error.ts";
import type { RunRecord, StoredResult, StoredTest } from "./run_record.ts";

/** Number of records to read at a time. */
const CONCURRENT_READS = 32;
const FOLDER = /^[0-9a-f]{2}$/;
const FILE = /^[0-9a-f]{62}\.json$/;
const CLAIM = /^[0-9a-f]{64}\.claim$/;

export interface StoreOptions {
  /** Called with a message for the user for each damaged record. */
  onProblem(message: string): void;
  /** If true, damaged records stay where they are, and `put()` must not be called. */
  readOnly?: boolean;
}

/**
 * Records of finished runs in a folder, each in a file named by its key: `ab/cdef….json`.
 *
 * Several processes can use a folder at once, and files copied from another store are valid records.
 * A file with a record's name is always complete. A record never changes, except that measures can
 * be added.
 */
export class Store<Result extends StoredResult = RunResult> {
  readonly #folder: string;
  readonly #options: StoreOptions;
  readonly #shape: RecordShape<Result>;

  private constructor(folder: string, options: StoreOptions, shape: RecordShape<Result>) {
    this.#folder = folder;
    this.#options = options;
    this.#shape = shape;
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

  /** Like `open()`, for a store of runs' scores on the test rows of a dataset. */
  static async openTests(
    folder: string,
    scored: Scored,
    options: StoreOptions,
  ): Promise<Store<StoredTest>> {
    return await new Store(folder, options, testShape(scored)).#begin();
  }

  async #begin(): Promise<this> {
    if (!this.#options.readOnly) {
      await this.#tryWriting();
      await this.#releaseDeadClaims();
    }
    return this;
  }

  /** Keys that have a record, judged by file names alone: damaged records count. */
  async keys(): Promise<Set<string>> {
    const keys = new Set<string>();
    await this.#guard("read", async () => {
      for (const folder of await namesIn(this.#folder)) {
        if (!FOLDER.test(folder)) continue;
        for (const file of await namesIn(`${this.#folder}/${folder}`)) {
          if (FILE.test(file)) keys.add(folder + file.slice(0, -".json".length));
        }
      }
    });
    return keys;
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
    return await this.#guard("read", async () => {
      const read = await this.#read(key);
      if (typeof read !== "string") return read;
      await this.#moveAside(key, read);
      return undefined;
    });
  }

  /**
   * Reports a record that cannot be used, and renames it like a damaged one.
   *
   * @param reason Follows `Cannot use record …:`.
   * @throws {UserError} If it cannot be renamed; the exit code is 1.
   */
  async reject(key: string, reason: string): Promise<void> {
    await this.#guard("write to", () => this.#moveAside(key, reason));
  }

  /** Reads the records of many keys with `get()`; returns them in the order of the keys. */
  async getMany(keys: readonly string[]): Promise<(RunRecord<Result> | undefined)[]> {
    const records = new Array<RunRecord<Result> | undefined>(keys.length);
    let next = 0;
    const readOn = async () => {
      while (next < keys.length) {
        const index = next++;
        records[index] = await this.get(keys[index]);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_READS }, readOn));
    return records;
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
        await makeFolder(path.slice(0, path.lastIndexOf("/")));
        await writeSynced(temporary, await encodeRecord(record));
        if (await nameNew(temporary, path)) return;
        const known = await this.get(record.key);
        // `get()` renames a damaged record, which makes room for this one.
        if (known) await this.#enrich(known, record);
        else if (!await nameNew(temporary, path)) {
          throw new UserError(`Cannot write ${path}: another process writes it too`, 1);
        }
      } finally {
        await removeIfThere(temporary);
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
    if (enriches || !lookAt(this.#path(key))) return claim;
    claim.release();
    return "stored";
  }

  /** Adds to a known record the measures that only another record of the same run has. */
  async #enrich(
    known: RunRecord<Result>,
    { key, identity, result }: RunRecord<Result>,
  ): Promise<void> {
    // When a run is repeated, everything except its time must be equal.
    const untimed = { ...result, ...timeOf(known.result) };
    const merged = mergeResults(known.result, untimed);
    if (!merged) throw new NondeterminismError(key, known.result, result);
    if (!merged.isRicher) return;
    await writeFileAtomically(
      this.#path(key),
      await encodeRecord({ key, identity, result: merged.result }),
    );
  }

  /** Reads a record; returns the reason if it cannot be read, `undefined` if there is no record. */
  async #read(key: string): Promise<RunRecord<Result> | string | undefined> {
    try {
      const bytes = await readFile(this.#path(key), { maxBytes: SIZE_LIMITS.record });
      return decodeRecord(bytes, key, this.#shape);
    } catch (error) {
      if (error instanceof FileError || error instanceof Deno.errors.PermissionDenied) {
        return systemReason(error);
      }
      const isMissing = error instanceof Deno.errors.NotFound;
      if (!isMissing && !(error instanceof Deno.errors.FilesystemLoop)) throw error;
      if (lookAt(this.#path(key))?.isSymlink) return "it is a symbolic link that leads nowhere";
      if (isMissing) return undefined;
      throw error;
    }
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
        await removeIfThere(probe);
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

function timeOf(result: StoredResult & { readonly trainSeconds?: number }) {
  const { trainSeconds } = result;
  return trainSeconds === undefined ? {} : { trainSeconds };
}
