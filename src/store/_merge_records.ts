import { mergeResults, withTimeOf } from "./_merge_results.ts";
import { type PackedFile, Packs } from "./_packs.ts";
import { encodeRecord } from "./_record_file.ts";
import type { RecordShape } from "./_record_shapes.ts";
import { scanRecords } from "./_scan_records.ts";
import type { DamagedFile } from "./damaged_file.ts";
import type { MergedRecords, RecordConflict } from "./merged_store.ts";
import { NondeterminismError } from "./nondeterminism_error.ts";
import { runKey } from "./run_key.ts";
import type { RunRecord, StoredResult } from "./run_record.ts";
import type { Store } from "./store.ts";

const RECORDS_AT_A_TIME = 500;
/** Fewer records get files of their own. */
const LEAST_PACKED = 32;
const MOST_PACKED = 5000;

export interface MergerOptions<Result extends StoredResult> {
  /** The store's, which gets the records. */
  readonly folder: string;
  readonly store: Store<Result>;
  readonly shape: RecordShape<Result>;
  readonly what: RecordConflict["what"];
  /** Leaves out records that are of no use. */
  readonly select?: (records: readonly RunRecord<Result>[]) => Promise<RunRecord<Result>[]>;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly onProblem: (message: string) => void;
  /** Called with how many records were read since the last call. */
  readonly onRecords: (count: number) => void;
}

/** Brings records of other stores into one. */
export class RecordMerger<Result extends StoredResult> {
  readonly #options: MergerOptions<Result>;
  readonly #packs: Packs<Result>;
  /** Digests of the records that are new, by their keys. */
  readonly #added = new Map<string, string>();
  /** Records that are new and not written yet. */
  #pending: RunRecord<Result>[] = [];
  #conflicts: RecordConflict[] = [];

  constructor(options: MergerOptions<Result>) {
    this.#options = options;
    const { folder, shape, onProblem } = options;
    this.#packs = new Packs(`${folder}/packs`, { shape, onProblem });
  }

  /** The digests of runs, as far as there are records of them. */
  async digestsOf(keys: readonly string[]): Promise<(string | undefined)[]> {
    const records = await this.#options.store.getMany(keys);
    return keys.map((key, index) => records[index]?.result.digest ?? this.#added.get(key));
  }

  /**
   * Brings the records of one store. When this returns, they have reached the disk.
   *
   * @throws {Error} If the system refuses to read or write.
   * @throws The signal's reason if it aborts: what was brought by then stays.
   */
  async mergeFrom(folder: string): Promise<
    {
      readonly counts: MergedRecords;
      readonly conflicts: readonly RecordConflict[];
      readonly damaged: readonly DamagedFile[];
    }
  > {
    const { shape, signal, onRecords } = this.#options;
    const counts = { added: 0, extended: 0, known: 0 };
    const damaged: DamagedFile[] = [];
    this.#conflicts = [];
    let batch: RunRecord<Result>[] = [];
    const next = async () => {
      await this.#merge(batch, counts);
      onRecords(batch.length);
      batch = [];
    };
    for await (const found of scanRecords(folder, shape, { followsLinks: true })) {
      signal.throwIfAborted();
      if (found.kind === "record") {
        const { record, path } = found;
        if (runKey(record.identity) === record.key) batch.push(record);
        else damaged.push({ path, reason: `the key ${record.key} is not that of its settings` });
      } else if (found.kind !== "waste") damaged.push({ path: found.path, reason: found.reason });
      if (batch.length === RECORDS_AT_A_TIME) await next();
    }
    await next();
    await this.#flush();
    return { counts, conflicts: this.#conflicts, damaged };
  }

  async #merge(
    all: readonly RunRecord<Result>[],
    counts: { added: number; extended: number; known: number },
  ): Promise<void> {
    const { store, dryRun, select } = this.#options;
    const records = select ? await select(all) : all;
    const known = await store.getMany(records.map(({ key }) => key));
    for (const [index, record] of records.entries()) {
      const { key, result } = record;
      const ours = known[index];
      if (ours) {
        const merged = mergeResults(ours.result, withTimeOf(ours.result, result));
        if (!merged) this.#addConflict(record, ours.result.digest);
        else if (merged.isRicher) {
          counts.extended++;
          if (!dryRun) await this.#put(record);
        } else counts.known++;
        continue;
      }
      const earlier = this.#added.get(key);
      if (earlier === undefined) {
        this.#added.set(key, result.digest);
        this.#pending.push(record);
        counts.added++;
      } else if (earlier === result.digest) counts.known++;
      else this.#addConflict(record, earlier);
    }
    if (this.#pending.length >= MOST_PACKED) await this.#flush();
  }

  #addConflict({ key, identity, result }: RunRecord<Result>, kept: string): void {
    const { trainer, config, seed, fold } = identity;
    const run = { key, trainer, config, seed, ...fold !== undefined && { fold } };
    this.#conflicts.push({ what: this.#options.what, ...run, kept, other: result.digest });
  }

  /** Writes the records that are new. */
  async #flush(): Promise<void> {
    const records = this.#pending;
    this.#pending = [];
    if (this.#options.dryRun) return;
    if (records.length >= LEAST_PACKED) await this.#packs.write(filesOf(records));
    else for (const record of records) await this.#put(record);
  }

  async #put(record: RunRecord<Result>): Promise<void> {
    try {
      await this.#options.store.put(record);
    } catch (error) {
      // A sweep has just trained the run.
      if (!(error instanceof NondeterminismError)) throw error;
      this.#addConflict(record, error.known);
    }
  }
}

async function* filesOf(
  records: readonly RunRecord<StoredResult>[],
): AsyncGenerator<PackedFile> {
  for (const record of records) yield { key: record.key, bytes: encodeRecord(record) };
}
