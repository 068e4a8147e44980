import type { MergedReports } from "../sweep/merge/merged_reports.ts";
import { REPORTS } from "./sweep_place.ts";

/** How reports folders are united. */
export interface MergeReportsOptions {
  /** The folder that gets everything, as in `SweepPlace`. */
  readonly reports?: string;
  /** New names for report folders of others, by their names. */
  readonly rename?: Readonly<Record<string, string>>;
  /** True: nothing is written; the result says what would be. */
  readonly dryRun?: boolean;
  /** The most bytes that models and checkpoints in the store may have; 2 GiB if not given. */
  readonly modelSpace?: number;
  /** Ends it when it aborts: what was brought by then stays. */
  readonly signal?: AbortSignal;
  /** Called with what a user may want to know, in words. */
  readonly onMessage?: (text: string) => void;
  /** Called now and then with how many records were read so far. */
  readonly onProgress?: (records: number) => void;
}

/**
 * Unites reports folders of several people: brings the stores and report folders of others into one.
 *
 * Every record is checked. Where the store has another result of the same run, its own stays, and the
 * conflict is in the result. A report folder is copied if there is none of its name. Doing it again
 * changes nothing.
 *
 * @example
 * ```ts
 * import { mergeReports, readExperiment, sweepExperiment } from "@regsweep/regsweep";
 *
 * const experiment = await readExperiment("experiments/quick.yaml", { seeds: "1" });
 * await sweepExperiment(experiment, { reports: "from-ann" });
 * const { isWhole, sources } = await mergeReports(["from-ann"], { reports: "united" });
 * for (const { records, folders, conflicts } of sources) {
 *   console.log(records?.added, folders.map(({ name, outcome }) => [name, outcome]), conflicts);
 * }
 * console.log(isWhole);
 * ```
 *
 * @param from Reports folders, stores or report folders of others, which are only read.
 * @throws {UserError} If a folder has nothing to merge or cannot be read, or the own one cannot be
 * written.
 * @throws The signal's reason, if it aborts first.
 */
export async function mergeReports(
  from: readonly string[],
  { reports = REPORTS, rename = {}, ...options }: MergeReportsOptions = {},
): Promise<MergedReports> {
  const { onMessage = () => {}, onProgress = () => {} } = options;
  const [{ mergeReports: merge }, { MODEL_SPACE }] = await Promise.all([
    import("../sweep/merge/merge_reports.ts"),
    import("../store/model_space.ts"),
  ]);
  let records = 0;
  return await merge(from, {
    reports,
    rename: new Map(Object.entries(rename)),
    dryRun: options.dryRun ?? false,
    modelSpace: options.modelSpace ?? MODEL_SPACE,
    signal: options.signal ?? new AbortController().signal,
    onProblem: onMessage,
    onRecords: (count) => onProgress(records += count),
  });
}
