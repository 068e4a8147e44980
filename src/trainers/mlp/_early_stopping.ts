import type { Evaluation } from "../run_result.ts";
import type { KeptCopies } from "../kept_bytes.ts";
import { Patience } from "./mlp_ends.ts";

/** Parameters that can be saved and restored. */
export interface SavableParameters {
  save(): KeptCopies;
  restore(saved: KeptCopies): void;
}

/**
 * Keeps the parameters of the lowest validation loss, the first of equals, and ends training after
 * `patience` evaluations in a row without a lower one.
 *
 * Method: by loss rather than accuracy, since it is smoother, and since the best of many accuracies
 * would flatter a run that is then compared by its accuracy on the same rows.
 *
 * Source: Goodfellow, Bengio and Courville, Deep learning (2016), algorithm 7.1.
 */
export class EarlyStopping {
  readonly #parameters: SavableParameters;
  readonly #patience: Patience;
  #best: KeptCopies = {};

  constructor(parameters: SavableParameters, patience: number) {
    this.#parameters = parameters;
    this.#patience = new Patience(patience);
  }

  /** Records an evaluation of the current parameters; returns whether it ends training. */
  isOver(evaluation: Evaluation): boolean {
    if (this.#patience.isBest(evaluation)) this.#best = this.#parameters.save();
    return this.#patience.isOver;
  }

  /** Records earlier evaluations; `copies` have the parameters of the best one by its step. */
  resume(evaluations: readonly Evaluation[], copies: ReadonlyMap<number, KeptCopies>): void {
    for (const evaluation of evaluations) this.#patience.isBest(evaluation);
    this.#best = copies.get(this.bestStep) ?? {};
  }

  /** The step of the best parameters; 0 before the first evaluation. */
  get bestStep(): number {
    return this.#patience.bestStep ?? 0;
  }

  /** The best parameters. */
  get best(): KeptCopies {
    return this.#best;
  }

  /** Restores the best parameters and returns their step. */
  restore(): number {
    this.#parameters.restore(this.#best);
    return this.bestStep;
  }
}
