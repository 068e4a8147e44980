import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { lookAtTarget } from "../files/facts.ts";
import type { FileClaim } from "../files/file_claim.ts";
import { pathsIn } from "../files/folders.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { RecordMerger } from "./_merge_records.ts";
import { RUN_SHAPE, testShape } from "./_record_shapes.ts";
import type { DamagedFile } from "./damaged_file.ts";
import type { MergedStore } from "./merged_store.ts";
import { ModelSpace } from "./model_space.ts";
import type { RunRecord, StoredTest } from "./run_record.ts";
import { Store } from "./store.ts";
import { useStore } from "./store_use.ts";
import { decodeModel } from "./stored_model.ts";

const SELECTED_MODEL = /^([0-9a-f]{2})\/([0-9a-f]{62})\.selected\.safetensors$/;

export interface StoreMergerOptions {
  /** The most bytes that the store's models and checkpoints may have. */
  readonly modelSpace: number;
  /** True: nothing is written. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Called with a message for the user. */
  readonly onProblem: (message: string) => void;
  /** Called with how many records were read since the last call. */
  readonly onRecords: (count: number) => void;
}

/**
 * Brings what other stores have into one: records of runs, scores on test rows, and the models of
 * selected cells. Other models, and checkpoints, are made again where they are needed.
 *
 * Every record is checked. One that differs from the store's own is a conflict: the own one stays. The
 * other stores are only read. After an interruption, doing it again brings the rest.
 */
export class StoreMerger implements Disposable {
  readonly #options: StoreMergerOptions;
  readonly #claim: FileClaim | undefined;
  readonly #runs: RecordMerger<RunRecord["result"]>;
  readonly #tests: RecordMerger<StoredTest>;
  readonly #space: ModelSpace;

  private constructor(
    options: StoreMergerOptions,
    { claim, runs, tests, space }: {
      readonly claim: FileClaim | undefined;
      readonly runs: RecordMerger<RunRecord["result"]>;
      readonly tests: RecordMerger<StoredTest>;
      readonly space: ModelSpace;
    },
  ) {
    this.#options = options;
    this.#claim = claim;
    this.#runs = runs;
    this.#tests = tests;
    this.#space = space;
  }

  /**
   * Opens the store that gets everything; makes it, unless nothing is to be written.
   *
   * @throws {UserError} If it cannot be written; the exit code is 1.
   * @throws The signal's reason, if it aborts while the store is cleaned up.
   */
  static async open(folder: string, options: StoreMergerOptions): Promise<StoreMerger> {
    const { dryRun, signal, onProblem, modelSpace } = options;
    using stack = new DisposableStack();
    const claim = dryRun ? undefined : await useStore(folder, { signal, onWait: onProblem });
    if (claim) stack.use(claim);
    const opening = { onProblem, readOnly: dryRun };
    const store = await Store.open(folder, opening);
    const testFolder = join(folder, "test");
    const testStore = await Store.openTests(testFolder, undefined, opening);
    const runs = new RecordMerger({
      ...options,
      ...{ folder, store, shape: RUN_SHAPE, what: "results" },
    });
    const tests = new RecordMerger({
      ...options,
      ...{ folder: testFolder, store: testStore, shape: testShape(), what: "test scores" },
      // Scores of a model that is not the run's are not used.
      select: async (records) => {
        const digests = await runs.digestsOf(records.map(({ key }) => key));
        return records.filter(({ result }, index) => {
          return digests[index] === undefined || digests[index] === result.digest;
        });
      },
    });
    const space = new ModelSpace(folder, { bytes: modelSpace, onProblem });
    stack.move();
    return new StoreMerger(options, { claim, runs, tests, space });
  }

  /**
   * Brings what one store has.
   *
   * @throws {UserError} If it cannot be read, or the own one cannot be written; the exit code is 1.
   * @throws The signal's reason if it aborts: what was brought by then stays.
   */
  async mergeFrom(folder: string): Promise<MergedStore> {
    try {
      const runs = await this.#runs.mergeFrom(folder);
      const testFolder = join(folder, "test");
      const tests = lookAtTarget(testFolder)?.isDirectory
        ? await this.#tests.mergeFrom(testFolder)
        : { counts: { added: 0, extended: 0, known: 0 }, conflicts: [], damaged: [] };
      const models = await this.#mergeModels(folder);
      return {
        records: runs.counts,
        testScores: tests.counts,
        models: models.added,
        conflicts: [...runs.conflicts, ...tests.conflicts],
        damaged: [...runs.damaged, ...tests.damaged, ...models.damaged],
      };
    } catch (error) {
      throw asUserError(error, `Cannot merge ${folder}`, 1);
    }
  }

  [Symbol.dispose](): void {
    this.#claim?.release();
  }

  async #mergeModels(folder: string) {
    const { dryRun, signal, modelSpace } = this.#options;
    const { models } = this.#space;
    const damaged: DamagedFile[] = [];
    let added = 0;
    for (const path of modelSpace > 0 ? await pathsIn(join(folder, "models")) : []) {
      const [, start, rest] = path.match(SELECTED_MODEL) ?? [];
      const key = start + rest;
      if (start === undefined || models.has(key)) continue;
      signal.throwIfAborted();
      const [digest] = await this.#runs.digestsOf([key]);
      // Nobody asks for a model of a run that has no record.
      if (digest === undefined) continue;
      const full = join(folder, "models", path);
      const model = await readModel(full, folder);
      const reason = typeof model === "string"
        ? model
        : model.key === key
        ? undefined
        : `it is the model of run ${model.key}`;
      if (typeof model === "string" || reason !== undefined) {
        damaged.push({ path: full, reason: String(reason) });
      } else if (model.digest === digest) {
        if (!dryRun) await models.put(model);
        await models.select(dryRun ? [] : [key]);
        // There can be no room for it.
        if (dryRun || models.has(key)) added++;
      }
    }
    return { added, damaged };
  }
}

/** Returns the reason if there is no model that can be used. */
async function readModel(path: string, within: string) {
  try {
    return await decodeModel(await readFile(path, { maxBytes: SIZE_LIMITS.model, within }));
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return reason;
  }
}
