import { join } from "node:path";
import type { StoreCleaning } from "../store/clean_store.ts";
import type { Removable } from "../store/removable.ts";
import type { StoreSurvey } from "../store/survey_store.ts";
import { REPORTS } from "./sweep_place.ts";

/** What to remove from a store. */
export interface CleanStoreOptions {
  /** The folder that the store is in, as in `SweepPlace`. */
  readonly reports?: string;
  /** Kinds of files and records. */
  readonly remove: readonly Removable[];
  /** What was written since then stays. */
  readonly olderThanSeconds?: number;
  /** True: nothing is removed; the result says what would be. */
  readonly dryRun?: boolean;
}

/**
 * Says what the store of a reports folder has: number, size and age of its records by trainer and
 * version, of other files, and which are damaged. Changes nothing.
 *
 * @example
 * ```ts
 * import { readExperiment, surveyStore, sweepExperiment } from "@regsweep/regsweep";
 *
 * await sweepExperiment(await readExperiment("experiments/quick.yaml", { seeds: "1" }));
 * const { records, damaged } = await surveyStore("reports");
 * for (const { trainer, version, count, bytes } of records) {
 *   console.log(trainer, version, count, bytes);
 * }
 * console.log(`${damaged.length} damaged files`);
 * ```
 *
 * @throws {UserError} If there is no store, or it cannot be read.
 */
export async function surveyStore(reports: string = REPORTS): Promise<StoreSurvey> {
  const { surveyStore: survey } = await import("../store/survey_store.ts");
  return await survey(join(reports, "store"));
}

/**
 * Removes what is asked for from the store of a reports folder. The scores and the model of a record go
 * with it. An interruption loses nothing else.
 *
 * @example
 * ```ts
 * import { cleanStore, readExperiment, sweepExperiment } from "@regsweep/regsweep";
 *
 * await sweepExperiment(await readExperiment("experiments/quick.yaml", { seeds: "1" }));
 * const { removed } = await cleanStore({
 *   remove: ["old-versions", "checkpoints"],
 *   olderThanSeconds: 90 * 86_400,
 *   dryRun: true,
 * });
 * for (const { what, count, bytes } of removed) console.log(what, count, bytes);
 * ```
 *
 * @throws {UserError} If there is no store, a sweep uses it, or it cannot be read or written; if
 * `unused` is asked for and a report folder cannot be read.
 */
export async function cleanStore(
  { reports = REPORTS, remove, ...options }: CleanStoreOptions,
): Promise<StoreCleaning> {
  const [{ cleanStore: clean }, { keysInReports }] = await Promise.all([
    import("../store/clean_store.ts"),
    import("../sweep/keys_in_reports.ts"),
  ]);
  const used = remove.includes("unused") ? await keysInReports(reports) : undefined;
  return await clean(join(reports, "store"), { ...options, remove, used });
}
