/**
 * The mean of one or more values, as in statistics and cells.csv: the first value plus the mean
 * difference from it, so that the mean of equal values is exactly that value.
 */
export function meanOf([first, ...others]: readonly number[]): number {
  return first + others.reduce((sum, value) => sum + (value - first), 0) / (others.length + 1);
}

/**
 * A running mean: sum divided by count, which can differ from `meanOf()` in the last bit.
 * halving.csv uses it, and must keep it so that its bytes do not change.
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
