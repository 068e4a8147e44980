/* Sums over a layer's weights, and pruning. Padding holds zeros and is not counted. */

/*
 * Does something with each weight at[n], panel by panel, inputs ascending. The sums are those of a
 * layer, one after the other: nothing here becomes a vector.
 */
#define EACH_WEIGHT(at, inputs, outputs, work) \
  for (count first = 0; first < (outputs); first += 4, at += (size_t)(inputs) * 4) { \
    const count width = least(4, (outputs) - first); \
    const size_t numbers = (size_t)(inputs) * 4; \
    if (width == 4) { \
      for (size_t n = 0; n < numbers; n++) work \
    } else { \
      for (size_t n = 0; n < numbers; n++) if ((count)(n % 4) < width) work \
    } \
  }

/* The sum of |w| and of w * w, and the number of zeros. */
void KERNEL(weightSums)(uint8_t *memory, offset w, count inputs, count outputs, offset sums) {
  double l1 = 0, squares = 0;
  count zeros = 0;
  const number *weights = numbers(memory, w);
  EACH_WEIGHT(weights, inputs, outputs, {
    const double value = weights[n];
    l1 += fabs(value);
    squares += value * value;
    zeros += value == 0;
  })
  double *totals = (double *)(void *)(memory + sums);
  totals[0] = l1;
  totals[1] = squares;
  totals[2] = zeros;
}

/* Weights below threshold * deviation, and their mask's bits, become 0; returns how many are 0 then. */
count KERNEL(pruneWeights)(
  uint8_t *memory, offset w, offset mask, count inputs, count outputs, double threshold
) {
  const double all = (double)inputs * outputs;
  double sum = 0, squares = 0;
  const number *weight = numbers(memory, w);
  EACH_WEIGHT(weight, inputs, outputs, { sum += weight[n]; })
  const double mean = sum / all;
  weight = numbers(memory, w);
  EACH_WEIGHT(weight, inputs, outputs, {
    const double deviation = weight[n] - mean;
    squares += deviation * deviation;
  })
  const double limit = threshold * sqrt(squares / all);
  number *weights = numbers(memory, w), *masks = numbers(memory, mask);
  count zeros = 0;
  for (count first = 0; first < outputs; first += 4) {
    const count width = least(4, outputs - first);
    for (count n = 0; n < 4 * inputs; n++) {
      const bool isPruned = n % 4 < width && fabs((double)weights[n]) < limit;
      weights[n] = isPruned ? 0 : weights[n];
      masks[n] = isPruned ? 0 : masks[n];
      zeros += n % 4 < width && weights[n] == 0;
    }
    weights += (size_t)inputs * 4;
    masks += (size_t)inputs * 4;
  }
  return zeros;
}
