/* Products of weights, and their transpose. */

/* Sums of a vector of features with four outputs from weights, placed as in `keepWeights()`. */
INLINE void loadWeights(vector *sums, const uint8_t *w, count features) {
  UNROLL
  for (int o = 0; o < 4; o += LANES) {
    UNROLL
    for (count m = 0; m < LANES; m++) {
      const uint8_t *at = w + m * PARTS * WEIGHT_BYTES + o * sizeof(number);
      sums[o + m] = loadParts(at, WEIGHT_BYTES, features - m * PARTS);
    }
    transposeLanes(sums + o);
  }
}

INLINE void productTile(
  const int vectors, const int outputs, const uint8_t *packed, count steps,
  const uint8_t *b, size_t bStride, uint8_t *c, size_t cStride, count inputs
) {
  tile sums;
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o += 4) {
      const count input = v * VECTOR_FEATURES;
      loadWeights(sums[v] + o, c + (o >> 2) * cStride + input * WEIGHT_BYTES, inputs - input);
    }
  }
  addProducts(sums, vectors, outputs, packed, steps, b, sizeof(number), bStride, WEIGHT_BYTES);
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o += 4) {
      const count input = v * VECTOR_FEATURES;
      keepWeights(sums[v] + o, c + (o >> 2) * cStride + input * WEIGHT_BYTES, inputs - input, true);
    }
  }
}

INLINE void productInputs(
  const int vectors, const uint8_t *packed, count steps,
  const uint8_t *b, size_t bStride, uint8_t *c, size_t cStride, count inputs, count outputs
) {
  for (; outputs >= TILE_OUTPUTS; outputs -= TILE_OUTPUTS) {
    productTile(vectors, TILE_OUTPUTS, packed, steps, b, bStride, c, cStride, inputs);
    b += TILE_OUTPUTS / 4 * bStride;
    c += TILE_OUTPUTS / 4 * cStride;
  }
  if (outputs > 0) productTile(vectors, 4, packed, steps, b, bStride, c, cStride, inputs);
}

/* c[i,o] += the sum of a[i,h] * b[h,o], h ascending, all three in output panels. */
void KERNEL(addWeightProduct)(
  uint8_t *memory, offset a, offset b, offset c, count inputs, count inner, count outputs
) {
  _Alignas(64) uint8_t packed[PACKED_STEPS * TILE_VECTORS * VECTOR_BYTES];
  const size_t aStride = (size_t)inputs * WEIGHT_BYTES, bStride = (size_t)inner * WEIGHT_BYTES;
  const count padded = roundUp(outputs, 4);
  for (count first = 0; first < inner; first += PACKED_STEPS) {
    const count steps = least(inner - first, PACKED_STEPS);
    const uint8_t *right = memory + b + (size_t)first * WEIGHT_BYTES;
    for (count input = 0; input < inputs;) {
      const count vectors = tileVectors(inputs - input, VECTOR_FEATURES);
      const count rows = least(inputs - input, vectors * VECTOR_FEATURES);
      const size_t pitch = (size_t)vectors * VECTOR_BYTES;
      const uint8_t *left = memory + a + (first >> 2) * aStride + (size_t)input * WEIGHT_BYTES;
      for (int o = 0; o < 4; o += LANES) {
        packLanes(
          left + o * sizeof(number), true, aStride, (steps + 3) >> 2, rows, vectors,
          packed + o * pitch, pitch, 4 * pitch
        );
      }
      uint8_t *to = memory + c + (size_t)input * WEIGHT_BYTES;
#define PRODUCT(vectors) \
  productInputs(vectors, packed, steps, right, bStride, to, aStride, rows, padded)
      WITH_VECTORS(vectors, PRODUCT)
#undef PRODUCT
      input += rows;
    }
  }
}

/* c[i,o] += x[i] * y[o]. */
void KERNEL(addOuterProduct)(
  uint8_t *memory, offset x, offset y, offset c, count inputs, count outputs
) {
  const number *factors = numbers(memory, x);
  for (count o = 0; o < outputs; o += 4) {
    const four right = FOUR_AT(memory + y + o * sizeof(number));
    uint8_t *at = memory + c + (size_t)o * inputs * sizeof(number);
    for (count i = 0; i < inputs; i++, at += WEIGHT_BYTES) {
      FOUR_AT(at) = FOUR_AT(at) + factors[i] * right;
    }
  }
}

/* wt[o,i] = w[i,o], from output panels to input panels; inputs are padded with zeros. */
void KERNEL(transposeWeights)(uint8_t *memory, offset w, offset wt, count inputs, count outputs) {
  for (count o = 0; o < outputs; o += 4) {
    uint8_t *from = memory + w + (size_t)o * inputs * sizeof(number);
    uint8_t *to = memory + wt + (size_t)o * WEIGHT_BYTES;
    for (count i = 0; i < inputs; i += 4, to += (size_t)outputs * WEIGHT_BYTES) {
      four block[4];
      UNROLL
      for (count n = 0; n < 4; n++, from += WEIGHT_BYTES) {
        block[n] = i + n < inputs ? FOUR_AT(from) : (four){0};
      }
      transposeFours(block);
      UNROLL
      for (count n = 0; n < 4; n++) {
        if (o + n < outputs) FOUR_AT(to + n * WEIGHT_BYTES) = block[n];
      }
    }
  }
}
