import type { SavableParameters } from "./_early_stopping.ts";
import type { KeptCopies } from "../kept_bytes.ts";

/** Saves parameters once for all runs that save them in a step. */
export class SharedCopies implements SavableParameters {
  readonly #parameters: SavableParameters;
  #copies: KeptCopies | undefined;

  constructor(parameters: SavableParameters) {
    this.#parameters = parameters;
  }

  save(): KeptCopies {
    return this.#copies ??= this.#parameters.save();
  }

  restore(saved: KeptCopies): void {
    this.#parameters.restore(saved);
    this.#copies = saved;
  }

  /** To be called after the parameters have changed. */
  forget(): void {
    this.#copies = undefined;
  }
}
