/*
 * Products of matrices, tile by tile. A tile is a sum of outer products: some vectors of the left
 * matrix, each with the numbers of some outputs of the right one. Its sums stay in registers until
 * all steps are added. The left matrix, which many tiles share, is packed before: vectors side by
 * side, step by step.
 */

/* The size of a full tile: its sums leave some registers for numbers that are loaded early. */
#if WIDTH == 512
#define TILE_VECTORS 3
#define TILE_OUTPUTS 8
#elif defined(__aarch64__)
#define TILE_VECTORS 4
#define TILE_OUTPUTS 4
#else
#define TILE_VECTORS 3
#define TILE_OUTPUTS 4
#endif

typedef vector tile[TILE_VECTORS][TILE_OUTPUTS];

/* The features of a vector where all lanes are features of one row. */
#define VECTOR_FEATURES (PARTS * LANES)

/* Steps of long sums that are packed at a time: as many as stay in the first-level cache. */
#define PACKED_STEPS (24576 / (TILE_VECTORS * VECTOR_BYTES))

#define PANEL_BYTES (4 * PART_BYTES)
#define WEIGHT_BYTES (4 * sizeof(number))

INLINE count least(count a, count b) { return a < b ? a : b; }
INLINE count roundUp(count n, count unit) { return (n + unit - 1) / unit * unit; }

/* Vectors of the next tile: the last two tiles share what is left. */
INLINE count tileVectors(count rows, count perVector) {
  const count left = roundUp(rows, perVector) / perVector;
  return left <= TILE_VECTORS ? left : left < 2 * TILE_VECTORS ? (left + 1) / 2 : TILE_VECTORS;
}

/* Calls a macro with a constant number of vectors. */
#if TILE_VECTORS == 4
#define MORE_VECTORS(call) case 4: call(4); break;
#else
#define MORE_VECTORS(call)
#endif
#define WITH_VECTORS(vectors, call) \
  switch (vectors) { \
    case 1: call(1); break; \
    case 2: call(2); break; \
    case 3: call(3); break; \
    MORE_VECTORS(call) \
  }

/*
 * Adds the products of packed vectors and the numbers of some outputs, which are `apart` bytes apart
 * in a panel of four; panels are `panelStride` bytes apart, steps `stride`.
 */
INLINE void addProducts(
  vector (*sums)[TILE_OUTPUTS], const int vectors, const int outputs,
  const uint8_t *packed, count steps,
  const uint8_t *right, const size_t apart, size_t panelStride, size_t stride
) {
  for (; steps > 0; steps--) {
    const int stored = vectors == TILE_VECTORS ? STORED_VECTORS : 0;
    vector left[TILE_VECTORS];
    UNROLL
    for (int v = stored; v < vectors; v++) left[v] = loadVector(packed + v * VECTOR_BYTES);
    UNROLL
    for (int o = 0; o < outputs; o++) {
      const void *factor = right + (o >> 2) * panelStride + (o & 3) * apart;
      UNROLL
      for (int v = 0; v < vectors; v++) {
        const vector product = v < stored
          ? storedTimesNumber(packed + v * VECTOR_BYTES, factor)
          : timesNumber(left[v], factor);
        sums[v][o] = sums[v][o] + product;
      }
    }
    packed += vectors * VECTOR_BYTES;
    right += stride;
  }
}

/*
 * Packs some features of panels as vectors of one lane's features: those of lane panels, or of as many
 * outputs of weights as a part holds. From one lane to the next there are `laneBytes`, from one panel
 * to the next `panelBytes`. What is left of the last vector is not used.
 */
INLINE void packLanes(
  const uint8_t *x, const bool isWeights, size_t xStride, count panels, count features,
  count vectors, uint8_t *packed, size_t laneBytes, size_t panelBytes
) {
  for (; panels > 0; panels--, x += xStride, packed += panelBytes) {
    for (count v = 0; v < vectors; v++) {
      vector block[LANES];
      UNROLL
      for (count n = 0; n < LANES; n++) {
        const count feature = (v * LANES + n) * PARTS, left = features - feature;
        block[n] = isWeights
          ? loadParts(x + feature * WEIGHT_BYTES, WEIGHT_BYTES, left)
          : loadFeatures(x + feature * PART_BYTES, left);
      }
      transposeLanes(block);
      UNROLL
      for (count n = 0; n < LANES; n++) {
        storeVector(packed + n * laneBytes + v * VECTOR_BYTES, block[n]);
      }
    }
  }
}

/* Stores the sums of the first chunk, or adds those of another one. */
INLINE void keepVector(uint8_t *at, vector sum, bool isFirst) {
  storeVector(at, isFirst ? sum : loadVector(at) + sum);
}
INLINE void keepPart(uint8_t *at, part sum, bool isFirst) {
  storePart(at, isFirst ? sum : (part)(loadPart(at) + sum));
}

/* Keeps parts of sums of fewer features than a vector's parts, or where a part has two outputs. */
ALONE void keepParts(const part *sums, uint8_t *dw, count features, bool isFirst) {
  for (count n = 0; n < features; n++) keepPart(dw + n * WEIGHT_BYTES, sums[n], isFirst);
}

/* Keeps the sums of a vector of features with four outputs as weights. */
INLINE void keepWeights(const vector *sums, uint8_t *dw, count features, bool isFirst) {
  vector block[4];
  UNROLL
  for (int o = 0; o < 4; o++) block[o] = sums[o];
  UNROLL
  for (int o = 0; o < 4; o += LANES) {
    transposeLanes(block + o);
    // Part n of block m has LANES outputs of feature m * PARTS + n.
    UNROLL
    for (count m = 0; m < LANES; m++) {
      uint8_t *at = dw + m * PARTS * WEIGHT_BYTES + o * sizeof(number);
      const count left = features - m * PARTS;
      if (LANES == 4 && left >= PARTS) {
        keepVector(at, block[o + m], isFirst);
      } else {
        const vector sum = block[o + m];
        keepParts((const part *)&sum, at, least(left, PARTS), isFirst);
      }
    }
  }
}
