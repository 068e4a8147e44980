import type { Evaluation } from "../run_result.ts";
import type { MlpParameters } from "./_mlp_parameters.ts";

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
  readonly #parameters: MlpParameters;
  readonly #patience: number;
  #lowestLoss = Infinity;
  #bestStep = 0;
  #best: Uint8Array[] = [];
  #waited = 0;

  constructor(parameters: MlpParameters, patience: number) {
    this.#parameters = parameters;
    this.#patience = patience;
  }

  /** Records an evaluation of the current parameters; returns whether it ends training. */
  isOver({ step, measures: { validation_loss: validationLoss } }: Evaluation): boolean {
    if (validationLoss < this.#lowestLoss) {
      this.#lowestLoss = validationLoss;
      this.#bestStep = step;
      this.#best = this.#parameters.save();
      this.#waited = 0;
    } else {
      this.#waited++;
    }
    return this.#waited >= this.#patience;
  }

  /** Restores the best parameters and returns their step. */
  restore(): number {
    this.#parameters.restore(this.#best);
    return this.#bestStep;
  }
}
