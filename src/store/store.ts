import { FileClaim } from "../file_claim.ts";
import { systemReason } from "../system_reason.ts";
import type { RunResult } from "../trainers/run_result.ts";
import { UserError } from "../user_error.ts";
import { removeIfThere, temporaryPath, writeSynced } from "../write_file.ts";
import { mergeResults } from "./_merge_results.ts";
import { decodeRecord, encodeRecord } from "./_record_file.ts";
import { NondeterminismError } from "./nondeterminism_error.ts";
import type { RunRecord, StoredResult } from "./run_record.ts";

/** Records read at a time. */
const CONCURRENT_READS = 32;
const FOLDER = /^[0-9a-f]{2}$/;
const FILE = /^[0-9a-f]{62}\.json$/;

export interface StoreOptions {
  /** Called for each damaged record, with a message for the user. */
  onProblem(message: string): void;
  /** True: damaged records stay where they are, and nothing can be put. */
  readOnly?: boolean;
}

/**
 * Records of finished runs in a folder, each in a file named by its key: `ab/cdef….json`.
 *
 * Several processes may use a folder at once, and files copied from another store are records like
 * the others: what is under a record's name is whole. It never changes, but that measures are added.
 */
export class Store<Result extends StoredResult = RunResult> {
  readonly #folder: string;
  readonly #options: StoreOptions;

  private constructor(folder: string, options: StoreOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /**
   * Opens a store; unless it is `readOnly`, makes its folder and tries to write there, so that a
   * sweep learns of a full disk before its first run.
   *
   * @throws {UserError} If it cannot be written; the exit code is 1.
   */
  static async open<Result extends StoredResult = RunResult>(
    folder: string,
    options: StoreOptions,
  ): Promise<Store<Result>> {
    const store = new Store<Result>(folder, options);
    if (!options.readOnly) {
      await store.#tryWriting();
      await store.#releaseDeadClaims();
    }
    return store;
  }

  /** Keys that have a record, by their files' names alone: a damaged record counts. */
  async keys(): Promise<Set<string>> {
    const keys = new Set<string>();
    await this.#guard("read", async () => {
      for await (const folder of readFolder(this.#folder)) {
        if (!FOLDER.test(folder)) continue;
        for await (const file of readFolder(`${this.#folder}/${folder}`)) {
          if (FILE.test(file)) keys.add(folder + file.slice(0, -".json".length));
        }
      }
    });
    return keys;
  }

  /**
   * The record of a key, if there is one.
   *
   * A record that is torn, altered or another's is reported to `onProblem` and moved aside, to a
   * name that ends with `.damaged`; then there is none.
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

  /** The records of many keys, in their order, as `get()` gives them. */
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
   * Keeps a record; when this returns, its bytes have reached the disk.
   *
   * That costs one `fdatasync`, under a millisecond on most SSDs; several puts may run at a time.
   *
   * If the key has a record of the same result, measures that it lacks are added to it.
   *
   * @throws {NondeterminismError} If the key has a record with another result; that one stays.
   * @throws {UserError} If it cannot be written; the exit code is 1.
   */
  async put(record: RunRecord<Result>): Promise<void> {
    const path = this.#path(record.key);
    const temporary = temporaryPath(path);
    await this.#guard("write to", async () => {
      try {
        await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
        await writeSynced(temporary, await encodeRecord(record));
        if (await linkNew(temporary, path)) return;
        const known = await this.get(record.key);
        // A damaged record in the way is moved aside, once.
        if (!known) await Deno.link(temporary, path);
        else await this.#enrich(known, record);
      } finally {
        await removeIfThere(temporary);
      }
    });
  }

  /**
   * Claims a run for this process, until it is released or the process ends.
   *
   * Gives `stored` if the run has a record by now, and `taken` if another process has the claim.
   *
   * @param enriches True: a record that is there does not say enough.
   */
  claim(key: string, enriches = false): FileClaim | "stored" | "taken" {
    const claim = FileClaim.take(`${this.#claims}/${key}.claim`);
    if (!claim) return "taken";
    // Others release their claim when the record is there, hence in this order.
    if (enriches || !isThere(this.#path(key))) return claim;
    claim.release();
    return "stored";
  }

  /** Adds to a known record what another of the same run says beside it. */
  async #enrich(known: RunRecord<Result>, { key, result }: RunRecord<Result>): Promise<void> {
    // All but the time has to be equal whenever a run is done again.
    const untimed = { ...result, ...timeOf(known.result) };
    const merged = mergeResults(known.result, untimed);
    if (!merged) throw new NondeterminismError(key, known.result, result);
    if (!merged.isRicher) return;
    const temporary = temporaryPath(this.#path(key));
    try {
      await writeSynced(temporary, await encodeRecord({ ...known, result: merged.result }));
      await Deno.rename(temporary, this.#path(key));
    } finally {
      await removeIfThere(temporary);
    }
  }

  /** A record; or why there is no reading it. */
  async #read(key: string): Promise<RunRecord<Result> | string | undefined> {
    try {
      return await decodeRecord(await Deno.readFile(this.#path(key)), key);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      const isFilesFault = error instanceof Deno.errors.PermissionDenied ||
        error instanceof Deno.errors.IsADirectory;
      const reason = isFilesFault ? systemReason(error) : undefined;
      if (reason === undefined) throw error;
      return reason;
    }
  }

  async #moveAside(key: string, reason: string): Promise<void> {
    const path = this.#path(key);
    let moved = "";
    if (!this.#options.readOnly) {
      const aside = `${path}.${crypto.randomUUID()}.damaged`;
      // Another reader may have been faster.
      if (!await renameIfThere(path, aside)) return;
      moved = `; moved it to ${aside}, and its run counts as not done`;
    }
    this.#options.onProblem(`Cannot use record ${path}: ${reason}${moved}`);
  }

  async #tryWriting(): Promise<void> {
    const probe = temporaryPath(`${this.#folder}/probe`);
    await this.#guard("write to", async () => {
      await Deno.mkdir(this.#folder, { recursive: true });
      await writeSynced(probe, new Uint8Array(1));
      await Deno.remove(probe);
    });
  }

  /** Removes what processes that were killed have left. */
  async #releaseDeadClaims(): Promise<void> {
    await this.#guard("read", async () => {
      for await (const name of readFolder(this.#claims)) {
        FileClaim.take(`${this.#claims}/${name}`)?.release();
      }
    });
  }

  get #claims(): string {
    return `${this.#folder}/claims`;
  }

  #path(key: string): string {
    return `${this.#folder}/${key.slice(0, 2)}/${key.slice(2)}.json`;
  }

  /** Does work on files, and says what the system has against it. */
  async #guard<T>(verb: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      throw new UserError(`Cannot ${verb} ${this.#folder}: ${reason}`, 1);
    }
  }
}

function timeOf(result: StoredResult & { readonly trainSeconds?: number }) {
  const { trainSeconds } = result;
  return trainSeconds === undefined ? {} : { trainSeconds };
}

/** Gives a file one more name, unless the name is taken. */
async function linkNew(path: string, name: string): Promise<boolean> {
  try {
    await Deno.link(path, name);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    // Whatever else the system has against it, reading it will tell.
    if (systemReason(error) === undefined) throw error;
    return false;
  }
}

async function renameIfThere(path: string, name: string): Promise<boolean> {
  try {
    await Deno.rename(path, name);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Names in a folder; none if it is not there. */
async function* readFolder(path: string): AsyncGenerator<string> {
  try {
    for await (const { name } of Deno.readDir(path)) yield name;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
