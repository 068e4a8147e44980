/* The product of a dense layer. */

/*
 * Packs some features of lane panels, a vector for PARTS panels. What is left of the last vector
 * repeats the last panel: its sums are not used.
 */
ALONE void packPanels(
  const uint8_t *x, size_t xStride, count panels, count features, count vectors, uint8_t *packed
) {
  const size_t pitch = (size_t)vectors * VECTOR_BYTES;
  for (count v = 0; v < vectors; v++) {
    const uint8_t *from[PARTS];
    UNROLL
    for (count n = 0; n < PARTS; n++) {
      const count panel = least(v * PARTS + n, panels - 1);
      from[n] = x + (size_t)panel * xStride;
    }
    uint8_t *to = packed + v * VECTOR_BYTES;
    count feature = 0;
    for (; feature + PARTS <= features; feature += PARTS) {
      vector block[PARTS];
      UNROLL
      for (count n = 0; n < PARTS; n++) block[n] = loadVector(from[n] + feature * PART_BYTES);
      transposeParts(block);
      UNROLL
      for (count n = 0; n < PARTS; n++, to += pitch) storeVector(to, block[n]);
    }
    for (; feature < features; feature++, to += pitch) {
      UNROLL
      for (count n = 0; n < PARTS; n++) {
        storePart(to + n * PART_BYTES, loadPart(from[n] + feature * PART_BYTES));
      }
    }
  }
}

/* A tile's sums from y. */
INLINE void loadSums(
  vector (*sums)[TILE_OUTPUTS], const int vectors, const int outputs,
  const uint8_t *y, size_t yStride, count panels
) {
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o += PARTS) {
      UNROLL
      for (count n = 0; n < PARTS; n++) {
        const count panel = least(v * PARTS + n, panels - 1);
        sums[v][o + n] = loadVector(y + (size_t)panel * yStride + o * PART_BYTES);
      }
      transposeParts(sums[v] + o);
    }
  }
}

/* A tile's sums to y. */
INLINE void storeSums(
  vector (*sums)[TILE_OUTPUTS], const int vectors, const int outputs,
  uint8_t *y, size_t yStride, count panels
) {
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o += PARTS) {
      transposeParts(sums[v] + o);
      UNROLL
      for (count n = 0; n < PARTS; n++) {
        const count panel = v * PARTS + n;
        uint8_t *at = y + (size_t)panel * yStride + o * PART_BYTES;
        if (panel < panels) storeVector(at, sums[v][o + n]);
      }
    }
  }
}

/* Sums of `denseForward()` start from the bias, or go on from y where there is none. */
INLINE void forwardTile(
  const int vectors, const int outputs, const uint8_t *packed, count steps,
  const uint8_t *w, size_t wStride, const number *bias, uint8_t *y, size_t yStride, count panels
) {
  tile sums;
  if (bias) {
    UNROLL
    for (int o = 0; o < outputs; o++) {
      UNROLL
      for (int v = 0; v < vectors; v++) sums[v][o] = spread(bias[o]);
    }
  } else {
    loadSums(sums, vectors, outputs, y, yStride, panels);
  }
  addProducts(sums, vectors, outputs, packed, steps, w, sizeof(number), wStride, WEIGHT_BYTES);
  storeSums(sums, vectors, outputs, y, yStride, panels);
}

INLINE void forwardPanels(
  const int vectors, const uint8_t *packed, count steps,
  const uint8_t *w, size_t wStride, const number *bias, uint8_t *y, size_t yStride, count panels,
  count outputs
) {
  for (; outputs >= TILE_OUTPUTS; outputs -= TILE_OUTPUTS) {
    forwardTile(vectors, TILE_OUTPUTS, packed, steps, w, wStride, bias, y, yStride, panels);
    w += TILE_OUTPUTS / 4 * wStride;
    if (bias) bias += TILE_OUTPUTS;
    y += TILE_OUTPUTS * PART_BYTES;
  }
  if (outputs > 0) forwardTile(vectors, 4, packed, steps, w, wStride, bias, y, yStride, panels);
}

/* y[b,o] = bias[o] + the sum of x[b,i] * w[i,o], i ascending. */
void KERNEL(denseForward)(
  uint8_t *memory, offset x, offset w, offset bias, offset y,
  count panels, count inputs, count outputPanels, offset xStride, offset yStride
) {
  _Alignas(64) uint8_t packed[PACKED_STEPS * TILE_VECTORS * VECTOR_BYTES];
  const uint8_t *from = memory + x;
  uint8_t *to = memory + y;
  const size_t wStride = (size_t)inputs * WEIGHT_BYTES;
  const count outputs = 4 * outputPanels;
  while (panels > 0) {
    const count vectors = tileVectors(panels, PARTS);
    const count rows = least(panels, vectors * PARTS);
    for (count input = 0; input < inputs; input += PACKED_STEPS) {
      const count steps = least(inputs - input, PACKED_STEPS);
      const uint8_t *weights = memory + w + (size_t)input * WEIGHT_BYTES;
      const number *start = input == 0 ? numbers(memory, bias) : NULL;
      packPanels(from + input * PART_BYTES, xStride, rows, steps, vectors, packed);
#define FORWARD(vectors) \
  forwardPanels(vectors, packed, steps, weights, wStride, start, to, yStride, rows, outputs)
      WITH_VECTORS(vectors, FORWARD)
#undef FORWARD
    }
    panels -= rows;
    from += (size_t)rows * xStride;
    to += (size_t)rows * yStride;
  }
}
