/*
 * Products of a dense layer, tile by tile. A tile is a sum of outer products: some vectors of the left
 * matrix by some outputs of the right one, whose numbers or parts are spread over a vector. Its sums
 * stay in registers until all steps are added.
 *
 * The left matrix, which many tiles share, is packed before: its parts side by side, step by step.
 */

/* The size of a full tile; its sums fill most registers. */
#if WIDTH == 512
#define TILE_VECTORS 3
#define TILE_OUTPUTS 8
#elif defined(__aarch64__)
#define TILE_VECTORS 6
#define TILE_OUTPUTS 4
#else
#define TILE_VECTORS 3
#define TILE_OUTPUTS 4
#endif

/* Steps that are packed at a time: this much of the left matrix stays in the first-level cache. */
#define FORWARD_STEPS (24576 / (TILE_VECTORS * VECTOR_BYTES))

/* Lane panels after which a sum over rows is folded. */
#define CHUNK_PANELS 128

typedef vector tile[TILE_VECTORS][TILE_OUTPUTS];

static inline count least(count a, count b) { return a < b ? a : b; }

/* Vectors of the next tile: the last two of a matrix share what is left. */
static inline count tileVectors(count rows, count perVector) {
  const count left = (rows + perVector - 1) / perVector;
  return left <= TILE_VECTORS ? left : left < 2 * TILE_VECTORS ? (left + 1) / 2 : TILE_VECTORS;
}

/* Calls a function with a constant number of vectors. */
#if TILE_VECTORS == 6
#define MORE_VECTORS(call) case 4: call(4); break; case 5: call(5); break; case 6: call(6); break;
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
 * Packs `parts` rows of parts, `across` bytes apart, into vectors: step after step, which are `along`
 * bytes apart. The rest of a vector is filled with the last row, as its sums are not used.
 */
static void packLeft(
  const uint8_t *from, size_t across, size_t along, count parts, count steps, count vectors,
  uint8_t *packed
) {
  const size_t pitch = (size_t)vectors * VECTOR_BYTES;
  for (count n = 0; n < vectors * PARTS; n++) {
    const uint8_t *source = from + (size_t)least(n, parts - 1) * across;
    uint8_t *target = packed + n * PART_BYTES;
    for (count step = 0; step < steps; step++) {
      storePart(target, loadPart(source));
      source += along;
      target += pitch;
    }
  }
}

/* The outputs of a block of lane panels in `y`, or back. */
INLINE void loadSums(
  vector (*sums)[TILE_OUTPUTS], const int vectors, const int outputs,
  const uint8_t *y, size_t yStride, count panels
) {
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o += PARTS) {
      vector block[PARTS] = {0};
      UNROLL
      for (int n = 0; n < PARTS; n++) {
        const int panel = v * PARTS + n;
        if (panel < panels) block[n] = loadVector(y + panel * yStride + o * PART_BYTES);
      }
      transposeParts(block);
      UNROLL
      for (int n = 0; n < PARTS; n++) sums[v][o + n] = block[n];
    }
  }
}

INLINE void takeSums(
  vector (*sums)[TILE_OUTPUTS], const int vectors, const int outputs,
  uint8_t *y, size_t yStride, count panels
) {
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o += PARTS) {
      vector block[PARTS];
      UNROLL
      for (int n = 0; n < PARTS; n++) block[n] = sums[v][o + n];
      transposeParts(block);
      UNROLL
      for (int n = 0; n < PARTS; n++) {
        const int panel = v * PARTS + n;
        if (panel < panels) storeVector(y + panel * yStride + o * PART_BYTES, block[n]);
      }
    }
  }
}

/*
 * Adds the products of packed vectors with the numbers of some outputs, which are `apart` bytes apart
 * in a panel of four; panels are `panelStride` bytes apart and steps `step`.
 */
INLINE void addProducts(
  vector (*sums)[TILE_OUTPUTS], const int vectors, const int outputs, const uint8_t *packed, count steps,
  const uint8_t *right, const size_t apart, size_t panelStride, size_t step
) {
  for (; steps > 0; steps--) {
    vector left[TILE_VECTORS];
    UNROLL
    for (int v = 0; v < vectors; v++) left[v] = loadVector(packed + v * VECTOR_BYTES);
    UNROLL
    for (int o = 0; o < outputs; o++) {
      const number *factor = (const void *)(right + (o >> 2) * panelStride + (o & 3) * apart);
      UNROLL
      for (int v = 0; v < vectors; v++) sums[v][o] = sums[v][o] + timesNumber(left[v], factor);
    }
    packed += vectors * VECTOR_BYTES;
    right += step;
  }
}

