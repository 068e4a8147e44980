import { join } from "node:path";
import { asUserError } from "../../files/as_user_error.ts";
import { lookAt, secondsSinceTouched } from "../../files/facts.ts";
import { makeFolder, namesIn } from "../../files/folders.ts";
import { ScratchFolder } from "../../files/scratch_folder.ts";
import { nearest } from "../../nearest.ts";
import { StoreMerger, type StoreMergerOptions } from "../../store/store_merger.ts";
import { type Problem, UserError } from "../../user_error.ts";
import { indexSweeps } from "../index_sweeps.ts";
import { sweepFolders } from "../sweep_folders.ts";
import { cellsOfRuns } from "./cells_of_runs.ts";
import { findSource, type MergeSource } from "./find_source.ts";
import type { MergedReports, MergedSource } from "./merged_reports.ts";
import { COPYING, mergeFolder } from "./merge_folder.ts";

/** Longer than anybody takes to copy a folder. */
const STALE_SECONDS = 86_400;

export interface MergeOptions extends StoreMergerOptions {
  /** The folder that gets everything. */
  readonly reports: string;
  /** New names for report folders, by their names. */
  readonly rename: ReadonlyMap<string, string>;
}

/**
 * Unites reports folders: brings the stores and the report folders of others into one. Theirs are only
 * read.
 *
 * @throws {UserError} If a folder has nothing to merge (the exit code is 2), cannot be read, or the own
 * one cannot be written (1).
 * @throws The signal's reason if it aborts: what was brought by then stays, and doing it again brings
 * the rest.
 */
export async function mergeReports(
  paths: readonly string[],
  options: MergeOptions,
): Promise<MergedReports> {
  const { reports, rename, dryRun, signal, onProblem } = options;
  const sources = findAll(paths, options);
  if (!dryRun) await prepare(reports);
  using merger = sources.some(({ store }) => store !== undefined)
    ? await StoreMerger.open(sweepFolders(reports, { name: "" }).store, options)
    : undefined;
  const merged: MergedSource[] = [];
  for (const { path, store, folders } of sources) {
    const { conflicts = [], damaged = [], ...counts } = store !== undefined && merger
      ? await merger.mergeFrom(store)
      : {};
    const outcomes = [];
    for (const { name, path } of folders) {
      signal.throwIfAborted();
      const its = { reports, name: rename.get(name) ?? name, dryRun, signal };
      outcomes.push(await mergeFolder(path, its));
    }
    const cells = await cellsOfRuns(new Set(conflicts.map(({ key }) => key)), [path, reports]);
    merged.push({
      ...{ from: path, ...counts, folders: outcomes, damaged },
      conflicts: conflicts.map((one) => {
        const cell = cells.get(one.key);
        return cell === undefined ? one : { ...one, cell };
      }),
    });
  }
  const isCopied = merged.some(({ folders }) =>
    folders.some(({ outcome }) => outcome === "copied")
  );
  if (isCopied && !dryRun) await indexSweeps(reports, { signal, onProblem });
  return { reports, dryRun, isWhole: merged.every(isWhole), sources: merged };
}

function isWhole({ conflicts, damaged, folders }: MergedSource): boolean {
  return conflicts.length === 0 && damaged.length === 0 && folders.every(({ outcome }) => {
    return outcome !== "refused" && outcome !== "other-experiment";
  });
}

/** @throws {UserError} If there is nothing to merge in some, or a new name is for none; all at once. */
function findAll(
  paths: readonly string[],
  { reports, rename }: Pick<MergeOptions, "reports" | "rename">,
): MergeSource[] {
  const problems: Problem[] = [];
  const sources = paths.flatMap((path) => {
    try {
      return [findSource(path, reports)];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  const names = sources.flatMap(({ folders }) => folders.map(({ name }) => name));
  for (const name of problems.length === 0 ? rename.keys() : []) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    const message = `Cannot rename ${name}: nobody has a report folder of this name`;
    problems.push({ message, hint: near && `did you mean "${near}"?` });
  }
  if (problems.length > 0) throw new UserError(problems);
  return sources;
}

/** Makes the folder, and removes what merging processes that were killed have left in it. */
async function prepare(reports: string): Promise<void> {
  try {
    await makeFolder(reports);
    for (const name of await namesIn(reports)) {
      const path = join(reports, name);
      const facts = name.startsWith(COPYING) ? lookAt(path) : undefined;
      if (!facts?.isDirectory || secondsSinceTouched(facts) < STALE_SECONDS) continue;
      await using _ = ScratchFolder.left(path);
    }
  } catch (error) {
    throw asUserError(error, `Cannot write to ${reports}`, 1);
  }
}
