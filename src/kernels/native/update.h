/* Parameter updates: passes over contiguous vectors; compilers miss some of them in plain loops. */

/* dw + l2 * w + l1 * sign(w), limited to +-clip, NaN where it is one; sign(0) = 0. */
INLINE vector penalized(vector dw, vector w, number l1, number l2, number clip) {
  vector g = dw + l2 * w;
  g = g + orZero(w > 0, spread(l1));
  g = g - orZero(w < 0, spread(l1));
  g = choose(g > clip, spread(clip), g);
  return choose(g < -clip, spread(-clip), g);
}

/* w moved towards 0 by a limit, but not past 0; NaN where one of them is. */
INLINE vector shrunk(vector w, vector limit) {
  const vector most = choose(w <= limit, w, limit);
  return w - choose(most >= -limit, most, -limit);
}

/* v = momentum * v + g with the penalized gradient g; w = w - rate * (v + decay * w), masked. */
void KERNEL(sgdUpdate)(
  uint8_t *memory, offset w, offset dw, offset v, offset mask, offset bytes,
  number rate, number momentum, number l1, number l2, number decay, number clip
) {
  uint8_t *weights = memory + w, *velocities = memory + v;
  const uint8_t *gradients = memory + dw, *masks = memory + mask;
  for EACH_VECTOR(at, left, bytes) {
    const vector weight = loadParts(weights + at, PART_BYTES, left);
    const vector gradient = loadParts(gradients + at, PART_BYTES, left);
    const vector velocity = momentum * loadParts(velocities + at, PART_BYTES, left) +
      penalized(gradient, weight, l1, l2, clip);
    storeFirst(velocities + at, velocity, left);
    const integers kept = (integers)loadParts(masks + at, PART_BYTES, left);
    storeFirst(weights + at, orZero(kept, weight - rate * (velocity + decay * weight)), left);
  }
}

/* dw = the penalized gradient. */
void KERNEL(penalizeGradient)(
  uint8_t *memory, offset w, offset dw, offset bytes, number l1, number l2, number clip
) {
  const uint8_t *weights = memory + w;
  uint8_t *gradients = memory + dw;
  for EACH_VECTOR(at, left, bytes) {
    const vector weight = loadParts(weights + at, PART_BYTES, left);
    const vector gradient = loadParts(gradients + at, PART_BYTES, left);
    storeFirst(gradients + at, penalized(gradient, weight, l1, l2, clip), left);
  }
}

INLINE vector rootOf(vector v) {
  vector roots;
  UNROLL
  for (int n = 0; n < PARTS * LANES; n++) roots[n] = ROOT(v[n]);
  return roots;
}

/* Adam's step sizes. */
INLINE vector stepOf(vector squares, number rate, number epsilon) {
  return rate / (rootOf(squares) + epsilon);
}

/* Adam; ../assembly/update.ts has its formula. */
void KERNEL(adamUpdate)(
  uint8_t *memory, offset w, offset dw, offset m, offset s, offset mask, offset bytes,
  number rate, double beta1, double beta2, number epsilon, number decay, number shrinkage
) {
  uint8_t *weights = memory + w, *means = memory + m, *squares = memory + s;
  const uint8_t *gradients = memory + dw, *masks = memory + mask;
  const number oldMean = (number)beta1, newMean = (number)(1 - beta1);
  const number oldSquare = (number)beta2, newSquare = (number)(1 - beta2);
  for EACH_VECTOR(at, left, bytes) {
    const vector weight = loadParts(weights + at, PART_BYTES, left);
    const vector g = loadParts(gradients + at, PART_BYTES, left);
    const vector mean = oldMean * loadParts(means + at, PART_BYTES, left) + newMean * g;
    const vector square =
      oldSquare * loadParts(squares + at, PART_BYTES, left) + newSquare * (g * g);
    storeFirst(means + at, mean, left);
    storeFirst(squares + at, square, left);
    const vector step = stepOf(square, rate, epsilon);
    const vector change = step * mean + decay * weight;
    const integers kept = (integers)loadParts(masks + at, PART_BYTES, left);
    storeFirst(weights + at, orZero(kept, shrunk(weight - change, step * shrinkage)), left);
  }
}

/* steps = rate / (root of s + epsilon). */
void KERNEL(adamStepSizes)(
  uint8_t *memory, offset s, offset steps, offset bytes, number rate, number epsilon
) {
  const number *squares = numbers(memory, s);
  number *sizes = numbers(memory, steps);
  for (size_t n = 0; n < bytes / sizeof(number); n++) sizes[n] = rate / (ROOT(squares[n]) + epsilon);
}

/* w = w moved towards 0 by a threshold, but not past 0. */
void KERNEL(softThreshold)(uint8_t *memory, offset w, offset bytes, number threshold) {
  uint8_t *weights = memory + w;
  for EACH_VECTOR(at, left, bytes) {
    const vector weight = loadParts(weights + at, PART_BYTES, left);
    storeFirst(weights + at, shrunk(weight, spread(threshold)), left);
  }
}

/* y = y + share * (x - y). */
void KERNEL(moveTowards)(uint8_t *memory, offset x, offset y, offset bytes, number share) {
  const uint8_t *targets = memory + x;
  uint8_t *values = memory + y;
  for EACH_VECTOR(at, left, bytes) {
    const vector own = loadParts(values + at, PART_BYTES, left);
    storeFirst(values + at, own + share * (loadParts(targets + at, PART_BYTES, left) - own), left);
  }
}
