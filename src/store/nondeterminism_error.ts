import type { StoredResult } from "./run_record.ts";

/** One run gave two results: the promise of equal bytes does not hold. */
export class NondeterminismError extends Error {
  override readonly name = "NondeterminismError";
  readonly key: string;
  /** Digest of the result in the store, which stays. */
  readonly known: string;
  /** Digest of the result that was to be stored. */
  readonly found: string;

  constructor(key: string, known: StoredResult, found: StoredResult) {
    const digests = known.digest === found.digest
      ? `other measures than before with one digest, ${known.digest}`
      : `digest ${found.digest}, before ${known.digest}`;
    super(`Run ${key} is not deterministic: ${digests}`);
    this.key = key;
    this.known = known.digest;
    this.found = found.digest;
  }
}
