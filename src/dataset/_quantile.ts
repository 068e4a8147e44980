/** The middle of sorted values, or the mean of the two in the middle; NaN of none. */
export function medianOf(sorted: Float64Array): number {
  const upper = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
}

/**
 * A quantile of sorted values, interpolated linearly between the two next to it; NaN of none.
 *
 * @param share In [0, 1].
 * Source: NumPy's `quantile()` with method "linear": definition 7 of Hyndman and Fan, Sample quantiles
 * in statistical packages (1996), in NumPy's order of operations.
 */
export function quantileOf(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  const part = position - below;
  const [a, b] = [sorted[below], sorted[above]];
  return part >= 0.5 ? b - (b - a) * (1 - part) : a + (b - a) * part;
}

/** The most frequent of sorted values, the smallest of several; NaN of none. */
export function modeOf(sorted: Float64Array): number {
  let mode = NaN;
  let most = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    if (end - start <= most) continue;
    most = end - start;
    mode = sorted[start];
  }
  return mode;
}
