import { hash } from "node:crypto";
import { canonicalJson } from "../canonical_json.ts";
import type { Imputation, Standardization } from "../dataset/preparation_options.ts";
import type { SplitOptions } from "../dataset/split_options.ts";
import type { TableIdentity } from "../dataset/table_identity.ts";
import type { Config } from "../trainers/hyperparameter.ts";
import type { TrainerName } from "../trainers/trainer.ts";

/** Everything that determines a run's result. */
export interface RunIdentity {
  readonly trainer: TrainerName;
  /** The trainer's version, which changes whenever its results change. */
  readonly version: number | string;
  /** The dataset's checksum; this and its target are absent if the run needs no dataset. */
  readonly dataset?: string;
  readonly target?: string;
  /** Absent, too, if the table is read and used as the first version would. */
  readonly table?: TableIdentity;
  /** These three are absent if the trainer ignores the experiment's settings and uses its own. */
  readonly standardize?: Standardization;
  /** Absent, too, if no cell of the table is missing. */
  readonly impute?: Imputation;
  readonly split?: SplitOptions;
  /** Without hyperparameters at their default, so that new hyperparameters do not change keys. */
  readonly config: Config;
  readonly seed: number;
  /** The fold that it validates on, from 1; absent without folds. */
  readonly fold?: number;
  /** Absent if the run is not stopped before its last step. */
  readonly stopAt?: number;
}

/** The key that a run's record is stored under: SHA-256 of its identity's canonical JSON, in hex. */
export function runKey(identity: RunIdentity): string {
  return hash("sha256", canonicalJson(identity), "hex");
}
