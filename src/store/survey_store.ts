import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { lookAt, secondsSinceTouched } from "../files/facts.ts";
import { namesIn, pathsIn } from "../files/folders.ts";
import { PartReader } from "../files/part_reader.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { BUILT_IN } from "../trainers/trainers.ts";
import { UserError } from "../user_error.ts";
import { readEntries } from "./_pack_file.ts";
import { recordBytes } from "./_record_bytes.ts";
import { decodeRecord } from "./_record_file.ts";
import { RUN_SHAPE } from "./_record_shapes.ts";

const FOLDER = /^[0-9a-f]{2}$/;
const RECORD = /^[0-9a-f]{62}\.json$/;
const ASIDE = /\.damaged$/;
const PACK = /^[0-9a-f]{64}\.pack$/;
const SPACE_FILE = /^[0-9a-f]{2}\/[0-9a-f]{62}[.a-z0-9]*\.safetensors$/;
const TEST_FILE = /^([0-9a-f]{2}\/[0-9a-f]{62}\.json|packs\/[0-9a-f]{64}\.pack)$/;

/** How many things there are, their bytes, and the ages of the newest and the oldest in seconds. */
export interface Tally {
  readonly count: number;
  readonly bytes: number;
  /** These two are absent if there are none. A record in a pack is as old as its pack. */
  readonly newestSeconds?: number;
  readonly oldestSeconds?: number;
}

/** The records of one version of a trainer. */
export interface TrainerTally extends Tally {
  readonly trainer: string;
  readonly version: string;
  /** True if it is a built-in trainer that has another version now: no new sweep uses the records. */
  readonly isOld: boolean;
}

/** A file of the store that cannot be used, or only in part. */
export interface DamagedFile {
  readonly path: string;
  readonly reason: string;
}

/** What a store has. */
export interface StoreSurvey {
  readonly folder: string;
  /** By trainer and version. A record that is in two files counts once, but the bytes of both. */
  readonly records: readonly TrainerTally[];
  /** Files of scores on test rows, as the next two. */
  readonly testFiles: Tally;
  readonly models: Tally;
  readonly checkpoints: Tally;
  readonly damaged: readonly DamagedFile[];
}

/**
 * Reads all records of a store, and looks at its other files; changes nothing.
 *
 * @throws {UserError} If there is no such folder (the exit code is 2), or it cannot be read (1).
 */
export async function surveyStore(folder: string): Promise<StoreSurvey> {
  if (!lookAt(folder)) throw new UserError(`There is no store in ${folder}`, 2);
  try {
    const survey = new Survey(folder);
    await survey.readPacks();
    await survey.readLoose();
    return {
      folder,
      records: survey.records(),
      testFiles: await tallyFiles(join(folder, "test"), TEST_FILE),
      models: await tallyFiles(join(folder, "models"), SPACE_FILE),
      checkpoints: await tallyFiles(join(folder, "checkpoints"), SPACE_FILE),
      damaged: survey.damaged.toSorted((a, b) => a.path < b.path ? -1 : 1),
    };
  } catch (error) {
    throw asUserError(error, `Cannot read ${folder}`, 1);
  }
}

class Survey {
  readonly damaged: DamagedFile[] = [];
  readonly #folder: string;
  readonly #keys = new Set<string>();
  readonly #tallies = new Map<string, TrainerTally>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** By name of trainer, then by version. */
  records(): TrainerTally[] {
    return [...this.#tallies].sort(([a], [b]) => a < b ? -1 : 1).map(([, tally]) => tally);
  }

  async readPacks(): Promise<void> {
    const folder = join(this.#folder, "packs");
    for (const name of (await namesIn(folder)).sort()) {
      const path = join(folder, name);
      if (ASIDE.test(name)) this.#moved(path);
      if (!PACK.test(name)) continue;
      try {
        await this.#readPack(path);
      } catch (error) {
        const reason = systemReason(error);
        if (reason === undefined) throw error;
        this.damaged.push({ path, reason });
      }
    }
  }

  async #readPack(path: string): Promise<void> {
    using file = await PartReader.open(path, { maxBytes: SIZE_LIMITS.pack });
    const entries = await readEntries(file);
    if (typeof entries === "string") {
      this.damaged.push({ path, reason: entries });
      return;
    }
    const age = ageOf(path);
    let problem: string | undefined;
    for (let entry = 0; entry < entries.count; entry++) {
      const { offset, length } = entries.extentAt(entry);
      const key = entries.keyAt(entry);
      const reason = this.#add(key, await file.read(offset, length), age);
      if (reason !== undefined) problem ??= `of its record of run ${key}: ${reason}`;
    }
    if (problem !== undefined) this.damaged.push({ path, reason: problem });
  }

  async readLoose(): Promise<void> {
    const folders = (await namesIn(this.#folder)).filter((name) => FOLDER.test(name));
    for (const folder of folders.sort()) {
      for (const name of (await namesIn(join(this.#folder, folder))).sort()) {
        const path = join(this.#folder, folder, name);
        if (ASIDE.test(name)) this.#moved(path);
        if (!RECORD.test(name)) continue;
        const bytes = await recordBytes(path);
        // Another process can have packed it meanwhile.
        if (bytes === undefined) continue;
        const key = folder + name.slice(0, -".json".length);
        const reason = typeof bytes === "string" ? bytes : this.#add(key, bytes, ageOf(path));
        if (reason !== undefined) this.damaged.push({ path, reason });
      }
    }
  }

  /** Counts a record; returns the reason if it is not valid. */
  #add(key: string, bytes: Uint8Array<ArrayBuffer>, age: number): string | undefined {
    const record = decodeRecord(bytes, key, RUN_SHAPE);
    if (typeof record === "string") return record;
    const { trainer } = record.identity;
    const version = String(record.identity.version);
    const name = JSON.stringify([trainer, version]);
    const current = BUILT_IN.all.find((one) => one.name === trainer)?.version;
    const isOld = current !== undefined && String(current) !== version;
    const known = this.#tallies.get(name) ?? NOTHING;
    const grown = grownBy(known, bytes.length, age);
    const count = this.#keys.has(key) ? known.count : grown.count;
    this.#keys.add(key);
    this.#tallies.set(name, { trainer, version, isOld, ...grown, count });
    return undefined;
  }

  #moved(path: string): void {
    this.damaged.push({ path, reason: "a sweep found it damaged and moved it aside" });
  }
}

const NOTHING: Tally = { count: 0, bytes: 0 };

function grownBy(tally: Tally, bytes: number, age: number): Tally {
  return {
    count: tally.count + 1,
    bytes: tally.bytes + bytes,
    newestSeconds: Math.min(tally.newestSeconds ?? age, age),
    oldestSeconds: Math.max(tally.oldestSeconds ?? age, age),
  };
}

/** Regular files in a folder whose paths in it match; links are not followed. */
async function tallyFiles(folder: string, pattern: RegExp): Promise<Tally> {
  let tally = NOTHING;
  for (const path of await pathsIn(folder)) {
    const facts = pattern.test(path) ? lookAt(join(folder, path)) : undefined;
    if (facts?.isFile) tally = grownBy(tally, facts.size, secondsSinceTouched(facts));
  }
  return tally;
}

function ageOf(path: string): number {
  const facts = lookAt(path);
  return facts ? secondsSinceTouched(facts) : 0;
}