/* A tile of `denseForward()`: sums start from the bias, or go on from y where there is none. */
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
  addProducts(sums, vectors, outputs, packed, steps, w, sizeof(number), wStride, 4 * sizeof(number));
  takeSums(sums, vectors, outputs, y, yStride, panels);
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
  _Alignas(64) uint8_t packed[TILE_VECTORS * VECTOR_BYTES * FORWARD_STEPS];
  const uint8_t *from = memory + x;
  uint8_t *to = memory + y;
  const size_t wStride = (size_t)inputs * 4 * sizeof(number);
  while (panels > 0) {
    const count vectors = tileVectors(panels, PARTS);
    const count rows = least(panels, vectors * PARTS);
    for (count first = 0; first == 0 || first < inputs; first += FORWARD_STEPS) {
      const count steps = least(inputs - first, FORWARD_STEPS);
      const number *start = first == 0 ? numbers(memory, bias) : 0;
      const uint8_t *weights = memory + w + (size_t)first * 4 * sizeof(number);
      packLeft(from + first * PART_BYTES, xStride, PART_BYTES, rows, steps, vectors, packed);
#define FORWARD(vectors) \
  forwardPanels(vectors, packed, steps, weights, wStride, start, to, yStride, rows, outputPanels * 4)
      WITH_VECTORS(vectors, FORWARD)
#undef FORWARD
    }
    panels -= rows;
    from += (size_t)rows * xStride;
    to += (size_t)rows * yStride;
  }
}

/* The features of a vector in the weights' gradients, where all lanes are features of one row. */
#define VECTOR_FEATURES (PARTS * LANES)

/* Packs a chunk of some features lane by lane: the rows of the first lanes of all panels, and so on. */
static void packFeatures(
  const uint8_t *x, size_t xStride, count features, count panels, count vectors, uint8_t *packed
) {
  const size_t pitch = (size_t)vectors * VECTOR_BYTES;
  for (count panel = 0; panel < panels; panel++) {
    for (count v = 0; v < vectors; v++) {
      vector block[LANES];
      UNROLL
      for (count n = 0; n < LANES; n++) {
        const count feature = (v * LANES + n) * PARTS;
        block[n] = feature < features ? loadVector(x + feature * PART_BYTES) : (vector){0};
      }
      transposeLanes(block);
      UNROLL
      for (count n = 0; n < LANES; n++) {
        storeVector(packed + ((size_t)n * panels + panel) * pitch + v * VECTOR_BYTES, block[n]);
      }
    }
    x += xStride;
  }
}

/* Stores the sums of a first chunk, or adds those of a further one. */
INLINE void keepPart(uint8_t *at, part sum, bool isFirst) {
  storePart(at, isFirst ? sum : (part)(loadPart(at) + sum));
}

/* Stores or adds the weights' gradients of a vector of features and four outputs. */
INLINE void keepWeights(const vector *sums, uint8_t *dw, count features, bool isFirst) {
  vector block[4];
  UNROLL
  for (int o = 0; o < 4; o++) block[o] = sums[o];
#if PRECISION == 32
  transposeLanes(block);
  UNROLL
  for (int n = 0; n < LANES; n++) {
    if ((n + 1) * PARTS <= features) {
      storeVector(dw, isFirst ? block[n] : loadVector(dw) + block[n]);
    } else {
      const part *parts = (const part *)&block[n];
      for (int m = 0; m < PARTS && n * PARTS + m < features; m++) {
        keepPart(dw + m * PART_BYTES, parts[m], isFirst);
      }
    }
    dw += VECTOR_BYTES;
  }
#else
  transposeLanes(block);
  transposeLanes(block + 2);
  for (int n = 0; n < LANES; n++) {
    const part *low = (const part *)&block[n], *high = (const part *)&block[2 + n];
    for (int m = 0; m < PARTS && n * PARTS + m < features; m++) {
      keepPart(dw, low[m], isFirst);
      keepPart(dw + PART_BYTES, high[m], isFirst);
      dw += 2 * PART_BYTES;
    }
  }
#endif
}

/*
 * A tile of `denseBackwardWeights()`: the sums of a lane, which are kept until the lanes can be
 * folded as (0+1)+(2+3).
 */
INLINE void weightsTile(
  const int vectors, const int outputs, const int lane, const uint8_t *packed, count panels,
  const uint8_t *dy, size_t yStride, tile *kept,
  uint8_t *dw, size_t wStride, count features, bool isFirst
) {
  tile sums;
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o++) sums[v][o] = (vector){0};
  }
  addProducts(sums, vectors, outputs, packed, panels, dy, PART_BYTES, 4 * PART_BYTES, yStride);
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o++) {
      if (lane == 3) sums[v][o] = kept[1][v][o] + sums[v][o];
      if (lane % 2 == 1) sums[v][o] = kept[0][v][o] + sums[v][o];
      if (lane + 1 < LANES) kept[lane / 2][v][o] = sums[v][o];
    }
    if (lane + 1 < LANES) continue;
    UNROLL
    for (int o = 0; o < outputs; o += 4) {
      keepWeights(
        sums[v] + o, dw + (o >> 2) * wStride + (size_t)v * VECTOR_FEATURES * 4 * sizeof(number),
        features - v * VECTOR_FEATURES, isFirst
      );
    }
  }
}

