/**
 * The mean of one value or more, as statistics and cells.csv have it: the first value, and the mean
 * of how far the others are from it, so that equal values have exactly their value as mean.
 */
export function meanOf([first, ...others]: readonly number[]): number {
  return first + others.reduce((sum, value) => sum + (value - first), 0) / (others.length + 1);
}

/**
 * The mean of values as they come: their sum by their number, which can differ from `meanOf()` in
 * the last bit. halving.csv has these, and keeps them: its bytes do not change.
 */
export class RunningMean {
  n = 0;
  #sum = 0;

  add(value: number): void {
    this.n++;
    this.#sum += value;
  }

  /** NaN without values. */
  get mean(): number {
    return this.#sum / this.n;
  }
}
