import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import type { DamagedFile } from "./damaged_file.ts";

/** What became of another store's records of a kind. */
export interface MergedRecords {
  /** How many are new. */
  readonly added: number;
  /** How many add measures to a record that was there. */
  readonly extended: number;
  /** How many say what was there. */
  readonly known: number;
}

/** Two results of one run that differ. */
export interface RecordConflict {
  /** What differs: the run's results, or only its scores on test rows. */
  readonly what: "results" | "test scores";
  /** The run's key. */
  readonly key: string;
  /** Its trainer's name. */
  readonly trainer: string;
  /** Its hyperparameters, without those at their default. */
  readonly config: Readonly<Record<string, HyperparameterValue>>;
  /** Its seed. */
  readonly seed: number;
  /** Its fold, from 1; absent without folds. */
  readonly fold?: number;
  /** The digest of the result that is in the store, which stays. */
  readonly kept: string;
  /** That of the other. If it is the same, measures differ. */
  readonly other: string;
}

/** What became of another store. */
export interface MergedStore {
  /** Records of runs. */
  readonly records: MergedRecords;
  /** Scores on test rows. */
  readonly testScores: MergedRecords;
  /** How many models of selected cells are new. */
  readonly models: number;
  /** Results that are not brought, since the store has others. */
  readonly conflicts: readonly RecordConflict[];
  /** Files that cannot be used, or only in part. */
  readonly damaged: readonly DamagedFile[];
}
