/**
 * The mean of one or more values, as in statistics and cells.csv: the first value plus the mean
 * difference from it, so that the mean of equal values is exactly that value.
 */
export function meanOf([first, ...others]: readonly number[]): number {
  return first + others.reduce((sum, value) => sum + (value - first), 0) / (others.length + 1);
}

/**
 * Mean of values, and their sample standard deviation, which fewer than two do not have.
 *
 * Sums differences from the first value, in order, so that equal values have a standard deviation of
 * exactly 0.
 */
export function meanAndDeviation(
  values: readonly number[],
): { readonly mean?: number; readonly sd?: number } {
  const n = values.length;
  if (n === 0) return {};
  const mean = meanOf(values);
  if (n === 1) return { mean };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, sd: Math.sqrt(squares / (n - 1)) };
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