INLINE void weightsLane(
  const int vectors, const int lane, const uint8_t *packed, count panels, count outputs,
  const uint8_t *dy, size_t yStride, tile (*kept)[2],
  uint8_t *dw, size_t wStride, count features, bool isFirst
) {
  dy += lane * sizeof(number);
  packed += (size_t)lane * panels * vectors * VECTOR_BYTES;
  for (; outputs >= TILE_OUTPUTS; outputs -= TILE_OUTPUTS) {
    weightsTile(
      vectors, TILE_OUTPUTS, lane, packed, panels, dy, yStride, *kept, dw, wStride, features, isFirst
    );
    dy += TILE_OUTPUTS * PART_BYTES;
    dw += TILE_OUTPUTS / 4 * wStride;
    kept++;
  }
  if (outputs > 0) {
    weightsTile(vectors, 4, lane, packed, panels, dy, yStride, *kept, dw, wStride, features, isFirst);
  }
}

/* Outputs whose sums of lanes are kept at a time. */
#define BLOCK_OUTPUTS 128

static void biasSums(
  const uint8_t *dy, size_t yStride, count panels, count outputs, number *db, bool isFirst
) {
  for (count o = 0; o < outputs; o += 4) {
    part sums[4] = {0};
    const uint8_t *at = dy + o * PART_BYTES;
    for (count panel = 0; panel < panels; panel++) {
      UNROLL
      for (int n = 0; n < 4; n++) sums[n] = sums[n] + loadPart(at + n * PART_BYTES);
      at += yStride;
    }
    for (int n = 0; n < 4; n++) {
#if PRECISION == 32
      const number folded = (sums[n][0] + sums[n][1]) + (sums[n][2] + sums[n][3]);
#else
      const number folded = sums[n][0] + sums[n][1];
#endif
      db[o + n] = isFirst ? folded : db[o + n] + folded;
    }
  }
}

/* dw[i,o] = the sum of x[b,i] * dy[b,o], and db[o] that of dy[b,o]; chunks of lane sums, folded in order. */
void KERNEL(denseBackwardWeights)(
  uint8_t *memory, offset x, offset dy, offset dw, offset db,
  count panels, count inputs, count outputPanels, offset xStride, offset yStride
) {
  _Alignas(64) uint8_t packed[CHUNK_PANELS * LANES * TILE_VECTORS * VECTOR_BYTES];
  tile kept[BLOCK_OUTPUTS / TILE_OUTPUTS][2];
  const size_t wStride = (size_t)inputs * 4 * sizeof(number);
  for (count panel = 0; panel < panels; panel += CHUNK_PANELS) {
    const count steps = least(panels - panel, CHUNK_PANELS);
    const bool isFirst = panel == 0;
    const uint8_t *gradients = memory + dy + (size_t)panel * yStride;
    biasSums(gradients, yStride, steps, outputPanels * 4, numbers(memory, db), isFirst);
    const uint8_t *from = memory + x + (size_t)panel * xStride;
    uint8_t *to = memory + dw;
    for (count left = inputs; left > 0;) {
      const count vectors = tileVectors(left, VECTOR_FEATURES);
      const count features = least(left, vectors * VECTOR_FEATURES);
      packFeatures(from, xStride, features, steps, vectors, packed);
      for (count output = 0; output < outputPanels * 4; output += BLOCK_OUTPUTS) {
        const count outputs = least(outputPanels * 4 - output, BLOCK_OUTPUTS);
        const uint8_t *factors = gradients + output * PART_BYTES;
        uint8_t *weights = to + (output >> 2) * wStride;
#define LANE(vectors, lane) \
  weightsLane( \
    vectors, lane, packed, steps, outputs, factors, yStride, kept, weights, wStride, features, isFirst \
  )
#if LANES == 4
#define WEIGHTS(vectors) (LANE(vectors, 0), LANE(vectors, 1), LANE(vectors, 2), LANE(vectors, 3))
#else
#define WEIGHTS(vectors) (LANE(vectors, 0), LANE(vectors, 1))
#endif
        WITH_VECTORS(vectors, WEIGHTS)
      }
      left -= features;
      from += features * PART_BYTES;
      to += (size_t)features * 4 * sizeof(number);
    }
  }
}
