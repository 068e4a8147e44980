/* Sums over a layer's weights, and pruning. Padding holds zeros and is not counted. */

// @ts-nocheck: AssemblyScript

/** Writes Σ|w|, Σw² and the number of zeros as f64 at `sums`; panel by panel, inputs ascending. */
// @ts-ignore: decorator
@inline
export function weightSums<T>(w: usize, inputs: i32, outputs: i32, sums: usize): void {
  let l1: f64 = 0, squares: f64 = 0, zeros: f64 = 0;
  for (let first = 0; first < outputs; first += 4) {
    const width = min(4, outputs - first);
    for (let i = 0; i < inputs; i++, w += 4 * sizeof<T>()) {
      for (let o = 0; o < width; o++) {
        const value = <f64>load<T>(w + o * sizeof<T>());
        l1 += abs<f64>(value);
        squares += value * value;
        if (value == 0) zeros += 1;
      }
    }
  }
  store<f64>(sums, l1);
  store<f64>(sums, squares, 8);
  store<f64>(sums, zeros, 16);
}

/**
 * Sets weights below threshold·deviation, and their mask's bits, to 0; returns how many are 0 then.
 * The deviation is the population's, over all of the layer's weights.
 */
// @ts-ignore: decorator
@inline
export function pruneWeights<T>(
  w: usize, mask: usize, inputs: i32, outputs: i32, threshold: f64,
): i32 {
  const count = <f64>inputs * <f64>outputs;
  let sum: f64 = 0;
  for (let first = 0, at = w; first < outputs; first += 4) {
    const width = min(4, outputs - first);
    for (let i = 0; i < inputs; i++, at += 4 * sizeof<T>()) {
      for (let o = 0; o < width; o++) sum += <f64>load<T>(at + o * sizeof<T>());
    }
  }
  const mean = sum / count;
  let squares: f64 = 0;
  for (let first = 0, at = w; first < outputs; first += 4) {
    const width = min(4, outputs - first);
    for (let i = 0; i < inputs; i++, at += 4 * sizeof<T>()) {
      for (let o = 0; o < width; o++) {
        const deviation = <f64>load<T>(at + o * sizeof<T>()) - mean;
        squares += deviation * deviation;
      }
    }
  }
  const limit = threshold * sqrt<f64>(squares / count);
  let zeros = 0;
  for (let first = 0; first < outputs; first += 4) {
    const width = min(4, outputs - first);
    for (let i = 0; i < inputs; i++, w += 4 * sizeof<T>(), mask += 4 * sizeof<T>()) {
      for (let o = 0; o < width; o++) {
        const at = o * sizeof<T>();
        if (abs<f64>(<f64>load<T>(w + at)) < limit) {
          store<T>(w + at, <T>0);
          store<T>(mask + at, <T>0);
        }
        if (load<T>(w + at) == 0) zeros++;
      }
    }
  }
  return zeros;
}
