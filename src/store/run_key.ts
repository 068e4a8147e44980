import type { SplitOptions, Standardization } from "../dataset/split_options.ts";
import { hash } from "node:crypto";
import type { Config } from "../trainers/hyperparameter.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import { canonicalJson } from "./canonical_json.ts";

/** All that determines a run's result. */
export interface RunIdentity {
  readonly trainer: TrainerName;
  /** The trainer's version, which changes with every change of its numbers. */
  readonly version: number | string;
  /** The dataset's checksum. */
  readonly dataset: string;
  readonly target: string;
  /** These two are absent where the trainer has its own way, whatever the experiment says. */
  readonly standardize?: Standardization;
  readonly split?: SplitOptions;
  /** Without hyperparameters that have their default, so that new ones change no key. */
  readonly config: Config;
  readonly seed: number;
  /** Absent of a run that is not stopped before its last step. */
  readonly stopAt?: number;
}

/** The key that a run's record is stored under: SHA-256 of its identity's canonical JSON, in hex. */
export function runKey(identity: RunIdentity): string {
  return hash("sha256", canonicalJson(identity), "hex");
}
