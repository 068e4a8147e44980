import type { RunResult, TestResult } from "../trainers/run_result.ts";
import type { RunIdentity } from "./run_key.ts";

/** What a store can keep of a run; the digest says which training it is of. */
export interface StoredResult {
  /** SHA-256 over the run's final weights and curve, in hex. */
  readonly digest: string;
}

/** How a run does on the test rows, as the store of such scores keeps it. */
export interface StoredTest extends TestResult, StoredResult {}

/** A finished run as the store keeps it. */
export interface RunRecord<Result extends StoredResult = RunResult> {
  /** `runKey()` of the identity. */
  readonly key: string;
  readonly identity: RunIdentity;
  readonly result: Result;
}
