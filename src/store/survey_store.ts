import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { lookAt, lookAtTarget, secondsSinceTouched } from "../files/facts.ts";
import { pathsIn } from "../files/folders.ts";
import { UserError } from "../user_error.ts";
import { isOldVersion } from "./_is_old_version.ts";
import { RUN_SHAPE, testShape } from "./_record_shapes.ts";
import { type FoundRecord, scanRecords } from "./_scan_records.ts";
import type { DamagedFile } from "./damaged_file.ts";
import type { StoredResult } from "./run_record.ts";

const SPACE_FILE = /^[0-9a-f]{2}\/[0-9a-f]{62}[.a-z0-9]*\.safetensors$/;
const TEST_FILE = /^([0-9a-f]{2}\/[0-9a-f]{62}\.json|packs\/[0-9a-f]{64}\.pack)$/;

/** How many things there are, their bytes, and the ages of the newest and the oldest in seconds. */
export interface Tally {
  /** How many there are. */
  readonly count: number;
  /** Their size on disk. */
  readonly bytes: number;
  /** The age of the newest; this and the next are absent if there are none. A record in a pack is as old as its pack. */
  readonly newestSeconds?: number;
  /** The same of the oldest. */
  readonly oldestSeconds?: number;
}

/** The records of one version of a trainer. */
export interface TrainerTally extends Tally {
  /** Its name. */
  readonly trainer: string;
  /** Its version; a checksum of the trainer if that is a user's own. */
  readonly version: string;
  /** True if it is a built-in trainer that has another version now: no new sweep uses the records. */
  readonly isOld: boolean;
}

/** What a store has. */
export interface StoreSurvey {
  /** The store's. */
  readonly folder: string;
  /** By trainer and version. A record that is in two files counts once, but the bytes of both. */
  readonly records: readonly TrainerTally[];
  /** Files of scores on test rows. */
  readonly testFiles: Tally;
  /** Files of models. */
  readonly models: Tally;
  /** Files of states that runs can go on from. */
  readonly checkpoints: Tally;
  /** Files that cannot be used, by their paths. */
  readonly damaged: readonly DamagedFile[];
}

/**
 * Reads all records of a store, and looks at its other files; changes nothing.
 *
 * @throws {UserError} If there is no such folder (the exit code is 2), or it cannot be read (1).
 */
export async function surveyStore(folder: string): Promise<StoreSurvey> {
  if (!lookAt(folder)) throw new UserError(`There is no store in ${folder}`, 2);
  const testFolder = join(folder, "test");
  const damaged: DamagedFile[] = [];
  const noteDamage = ({ path, reason }: DamagedFile) => damaged.push({ path, reason });
  const records = new Records();
  const options = { followsLinks: true };
  try {
    for await (const found of scanRecords(folder, RUN_SHAPE, options)) {
      if (found.kind === "record") records.add(found);
      else noteDamage(found);
    }
    if (lookAtTarget(testFolder)?.isDirectory) {
      for await (const found of scanRecords(testFolder, testShape(), options)) {
        if (found.kind !== "record") noteDamage(found);
      }
    }
    return {
      folder,
      records: records.tallies(),
      testFiles: await tallyFiles(testFolder, TEST_FILE),
      models: await tallyFiles(join(folder, "models"), SPACE_FILE),
      checkpoints: await tallyFiles(join(folder, "checkpoints"), SPACE_FILE),
      damaged: damaged.toSorted((a, b) => a.path < b.path ? -1 : 1),
    };
  } catch (error) {
    throw asUserError(error, `Cannot read ${folder}`, 1);
  }
}

/** Records of trainers, as they are added. */
class Records {
  readonly #keys = new Set<string>();
  readonly #tallies = new Map<string, TrainerTally>();

  /** By name of trainer, then by version. */
  tallies(): TrainerTally[] {
    return [...this.#tallies].sort(([a], [b]) => a < b ? -1 : 1).map(([, tally]) => tally);
  }

  add({ record: { key, identity }, content, ageSeconds }: FoundRecord<StoredResult>): void {
    const { trainer } = identity;
    const version = String(identity.version);
    const name = JSON.stringify([trainer, version]);
    const known = this.#tallies.get(name) ?? NOTHING;
    const grown = grownBy(known, content.length, ageSeconds);
    const count = this.#keys.has(key) ? known.count : grown.count;
    this.#keys.add(key);
    this.#tallies.set(name, { trainer, version, isOld: isOldVersion(identity), ...grown, count });
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
