/* Batch normalization, a vector of PARTS features at a time; ../batch_norm_kernels.ts has its formulas. */

/* The numbers of a vector in double precision, and their bits. */
typedef double wide __attribute__((vector_size(8 * PARTS * LANES)));
typedef int64_t wide_bits __attribute__((vector_size(8 * PARTS * LANES)));

#define WIDE(v) __builtin_convertvector(v, wide)

/* Only the rows of a panel that there are; elsewhere 0. */
#define ROWS_OF(rows, v) ((wide)((wide_bits)(v) & (rows)))

/* For each part, a number in all of its lanes. */
#define SPREAD_EACH(v, n) \
  UNROLL \
  for (int lane = 0; lane < PARTS * LANES; lane++) (v)[lane] = (n)[lane / LANES]

/* The total of a part's lanes. */
#define TOTAL(sums, part) (LANES == 4 \
  ? ((sums)[(part) * LANES] + (sums)[(part) * LANES + 1]) + \
    ((sums)[(part) * LANES + LANES - 2] + (sums)[(part) * LANES + LANES - 1]) \
  : (sums)[(part) * LANES] + (sums)[(part) * LANES + 1])

/* Bits set in the lanes of a panel that has fewer rows than others. */
#define SET_ROWS(mask, rows) \
  UNROLL \
  for (int lane = 0; lane < PARTS * LANES; lane++) (mask)[lane] = lane % LANES < (rows) ? -1 : 0

/* Each feature's mean and variance over the rows. */
void KERNEL(batchMoments)(
  uint8_t *memory, offset x, offset mean, offset variance, count rows, count features, offset stride
) {
  const count panels = rows / LANES;
  wide_bits last;
  SET_ROWS(last, rows % LANES);
  const uint8_t *values = memory + x;
  number *means = numbers(memory, mean), *variances = numbers(memory, variance);
  for (count f = 0; f < features; f += PARTS, values += VECTOR_BYTES) {
    const uint8_t *at = values;
    wide sums = {0}, squares = {0}, centres;
    for (count panel = 0; panel < panels; panel++, at += stride) sums += WIDE(loadVector(at));
    if (rows % LANES) sums += ROWS_OF(last, WIDE(loadVector(at)));
    double centre[PARTS];
    for (int n = 0; n < PARTS; n++) centre[n] = TOTAL(sums, n) / rows;
    SPREAD_EACH(centres, centre);
    at = values;
    for (count panel = 0; panel < panels; panel++, at += stride) {
      const wide deviation = WIDE(loadVector(at)) - centres;
      squares += deviation * deviation;
    }
    if (rows % LANES) {
      const wide deviation = WIDE(loadVector(at)) - centres;
      squares += ROWS_OF(last, deviation * deviation);
    }
    for (int n = 0; n < PARTS; n++) {
      means[f + n] = (number)centre[n];
      variances[f + n] = (number)(TOTAL(squares, n) / rows);
    }
  }
}

/* x = (x - mean) / root of (variance + epsilon), then y = x * scale + shift. */
void KERNEL(normalize)(
  uint8_t *memory, offset x, offset mean, offset variance, offset scale, offset shift, offset y,
  count panels, count features, offset stride, number epsilon
) {
  const number *variances = numbers(memory, variance);
  for (count f = 0; f < features; f += PARTS) {
    number factor[PARTS];
    for (int n = 0; n < PARTS; n++) factor[n] = 1 / ROOT(variances[f + n] + epsilon);
    vector means, factors, scales, shifts;
    SPREAD_EACH(means, numbers(memory, mean) + f);
    SPREAD_EACH(factors, factor);
    SPREAD_EACH(scales, numbers(memory, scale) + f);
    SPREAD_EACH(shifts, numbers(memory, shift) + f);
    uint8_t *from = memory + x + f * PART_BYTES, *to = memory + y + f * PART_BYTES;
    for (count panel = 0; panel < panels; panel++, from += stride, to += stride) {
      const vector value = (loadVector(from) - means) * factors;
      storeVector(from, value);
      storeVector(to, value * scales + shifts);
    }
  }
}

/* dscale, dshift, and dy = scale * d * ((dy - dshift / rows) - x * (dscale / rows)). */
void KERNEL(normalizeBackward)(
  uint8_t *memory, offset x, offset dy, offset variance, offset scale, offset dscale, offset dshift,
  count rows, count features, offset stride, number epsilon
) {
  const count panels = rows / LANES;
  wide_bits last;
  SET_ROWS(last, rows % LANES);
  const number *variances = numbers(memory, variance), *scales = numbers(memory, scale);
  number *scaleSums = numbers(memory, dscale), *shiftSums = numbers(memory, dshift);
  for (count f = 0; f < features; f += PARTS) {
    const uint8_t *value = memory + x + f * PART_BYTES;
    uint8_t *gradient = memory + dy + f * PART_BYTES;
    wide ofShift = {0}, ofScale = {0};
    for (count panel = 0; panel < panels; panel++, value += stride, gradient += stride) {
      const wide slope = WIDE(loadVector(gradient));
      ofShift += slope;
      ofScale += slope * WIDE(loadVector(value));
    }
    if (rows % LANES) {
      const wide slope = WIDE(loadVector(gradient));
      ofShift += ROWS_OF(last, slope);
      ofScale += ROWS_OF(last, slope * WIDE(loadVector(value)));
    }
    number factor[PARTS], shiftMean[PARTS], scaleMean[PARTS];
    for (int n = 0; n < PARTS; n++) {
      const double shiftSum = TOTAL(ofShift, n), scaleSum = TOTAL(ofScale, n);
      shiftSums[f + n] = (number)shiftSum;
      scaleSums[f + n] = (number)scaleSum;
      factor[n] = scales[f + n] * (1 / ROOT(variances[f + n] + epsilon));
      shiftMean[n] = (number)(shiftSum / rows);
      scaleMean[n] = (number)(scaleSum / rows);
    }
    vector factors, shiftMeans, scaleMeans;
    SPREAD_EACH(factors, factor);
    SPREAD_EACH(shiftMeans, shiftMean);
    SPREAD_EACH(scaleMeans, scaleMean);
    value = memory + x + f * PART_BYTES;
    gradient = memory + dy + f * PART_BYTES;
    for (count panel = 0; panel < panels; panel++, value += stride, gradient += stride) {
      const vector centred = loadVector(gradient) - shiftMeans;
      storeVector(gradient, factors * (centred - loadVector(value) * scaleMeans));
    }
    if (rows % LANES) {
      const vector centred = loadVector(gradient) - shiftMeans;
      vector slope = factors * (centred - loadVector(value) * scaleMeans);
      UNROLL
      for (int lane = 0; lane < PARTS * LANES; lane++) {
        slope[lane] = lane % LANES < rows % LANES ? slope[lane] : 0;
      }
      storeVector(gradient, slope);
    }
  }
}
