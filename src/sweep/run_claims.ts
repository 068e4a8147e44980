import type { FileClaim } from "../file_claim.ts";
import type { Store } from "../store/store.ts";

/** The runs that this process trains while others, with the same store, may want them too. */
export class RunClaims {
  readonly #store: Store;
  readonly #held = new Map<string, FileClaim>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** As `Store.claim()`; a claim that is held already is taken again. */
  take(key: string): "held" | "stored" | "taken" {
    if (this.#held.has(key)) return "held";
    const claim = this.#store.claim(key);
    if (typeof claim === "string") return claim;
    this.#held.set(key, claim);
    return "held";
  }

  release(key: string): void {
    this.#held.get(key)?.release();
    this.#held.delete(key);
  }

  releaseAll(): void {
    for (const key of this.#held.keys()) this.release(key);
  }
}
