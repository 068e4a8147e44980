import type { DamagedFile } from "../../store/damaged_file.ts";
import type { MergedStore, RecordConflict } from "../../store/merged_store.ts";

/** What became of a report folder. */
export interface MergedFolder {
  /** Its name here. */
  readonly name: string;
  /** The other's folder. */
  readonly from: string;
  /**
   * `copied`: it was not here. `same`: its results are here. `other-runs`: the experiment is here, with
   * other runs, and a sweep joins them. `other-experiment`: something else has the name, and nothing is
   * copied. `refused`: it cannot be copied.
   */
  readonly outcome: "copied" | "same" | "other-runs" | "other-experiment" | "refused";
  /** Why, in words, if it is neither copied nor the same. */
  readonly reason?: string;
  /** The seeds of both, in order, if the outcome is `other-runs` and the other has more. */
  readonly seeds?: readonly number[];
  /** What is in the folder and is not copied, since no sweep writes it into results. */
  readonly left: readonly string[];
}

/** A conflict between results, with what is known of the run. */
export interface MergeConflict extends RecordConflict {
  /** The run's cell, if a report folder of either side has the run. */
  readonly cell?: string;
}

/** What became of one of the others' folders. */
export interface MergedSource extends Partial<Omit<MergedStore, "conflicts" | "damaged">> {
  /** As it was given. */
  readonly from: string;
  /** Its report folders, by name. */
  readonly folders: readonly MergedFolder[];
  /** Results that were not brought, since the store has others of the same runs. */
  readonly conflicts: readonly MergeConflict[];
  /** Files of its store that cannot be used, or only in part. */
  readonly damaged: readonly DamagedFile[];
}

/** What was united, or would be. */
export interface MergedReports {
  /** The folder that has everything now. */
  readonly reports: string;
  /** True if nothing was written. */
  readonly dryRun: boolean;
  /** False if there were conflicts, damaged files, or folders that could not be copied. */
  readonly isWhole: boolean;
  /** In the order in which they were given. */
  readonly sources: readonly MergedSource[];
}
