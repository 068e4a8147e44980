import type { FileClaim } from "../files/file_claim.ts";
import type { StoredResult } from "../store/run_record.ts";
import type { Store } from "../store/store.ts";
import type { Admission } from "./launcher.ts";
import type { PlannedRun } from "./planned_run.ts";

/** Claims on the runs that this process trains, against others that use the same store. */
export class RunClaims<Result extends StoredResult> {
  readonly #store: Store<Result>;
  readonly #enriched: ReadonlySet<string>;
  readonly #held = new Map<string, FileClaim>();

  /** @param enriched Keys of runs that are trained again, since their records do not say enough. */
  constructor(store: Store<Result>, enriched: ReadonlySet<string> = new Set()) {
    this.#store = store;
    this.#enriched = enriched;
  }

  /** Claims a run that is to begin; `onStored` is called if another process has trained it. */
  admit({ key }: PlannedRun, onStored: () => void): Admission {
    if (this.#held.has(key)) return "now";
    const claim = this.#store.claim(key, this.#enriched.has(key));
    if (claim === "taken") return "later";
    if (claim === "stored") {
      onStored();
      return "never";
    }
    this.#held.set(key, claim);
    return "now";
  }

  release(key: string): void {
    this.#held.get(key)?.release();
    this.#held.delete(key);
  }

  releaseAll(): void {
    for (const key of this.#held.keys()) this.release(key);
  }
}
