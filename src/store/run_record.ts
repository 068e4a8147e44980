import type { RunResult, TestResult } from "../trainers/run_result.ts";
import type { RunIdentity } from "./run_key.ts";

/** What a store can keep for a run. The digest identifies the result. */
export interface StoredResult {
  /** SHA-256 over the run's final weights and curve, in hex. */
  readonly digest: string;
}

/** A run's scores on the test rows, as the store of test scores keeps them. */
export interface StoredTest extends TestResult, StoredResult {}

/** A finished run as the store keeps it. */
export interface RunRecord<Result extends StoredResult = RunResult> {
  /** `runKey()` of the identity. */
  readonly key: string;
  readonly identity: RunIdentity;
  readonly result: Result;
}
