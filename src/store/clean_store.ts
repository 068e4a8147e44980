import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { lookAt, secondsSinceTouched } from "../files/facts.ts";
import { pathsIn } from "../files/folders.ts";
import { removeIfThere } from "../files/write_file.ts";
import { UserError } from "../user_error.ts";
import { isOldVersion } from "./_is_old_version.ts";
import { type RecordShape, RUN_SHAPE, testShape } from "./_record_shapes.ts";
import { rewritePack } from "./_rewrite_pack.ts";
import { type FoundDamage, type FoundRecord, scanRecords } from "./_scan_records.ts";
import type { DamagedFile } from "./damaged_file.ts";
import type { RunRecord, StoredResult } from "./run_record.ts";
import type { Removable } from "./removable.ts";
import { claimForCleaning } from "./store_use.ts";

export interface CleanOptions {
  readonly remove: readonly Removable[];
  /** What is not older stays; a record in a pack is as old as the pack. */
  readonly olderThanSeconds?: number;
  /** The keys of runs that are used, to tell which are `unused`. */
  readonly used?: ReadonlySet<string>;
  /** True: nothing is removed. */
  readonly dryRun?: boolean;
}

/** How much of a kind was removed. */
export interface RemovedFiles {
  /** The kind. */
  readonly what: "records" | "test scores" | "models" | "checkpoints" | "damaged files";
  /** How many records or files. */
  readonly count: number;
  /** Their size. */
  readonly bytes: number;
}

/** What was removed from a store, or would be. */
export interface StoreCleaning {
  /** The store's. */
  readonly folder: string;
  /** True if nothing was removed. */
  readonly dryRun: boolean;
  /** Only kinds of which there is something. */
  readonly removed: readonly RemovedFiles[];
  /** Files that could not be removed, and why. */
  readonly left: readonly DamagedFile[];
}

const OF_RECORDS = ["old-versions", "unused", "damaged"] as const;
const CANNOT_REMOVE = "it cannot be removed";
const MODEL = /^([0-9a-f]{2})\/([0-9a-f]{62})(\.selected)?\.safetensors$/;
const CHECKPOINT = /^[0-9a-f]{2}\/[0-9a-f]{62}\.\d{1,16}\.safetensors$/;

/**
 * Removes records, models and other files from a store that no sweep uses.
 *
 * The scores and the model of a record go with it. A pack of which records stay is written anew; the old
 * one goes last, so that an interruption loses nothing. Links are not followed.
 *
 * @throws {UserError} If there is no such store (the exit code is 2), a sweep uses it, or it cannot be
 * read or written (1).
 */
export async function cleanStore(folder: string, options: CleanOptions): Promise<StoreCleaning> {
  if (!lookAt(folder)) throw new UserError(`There is no store in ${folder}`, 2);
  using _claim = options.dryRun ? undefined : claimForCleaning(folder);
  try {
    return await new Cleaner(folder, options).clean();
  } catch (error) {
    throw asUserError(error, `Cannot clean up ${folder}`, 1);
  }
}

/** A record to be removed. */
interface Unwanted {
  readonly key: string;
  readonly path: string;
  readonly bytes: number;
}

class Cleaner {
  readonly #folder: string;
  readonly #options: CleanOptions;
  readonly #kinds: ReadonlySet<Removable>;
  readonly #removed = new Map<RemovedFiles["what"], RemovedFiles>();
  readonly #left: DamagedFile[] = [];
  /** The keys of records that were removed. */
  readonly #gone = new Set<string>();
  /** The datasets of runs that are used; undefined if a run needs none. */
  readonly #datasets = new Set<string | undefined>();

  constructor(folder: string, options: CleanOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#kinds = new Set(options.remove);
  }

