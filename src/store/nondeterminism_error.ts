import type { StoredResult } from "./run_record.ts";

/** One run gave two different results, so it is not reproducible. */
export class NondeterminismError extends Error {
  override readonly name = "NondeterminismError";
  readonly key: string;
  /** Digest of the result in the store, which is kept. */
  readonly known: string;
  /** Digest of the rejected result. */
  readonly found: string;

  constructor(key: string, known: StoredResult, found: StoredResult) {
    const digests = known.digest === found.digest
      ? `different measures with the same digest, ${known.digest}`
      : `digest ${found.digest}, before ${known.digest}`;
    super(`Run ${key} is not deterministic: ${digests}`);
    this.key = key;
    this.known = known.digest;
    this.found = found.digest;
  }
}
