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

/* Outputs whose gradients are packed at a time. */
#define BLOCK_OUTPUTS 128

typedef vector tile[TILE_VECTORS][TILE_OUTPUTS];

static inline count least(count a, count b) { return a < b ? a : b; }

/* Vectors of the next tile: the last two of a matrix share what is left. */
static inline count tileVectors(count parts) {
  const count left = (parts + PARTS - 1) / PARTS;
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
  for (; steps > 0; steps--) {
    vector left[TILE_VECTORS];
    UNROLL
    for (int v = 0; v < vectors; v++) left[v] = loadVector(packed + v * VECTOR_BYTES);
    UNROLL
    for (int o = 0; o < outputs; o++) {
      const number *weights = (const void *)(w + (o >> 2) * wStride);
      const vector right = spread(weights[o & 3]);
      UNROLL
      for (int v = 0; v < vectors; v++) sums[v][o] = sums[v][o] + left[v] * right;
    }
    packed += vectors * VECTOR_BYTES;
    w += 4 * sizeof(number);
  }
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
    const count vectors = tileVectors(panels);
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

/* Stores the sums of a first chunk, or adds those of a further one. */
INLINE void keepPart(uint8_t *at, part sum, bool isFirst) {
  storePart(at, isFirst ? sum : (part)(loadPart(at) + sum));
}

/* Folds the lanes of four outputs' sums as (0+1)+(2+3): weights of at most PARTS inputs. */
INLINE void foldFour(const vector *sums, uint8_t *dw, count inputs, bool isFirst) {
  const vector low = addNeighbours(sums[0], sums[1]), high = addNeighbours(sums[2], sums[3]);
#if PRECISION == 32
  const vector folded = addNeighbours(low, high);
  if (inputs >= PARTS) {
    storeVector(dw, isFirst ? folded : loadVector(dw) + folded);
    return;
  }
  const part *parts = (const part *)&folded;
  for (count n = 0; n < inputs; n++) keepPart(dw + n * PART_BYTES, parts[n], isFirst);
#else
  const part *lows = (const part *)&low, *highs = (const part *)&high;
  for (count n = 0; n < PARTS && n < inputs; n++) {
    keepPart(dw + 2 * n * PART_BYTES, lows[n], isFirst);
    keepPart(dw + (2 * n + 1) * PART_BYTES, highs[n], isFirst);
  }
#endif
}

/* A tile of `denseBackwardWeights()` over a chunk of panels. */
INLINE void weightsTile(
  const int vectors, const int outputs, const uint8_t *left, const uint8_t *right, count panels,
  uint8_t *dw, size_t wStride, count inputs, bool isFirst
) {
  tile sums;
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o++) sums[v][o] = (vector){0};
  }
  for (; panels > 0; panels--) {
    vector features[TILE_VECTORS];
    UNROLL
    for (int v = 0; v < vectors; v++) features[v] = loadVector(left + v * VECTOR_BYTES);
    UNROLL
    for (int o = 0; o < outputs; o++) {
      const vector gradient = spreadPart(right + o * PART_BYTES);
      UNROLL
      for (int v = 0; v < vectors; v++) sums[v][o] = sums[v][o] + features[v] * gradient;
    }
    left += vectors * VECTOR_BYTES;
    right += outputs * PART_BYTES;
  }
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o += 4) {
      foldFour(
        sums[v] + o, dw + (o >> 2) * wStride + (size_t)v * PARTS * 4 * sizeof(number), inputs - v * PARTS, isFirst
      );
    }
  }
}

INLINE void weightsFeatures(
  const int vectors, const uint8_t *left, const uint8_t *right, count panels, count outputs,
  uint8_t *dw, size_t wStride, count inputs, bool isFirst
) {
  for (; outputs >= TILE_OUTPUTS; outputs -= TILE_OUTPUTS) {
    weightsTile(vectors, TILE_OUTPUTS, left, right, panels, dw, wStride, inputs, isFirst);
    right += (size_t)panels * TILE_OUTPUTS * PART_BYTES;
    dw += TILE_OUTPUTS / 4 * wStride;
  }
  if (outputs > 0) weightsTile(vectors, 4, left, right, panels, dw, wStride, inputs, isFirst);
}

/*
 * Packs a chunk of the gradients of some outputs, tile after tile, and folds their sums into db.
 */
static void packGradients(
  const uint8_t *dy, size_t yStride, count panels, count outputs, number *db, bool isFirst,
  uint8_t *packed
) {
  while (outputs > 0) {
    const count width = outputs >= TILE_OUTPUTS ? TILE_OUTPUTS : 4;
    for (count o = 0; o < width; o++) {
      const uint8_t *source = dy + o * PART_BYTES;
      uint8_t *target = packed + o * PART_BYTES;
      part sum = {0};
      for (count panel = 0; panel < panels; panel++) {
        const part gradient = loadPart(source);
        sum = sum + gradient;
        storePart(target, gradient);
        source += yStride;
        target += width * PART_BYTES;
      }
#if PRECISION == 32
      const number folded = (sum[0] + sum[1]) + (sum[2] + sum[3]);
#else
      const number folded = sum[0] + sum[1];
#endif
      db[o] = isFirst ? folded : db[o] + folded;
    }
    packed += (size_t)panels * width * PART_BYTES;
    dy += width * PART_BYTES;
    db += width;
    outputs -= width;
  }
}

/* dw[i,o] = the sum of x[b,i] * dy[b,o], and db[o] that of dy[b,o]; chunks of lane sums, folded in order. */
void KERNEL(denseBackwardWeights)(
  uint8_t *memory, offset x, offset dy, offset dw, offset db,
  count panels, count inputs, count outputPanels, offset xStride, offset yStride
) {
  _Alignas(64) uint8_t gradients[CHUNK_PANELS * BLOCK_OUTPUTS * PART_BYTES];
  _Alignas(64) uint8_t features[CHUNK_PANELS * TILE_VECTORS * VECTOR_BYTES];
  const size_t wStride = (size_t)inputs * 4 * sizeof(number);
  for (count panel = 0; panel < panels; panel += CHUNK_PANELS) {
    const count steps = least(panels - panel, CHUNK_PANELS);
    const bool isFirst = panel == 0;
    for (count output = 0; output < outputPanels * 4; output += BLOCK_OUTPUTS) {
      const count outputs = least(outputPanels * 4 - output, BLOCK_OUTPUTS);
      packGradients(
        memory + dy + (size_t)panel * yStride + output * PART_BYTES, yStride, steps, outputs,
        numbers(memory, db) + output, isFirst, gradients
      );
      const uint8_t *from = memory + x + (size_t)panel * xStride;
      uint8_t *to = memory + dw + (output >> 2) * wStride;
      for (count left = inputs; left > 0;) {
        const count vectors = tileVectors(left);
        const count width = least(left, vectors * PARTS);
        packLeft(from, PART_BYTES, xStride, width, steps, vectors, features);
#define WEIGHTS(vectors) \
  weightsFeatures(vectors, features, gradients, steps, outputs, to, wStride, width, isFirst)
        WITH_VECTORS(vectors, WEIGHTS)
#undef WEIGHTS
        left -= width;
        from += width * PART_BYTES;
        to += (size_t)width * 4 * sizeof(number);
      }
    }
  }
}