  async clean(): Promise<StoreCleaning> {
    const testFolder = join(this.#folder, "test");
    const tests = lookAt(testFolder)?.isDirectory ? testFolder : undefined;
    if (this.#kinds.has("unused")) await this.#findDatasets();
    if (OF_RECORDS.some((kind) => this.#kinds.has(kind))) {
      await this.#cleanRecords(this.#folder, RUN_SHAPE, "records");
    }
    const isTouched = this.#kinds.has("test-scores") || this.#kinds.has("damaged") ||
      this.#gone.size > 0;
    if (tests !== undefined && isTouched) {
      await this.#cleanRecords(tests, testShape(), "test scores");
    }
    await this.#cleanFiles("models", MODEL, ([, start, rest]) => this.#gone.has(start + rest));
    await this.#cleanFiles("checkpoints", CHECKPOINT, () => false);
    return {
      folder: this.#folder,
      dryRun: this.#options.dryRun === true,
      removed: [...this.#removed.values()],
      left: this.#left,
    };
  }

  async #findDatasets(): Promise<void> {
    const { used = new Set() } = this.#options;
    for await (const found of scanRecords(this.#folder, RUN_SHAPE, { followsLinks: false })) {
      if (found.kind !== "record" || !used.has(found.record.key)) continue;
      this.#datasets.add(found.record.identity.dataset);
    }
  }

  async #cleanRecords<Result extends StoredResult>(
    folder: string,
    shape: RecordShape<Result>,
    what: "records" | "test scores",
  ): Promise<void> {
    // All is read before anything is removed: what is written anew would be read again.
    const loose: Unwanted[] = [];
    const packed = new Map<string, Unwanted[]>();
    const damage: FoundDamage[] = [];
    for await (const found of scanRecords(folder, shape, { followsLinks: false })) {
      if (found.kind !== "record") damage.push(found);
      else if (this.#isUnwanted(found, what)) {
        const { record: { key }, path, content } = found;
        const list = found.isPacked ? packed.get(path) ?? [] : loose;
        list.push({ key, path, bytes: content.length });
        if (found.isPacked) packed.set(path, list);
      }
    }
    for (const { key, path, bytes } of loose) {
      if (this.#remove(path)) this.#countRecord(what, key, bytes);
    }
    for (const found of damage) {
      if (found.kind !== "pack") {
        if (this.#isDamageUnwanted(found)) this.#removeDamaged(found);
        continue;
      }
      const unwanted = packed.get(found.path) ?? [];
      packed.delete(found.path);
      if (!await this.#cleanDamagedPack(found, shape, unwanted)) continue;
      for (const { key, bytes } of unwanted) this.#countRecord(what, key, bytes);
    }
    for (const [path, unwanted] of packed) {
      if (!await this.#rewrite(path, shape, unwanted)) continue;
      for (const { key, bytes } of unwanted) this.#countRecord(what, key, bytes);
    }
  }

  #isUnwanted(
    { record: { key, identity }, ageSeconds }: FoundRecord<StoredResult>,
    what: "records" | "test scores",
  ): boolean {
    if (what === "test scores" && this.#gone.has(key)) return true;
    if (!this.#isOldEnough(ageSeconds)) return false;
    if (what === "test scores") return this.#kinds.has("test-scores");
    if (this.#kinds.has("old-versions") && isOldVersion(identity)) return true;
    return this.#kinds.has("unused") && !this.#isUsed(key, identity);
  }

  #isUsed(key: string, { stopAt, dataset }: RunRecord["identity"]): boolean {
    // Results do not name the runs that successive halving has stopped.
    const { used } = this.#options;
    return used?.has(key) === true || stopAt !== undefined && this.#datasets.has(dataset);
  }

  #isDamageUnwanted({ ageSeconds }: FoundDamage): boolean {
    return this.#kinds.has("damaged") && this.#isOldEnough(ageSeconds);
  }

  #isOldEnough(ageSeconds: number): boolean {
    return ageSeconds > (this.#options.olderThanSeconds ?? -Infinity);
  }

  #removeDamaged({ kind, path, reason, bytes }: FoundDamage): void {
    if (kind === "obstacle") this.#left.push({ path, reason });
    else if (this.#remove(path)) this.#count("damaged files", bytes);
  }

  /**
   * Writes the records of a damaged pack to a new one, but for those that are unwanted; returns whether
   * the damaged one is gone.
   */
  async #cleanDamagedPack<Result extends StoredResult>(
    found: FoundDamage,
    shape: RecordShape<Result>,
    unwanted: readonly Unwanted[],
  ): Promise<boolean> {
    const { path, reason, bytes } = found;
    if (!this.#isDamageUnwanted(found)) {
      if (unwanted.length > 0) this.#left.push({ path, reason: `it is damaged: ${reason}` });
      return false;
    }
    if (!await this.#rewrite(path, shape, unwanted)) return false;
    this.#count("damaged files", bytes);
    return true;
  }

  async #rewrite<Result extends StoredResult>(
    path: string,
    shape: RecordShape<Result>,
    without: readonly Unwanted[],
  ): Promise<boolean> {
    if (this.#options.dryRun) return true;
    const keys = new Set(without.map(({ key }) => key));
    const isGone = await rewritePack(path, shape, (key) => !keys.has(key));
    if (!isGone) this.#left.push({ path, reason: CANNOT_REMOVE });
    return isGone;
  }

  async #cleanFiles(
    name: "models" | "checkpoints",
    pattern: RegExp,
    isUnwanted: (match: RegExpMatchArray) => boolean,
  ): Promise<void> {
    const folder = join(this.#folder, name);
    for (const path of await pathsIn(folder)) {
      const match = path.match(pattern);
      const facts = lookAt(join(folder, path));
      if (!match || !facts?.isFile) continue;
      const isAsked = this.#kinds.has(name) && this.#isOldEnough(secondsSinceTouched(facts));
      if (!isAsked && !isUnwanted(match)) continue;
      if (this.#remove(join(folder, path))) this.#count(name, facts.size);
    }
  }

  /** Removes what is at a path, be it a link; returns whether it is gone, or would be. */
  #remove(path: string): boolean {
    if (this.#options.dryRun || removeIfThere(path)) return true;
    this.#left.push({ path, reason: CANNOT_REMOVE });
    return false;
  }

  #countRecord(what: RemovedFiles["what"], key: string, bytes: number): void {
    if (what === "records") this.#gone.add(key);
    this.#count(what, bytes);
  }

  #count(what: RemovedFiles["what"], bytes: number): void {
    const known = this.#removed.get(what) ?? { what, count: 0, bytes: 0 };
    this.#removed.set(what, { what, count: known.count + 1, bytes: known.bytes + bytes });
  }
}
