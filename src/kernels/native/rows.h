/* Softmax with cross-entropy, a vector for PARTS lane panels; factors of rows; copies of rows. */

/* A block of PARTS classes, each a vector; what is left of the panels repeats the last one. */
INLINE void loadClasses(vector *block, const uint8_t *at, size_t stride, count panels) {
  UNROLL
  for (count n = 0; n < PARTS; n++) {
    block[n] = loadVector(at + (size_t)least(n, panels - 1) * stride);
  }
  transposeParts(block);
}

INLINE void storeClasses(vector *block, uint8_t *at, size_t stride, count panels) {
  transposeParts(block);
  UNROLL
  for (count n = 0; n < PARTS; n++) {
    if (n < panels) storeVector(at + (size_t)n * stride, block[n]);
  }
}

/* The larger of two numbers, NaN if one is; 0 is larger than -0. */
INLINE vector larger(vector a, vector b) {
  const vector same = (vector)((bits)a & (bits)b);
  return choose((a > b) | (a != a), a, choose((b > a) | (b != b), b, same));
}

INLINE vector largestLogit(const uint8_t *logits, count classes, size_t stride, count panels) {
  vector most = spread(-INFINITY);
  for (count c = 0; c < classes; c += PARTS) {
    vector block[PARTS];
    loadClasses(block, logits + c * PART_BYTES, stride, panels);
    UNROLL
    for (count n = 0; n < PARTS; n++) {
      if (c + n < classes) most = larger(most, block[n]);
    }
  }
  return most;
}

/* The labels of some panels, as wide as numbers. */
INLINE integers loadLabels(const int32_t *labels, count panels) {
  integers lanes = {0};
  for (count n = 0; n < PARTS * LANES && n < panels * LANES; n++) lanes[n] = labels[n];
  return lanes;
}

/* logits = (softmax - target) * scale; 0 in padding. */
void KERNEL(softmaxBackward)(
  uint8_t *memory, offset logits, offset labels, count panels, count classes, offset stride,
  number scale, double smoothing
) {
  const count padded = roundUp(classes, 4);
  const double share = smoothing / classes;
  const vector others = spread((number)share), own = spread((number)(1 - smoothing + share));
  const int32_t *label = int32s(memory, labels);
  uint8_t *rows = memory + logits;
  for (; panels > 0; panels -= PARTS, rows += (size_t)PARTS * stride, label += PARTS * LANES) {
    const vector most = largestLogit(rows, classes, stride, panels);
    vector sum = {0};
    for (count c = 0; c < classes; c += PARTS) {
      vector block[PARTS];
      loadClasses(block, rows + c * PART_BYTES, stride, panels);
      UNROLL
      for (count n = 0; n < PARTS; n++) {
        block[n] = expOfNegative(block[n] - most);
        if (c + n < classes) sum = sum + block[n];
      }
      storeClasses(block, rows + c * PART_BYTES, stride, panels);
    }
    const integers target = loadLabels(label, panels);
    for (count c = 0; c < padded; c += PARTS) {
      vector block[PARTS];
      loadClasses(block, rows + c * PART_BYTES, stride, panels);
      UNROLL
      for (count n = 0; n < PARTS; n++) {
        const vector share = choose(target == c + n, own, others);
        const vector gradient = (block[n] / sum - share) * scale;
        block[n] = c + n < classes ? orZero(target >= 0, gradient) : (vector){0};
      }
      storeClasses(block, rows + c * PART_BYTES, stride, panels);
    }
  }
}

/* Adds the rows' cross-entropies and the number of right ones to two doubles, rows ascending. */
void KERNEL(softmaxEvaluate)(
  uint8_t *memory, offset logits, offset labels, count panels, count classes, offset stride,
  offset sums
) {
  double *totals = (double *)(void *)(memory + sums);
  double loss = totals[0], correct = totals[1];
  const int32_t *label = int32s(memory, labels);
  const uint8_t *rows = memory + logits;
  for (; panels > 0; panels -= PARTS) {
    const vector most = largestLogit(rows, classes, stride, panels);
    vector sum = {0};
    for (count c = 0; c < classes; c += PARTS) {
      vector block[PARTS];
      loadClasses(block, rows + c * PART_BYTES, stride, panels);
      UNROLL
      for (count n = 0; n < PARTS; n++) {
        if (c + n < classes) sum = sum + expOfNegative(block[n] - most);
      }
    }
    for (count n = 0; n < PARTS && n < panels; n++, rows += stride) {
      for (count lane = 0; lane < LANES; lane++, label++) {
        if (*label < 0) continue;
        const number *row = (const number *)(const void *)rows + lane;
        const number highest = most[n * LANES + lane];
        loss += logOf(sum[n * LANES + lane]) - ((double)row[*label * LANES] - highest);
        count first = 0;
        while (first < classes && row[first * LANES] != highest) first++;
        if (first == *label) correct += 1;
      }
      storePart(memory + sums + PART_BYTES, ((const part *)&most)[n]);
      storePart(memory + sums + 2 * PART_BYTES, ((const part *)&sum)[n]);
    }
  }
  totals[0] = loss;
  totals[1] = correct;
}

/* y[b,f] = y[b,f] * factors[b]. */
void KERNEL(scaleRows)(
  uint8_t *memory, offset y, offset factors, count panels, count features, offset stride
) {
  uint8_t *row = memory + y;
  const uint8_t *factor = memory + factors;
  for (; panels > 0; panels--, row += stride, factor += PART_BYTES) {
    const part factors = loadPart(factor);
    for (count f = 0; f < features; f++) {
      storePart(row + f * PART_BYTES, loadPart(row + f * PART_BYTES) * factors);
    }
  }
}

/* Copies rows into panels; fills up the last one with zeros. */
void KERNEL(gatherRows)(
  uint8_t *memory, offset source, offset rows, offset target, count batch, count features,
  offset stride
) {
  const int32_t *row = int32s(memory, rows);
  for (count b = 0; b < roundUp(batch, LANES); b++) {
    number *to = numbers(memory, target + b / LANES * stride) + b % LANES;
    if (b >= batch) {
      for (count f = 0; f < features; f++) to[f * LANES] = 0;
      continue;
    }
    const number *from = numbers(memory, source + row[b] / LANES * stride) + row[b] % LANES;
    for (count f = 0; f < features; f++) to[f * LANES] = from[f * LANES];
  }
}

/* y = x + m in the first rows; m is in output panels. */
void KERNEL(addMatrix)(
  uint8_t *memory, offset x, offset m, offset y, count rows, count features, offset stride
) {
  for (count b = 0; b < rows; b++) {
    const offset panel = b / LANES * stride;
    const number *from = numbers(memory, x + panel) + b % LANES;
    const number *added = numbers(memory, m) + 4 * b;
    number *to = numbers(memory, y + panel) + b % LANES;
    for (count f = 0; f < features; f++) {
      to[f * LANES] = from[f * LANES] + added[(size_t)(f >> 2) * rows * 4 + (f & 3)];
    }
  }
}
