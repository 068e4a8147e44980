import type { RunResult } from "../train/run_result.ts";
import type { RunIdentity } from "./run_key.ts";

/** A finished run as the store keeps it. */
export interface RunRecord {
  /** `runKey()` of the identity. */
  readonly key: string;
  readonly identity: RunIdentity;
  readonly result: RunResult;
}
