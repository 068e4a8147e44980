import type { Evaluation } from "../run_result.ts";

/** Whether a run ends at an evaluation because a loss is not finite. */
export function hasDiverged({ measures }: Evaluation): boolean {
  return !isFinite(measures.train_loss) || !isFinite(measures.validation_loss);
}

/**
 * Waits for a lower validation loss: training ends after `patience` evaluations in a row without one,
 * and the model of the lowest loss is kept, the first of equals.
 */
export class Patience {
  readonly #patience: number;
  #lowestLoss = Infinity;
  #waited = 0;
  /** The step of the lowest loss; undefined before the first evaluation. */
  bestStep: number | undefined;

  constructor(patience: number) {
    this.#patience = patience;
  }

  /** Records an evaluation; returns whether its loss is the lowest so far. */
  isBest({ step, measures: { validation_loss: validationLoss } }: Evaluation): boolean {
    const isBest = validationLoss < this.#lowestLoss;
    this.#waited = isBest ? 0 : this.#waited + 1;
    if (isBest) {
      this.#lowestLoss = validationLoss;
      this.bestStep = step;
    }
    return isBest;
  }

  /** Whether training ends. */
  get isOver(): boolean {
    return this.#waited >= this.#patience;
  }
}
