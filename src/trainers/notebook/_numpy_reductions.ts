/**
 * `np.sum` over contiguous float64 values, bit for bit: runs of at most 128, added pairwise.
 *
 * Source: NumPy, numpy/_core/src/umath/loops_utils.h.src, `pairwise_sum`.
 */
export function sum(values: Float64Array, start = 0, end = values.length): number {
  const count = end - start;
  if (count > 128) {
    const half = Math.floor(count / 2);
    const middle = start + half - half % 8;
    return sum(values, start, middle) + sum(values, middle, end);
  }
  // Eight sums side by side; values that do not fill all eight are added one by one at the end.
  let total = 0;
  let next = start;
  if (count >= 8) {
    let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (; next + 8 <= end; next += 8) {
      s0 += values[next];
      s1 += values[next + 1];
      s2 += values[next + 2];
      s3 += values[next + 3];
      s4 += values[next + 4];
      s5 += values[next + 5];
      s6 += values[next + 6];
      s7 += values[next + 7];
    }
    total = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
  for (; next < end; next++) total += values[next];
  return total;
}

/** `np.mean` over all values. */
export function mean(values: Float64Array): number {
  return sum(values) / values.length;
}

/** `np.std` over all values. */
export function standardDeviation(values: Float64Array): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) * (value - center))));
}

/** `np.max` over all values: NaN if there is one. */
export function maximum(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) if (value > largest || Number.isNaN(value)) largest = value;
  return largest;
}

/** `np.argmax` over values[start, end): the first of the largest, or the first NaN; from 0. */
export function argmax(values: Float64Array, start: number, end: number): number {
  let place = start;
  for (let i = start; i < end; i++) {
    if (Number.isNaN(values[i])) return i - start;
    if (values[i] > values[place]) place = i;
  }
  return place - start;
}
