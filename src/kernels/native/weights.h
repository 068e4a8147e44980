/* Sums over a layer's weights, pruning and groups. Padding holds zeros and is not counted. */

/*
 * Does something with each weight at[n], panel by panel, inputs ascending. Sums over all weights are
 * added to one after the other, so they take the time that an addition takes for each weight.
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
  const ptrdiff_t masks = numbers(memory, mask) - numbers(memory, w);
  number *weights = numbers(memory, w);
  count zeros = 0;
  EACH_WEIGHT(weights, inputs, outputs, {
    const bool isPruned = fabs((double)weights[n]) < limit;
    weights[n] = isPruned ? 0 : weights[n];
    weights[masks + (ptrdiff_t)n] = isPruned ? 0 : weights[masks + (ptrdiff_t)n];
    zeros += weights[n] == 0;
  })
  return zeros;
}

/* Groups whose sums are computed at a time: in a panel, their weights are neighbours. */
#define GROUPS 64

/* dw += w * strength / norm, for the weights from each input; not where the norm is 0. */
void KERNEL(addGroupGradient)(
  uint8_t *memory, offset w, offset dw, count inputs, count outputs, double strength
) {
  for (count first = 0; first < inputs; first += GROUPS) {
    const count groups = least(GROUPS, inputs - first);
    double squares[4 * GROUPS] = {0};
    for (count o = 0; o < outputs; o += 4) {
      const number *weights = numbers(memory, w) + ((size_t)(o / 4) * inputs + first) * 4;
      for (count n = 0; n < 4 * groups; n++) squares[n] += (double)weights[n] * weights[n];
    }
    double norms[GROUPS];
    number scales[GROUPS];
    for (count group = 0; group < groups; group++) {
      const double *sums = squares + 4 * group;
      norms[group] = sqrt((sums[0] + sums[1]) + (sums[2] + sums[3]));
      scales[group] = (number)(strength / norms[group]);
    }
    for (count o = 0; o < outputs; o += 4) {
      const size_t panel = ((size_t)(o / 4) * inputs + first) * WEIGHT_BYTES;
      for (count group = 0; group < groups; group++) {
        if (norms[group] == 0) continue;
        uint8_t *at = memory + panel + group * WEIGHT_BYTES;
        FOUR_AT(at + dw) = FOUR_AT(at + dw) + scales[group] * FOUR_AT(at + w);
      }
    }
  }
}
