/*
 * Products of a dense layer, tile by tile. A tile is a sum of outer products: some vectors of the left
 * matrix, each with the numbers of some outputs of the right one. Its sums stay in registers until all
 * steps are added. The left matrix, which many tiles share, is packed before: vectors side by side,
 * step by step.
 */

/* The size of a full tile: its sums fill most registers, and leave some for numbers loaded early. */
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

/* Steps that `denseForward()` packs at a time: as many as stay in the first-level cache. */
#define FORWARD_STEPS (24576 / (TILE_VECTORS * VECTOR_BYTES))

/* Lane panels after which a sum over rows is folded. */
#define CHUNK_PANELS 128

/* Outputs whose sums of lanes are kept, and gradients packed, at a time. */
#define BLOCK_OUTPUTS 128

/*
 * Whether gradients are packed lane by lane. They are read in place where a tile has so many outputs
 * that it is the arithmetic that takes the time.
 */
#define PACKS_GRADIENTS (TILE_OUTPUTS == 4)

/* The features of a vector in `denseBackwardWeights()`, where all lanes are features of one row. */
#define VECTOR_FEATURES (PARTS * LANES)

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
 * Adds the products of packed vectors and the numbers of some outputs, which are `apart` bytes apart in
 * a panel of four; panels are `panelStride` bytes apart, steps `stride`.
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
    for (count n = 0; n < PARTS; n++) from[n] = x + (size_t)least(v * PARTS + n, panels - 1) * xStride;
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
        if (panel < panels) storeVector(y + (size_t)panel * yStride + o * PART_BYTES, sums[v][o + n]);
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
  _Alignas(64) uint8_t packed[FORWARD_STEPS * TILE_VECTORS * VECTOR_BYTES];
  const uint8_t *from = memory + x;
  uint8_t *to = memory + y;
  const size_t wStride = (size_t)inputs * WEIGHT_BYTES;
  while (panels > 0) {
    const count vectors = tileVectors(panels, PARTS);
    const count rows = least(panels, vectors * PARTS);
    for (count input = 0; input < inputs; input += FORWARD_STEPS) {
      const count steps = least(inputs - input, FORWARD_STEPS);
      const uint8_t *weights = memory + w + (size_t)input * WEIGHT_BYTES;
      const number *start = input == 0 ? numbers(memory, bias) : NULL;
      packPanels(from + input * PART_BYTES, xStride, rows, steps, vectors, packed);
#define FORWARD(vectors) \
  forwardPanels(vectors, packed, steps, weights, wStride, start, to, yStride, rows, 4 * outputPanels)
      WITH_VECTORS(vectors, FORWARD)
#undef FORWARD
    }
    panels -= rows;
    from += (size_t)rows * xStride;
    to += (size_t)rows * yStride;
  }
}

/*
 * Packs some features of panels as vectors of one lane's features. From one lane to the next there are
 * `laneBytes`, from one panel to the next `panelBytes`. What is left of the last vector is not used.
 */
INLINE void packLanes(
  const uint8_t *x, const size_t apart, size_t xStride, count panels, count features, count vectors,
  uint8_t *packed, size_t laneBytes, size_t panelBytes
) {
  for (; panels > 0; panels--, x += xStride, packed += panelBytes) {
    for (count v = 0; v < vectors; v++) {
      vector block[LANES];
      UNROLL
      for (count n = 0; n < LANES; n++) {
        const count feature = (v * LANES + n) * PARTS;
        block[n] = loadParts(x + feature * apart, apart, features - feature);
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
        continue;
      }
      const part *parts = (const part *)&block[o + m];
      for (count n = 0; n < PARTS && n < left; n++) keepPart(at + n * WEIGHT_BYTES, parts[n], isFirst);
    }
  }
}

/* Gradients of outputs: bytes between lanes, outputs, panels of four outputs, and steps. */
typedef struct {
  const uint8_t *at;
  size_t lane, panel, step;
} factors;
#define FACTORS_APART (PACKS_GRADIENTS ? sizeof(number) : PART_BYTES)

/*
 * The sums of a chunk's lane in `denseBackwardWeights()`, which are kept until the lanes can be folded
 * as (0+1)+(2+3).
 */
INLINE void weightsTile(
  const int vectors, const int outputs, const int lane, const uint8_t *packed, count panels,
  factors dy, tile *kept, uint8_t *dw, size_t wStride, count features, bool isFirst
) {
  tile sums;
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o++) sums[v][o] = (vector){0};
  }
  addProducts(sums, vectors, outputs, packed, panels, dy.at, FACTORS_APART, dy.panel, dy.step);
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
      const count feature = v * VECTOR_FEATURES;
      uint8_t *at = dw + (o >> 2) * wStride + feature * WEIGHT_BYTES;
      keepWeights(sums[v] + o, at, features - feature, isFirst);
    }
  }
}

INLINE void weightsLane(
  const int vectors, const int lane, const uint8_t *packed, count panels, factors dy, tile (*kept)[2],
  uint8_t *dw, size_t wStride, count features, count outputs, bool isFirst
) {
  packed += (size_t)lane * panels * vectors * VECTOR_BYTES;
  dy.at += lane * dy.lane;
#define TILE(outputs) \
  weightsTile(vectors, outputs, lane, packed, panels, dy, *kept, dw, wStride, features, isFirst)
  for (; outputs >= TILE_OUTPUTS; outputs -= TILE_OUTPUTS) {
    TILE(TILE_OUTPUTS);
    dy.at += TILE_OUTPUTS / 4 * dy.panel;
    dw += TILE_OUTPUTS / 4 * wStride;
    kept++;
  }
  if (outputs > 0) TILE(4);
#undef TILE
}

/*
 * The sums of a chunk in `denseBackwardWeights()` for some vectors of outputs and at most four features,
 * read in place: vectors of lanes of features would be mostly empty.
 */
INLINE void narrowTile(
  const int vectors, const int features, const uint8_t *x, size_t xStride,
  const uint8_t *dy, size_t yStride, count panels, number *dw, count inputs, bool isFirst
) {
  vector sums[2][4] = {0};
  for (; panels > 0; panels--, x += xStride, dy += yStride) {
    vector left[2];
    UNROLL
    for (int v = 0; v < vectors; v++) left[v] = loadVector(dy + v * VECTOR_BYTES);
    UNROLL
    for (int i = 0; i < features; i++) {
      const vector feature = spreadPart(x + i * PART_BYTES);
      UNROLL
      for (int v = 0; v < vectors; v++) sums[v][i] = sums[v][i] + left[v] * feature;
    }
  }
  UNROLL
  for (int v = 0; v < vectors; v++) {
    // Part n of block m has LANES features with output n.
    vector block[4 / LANES];
    UNROLL
    for (int m = 0; m < 4; m += LANES) {
      block[m / LANES] = addNeighbours(sums[v][m], sums[v][m + 1]);
      if (LANES == 4) {
        block[m / LANES] = addNeighbours(block[m / LANES], addNeighbours(sums[v][2], sums[v][3]));
      }
    }
    UNROLL
    for (int n = 0; n < PARTS; n++) {
      const int output = v * PARTS + n;
      UNROLL
      for (int i = 0; i < features; i++) {
        number *at = dw + ((size_t)(output >> 2) * inputs + i) * 4 + (output & 3);
        const number sum = block[i / LANES][n * LANES + i % LANES];
        *at = isFirst ? sum : *at + sum;
      }
    }
  }
}

/* A chunk in `denseBackwardWeights()`, for a few features and a block of outputs. */
ALONE void narrowChunk(
  const uint8_t *x, size_t xStride, const uint8_t *dy, size_t yStride, count panels,
  uint8_t *dw, count inputs, count outputs, bool isFirst
) {
  for (count output = 0; output < outputs;) {
    const bool isPair = output + 2 * PARTS <= outputs;
    const uint8_t *gradients = dy + output * PART_BYTES;
    for (count input = 0; input < inputs; input += 4) {
      const uint8_t *features = x + input * PART_BYTES;
      const size_t first = ((size_t)(output >> 2) * inputs + input) * 4 + (output & 3);
      number *to = (number *)(void *)dw + first;
#define TILE(vectors, count) \
  narrowTile(vectors, count, features, xStride, gradients, yStride, panels, to, inputs, isFirst)
      switch (2 * least(inputs - input, 4) + isPair) {
        case 2: TILE(1, 1); break;
        case 3: TILE(2, 1); break;
        case 4: TILE(1, 2); break;
        case 5: TILE(2, 2); break;
        case 6: TILE(1, 3); break;
        case 7: TILE(2, 3); break;
        case 8: TILE(1, 4); break;
        case 9: TILE(2, 4); break;
      }
#undef TILE
    }
    output += isPair ? 2 * PARTS : PARTS;
  }
}

/* db[o] = the sum of dy[b,o] over a chunk, for the outputs of some vectors. */
INLINE void sumOutputs(
  const int vectors, const uint8_t *dy, size_t yStride, count panels, number *db, bool isFirst
) {
  vector sums[4];
  UNROLL
  for (int v = 0; v < vectors; v++) sums[v] = (vector){0};
  for (; panels > 0; panels--, dy += yStride) {
    UNROLL
    for (int v = 0; v < vectors; v++) sums[v] = sums[v] + loadVector(dy + v * VECTOR_BYTES);
  }
  const number *lanes = (const number *)sums;
  for (int n = 0; n < vectors * PARTS; n++, lanes += LANES) {
    number sum = lanes[0] + lanes[1];
    if (LANES == 4) sum = sum + (lanes[LANES - 2] + lanes[LANES - 1]);
    db[n] = isFirst ? sum : db[n] + sum;
  }
}

/* db[o] = the sum of dy[b,o] over a chunk, for all outputs. */
ALONE void biasChunk(
  const uint8_t *dy, size_t yStride, count panels, count outputs, number *db, bool isFirst
) {
  count o = 0;
  for (; o + 4 * PARTS <= outputs; o += 4 * PARTS) {
    sumOutputs(4, dy + o * PART_BYTES, yStride, panels, db + o, isFirst);
  }
  for (; o < outputs; o += 4) {
    sumOutputs(4 / PARTS, dy + o * PART_BYTES, yStride, panels, db + o, isFirst);
  }
}

/*
 * Packs the gradients of some outputs lane by lane: of each lane panel, the numbers of four outputs
 * side by side. A last vector of fewer than PARTS panels repeats the last one, and is not used.
 */
INLINE factors packGradients(
  const uint8_t *dy, size_t yStride, count panels, count outputs, uint8_t *packed
) {
  const size_t panelBytes = (size_t)roundUp(panels, PARTS) * WEIGHT_BYTES;
  const factors all = { packed, outputs / 4 * panelBytes, panelBytes, WEIGHT_BYTES };
  for (count o = 0; o < outputs; o += 4, dy += PANEL_BYTES) {
    for (count panel = 0; panel < panels; panel += PARTS, packed += PARTS * WEIGHT_BYTES) {
      vector block[4];
      UNROLL
      for (count n = 0; n < PARTS; n++) {
        const uint8_t *from = dy + (size_t)least(panel + n, panels - 1) * yStride;
        UNROLL
        for (int m = 0; m < 4 / PARTS; m++) {
          block[m * PARTS + n] = loadVector(from + m * VECTOR_BYTES);
        }
      }
      UNROLL
      for (int m = 0; m < 4; m += PARTS) transposeParts(block + m);
      UNROLL
      for (int m = 0; m < 4; m += LANES) {
        transposeLanes(block + m);
        // Part k of block m + n has LANES outputs of panel k's lane n.
        UNROLL
        for (int n = 0; n < LANES; n++) {
          uint8_t *to = packed + n * all.lane + m * sizeof(number);
          storeParts(to, WEIGHT_BYTES, block[m + n]);
        }
      }
    }
  }
  return all;
}

/* A chunk in `denseBackwardWeights()`, for all features and a block of outputs. */
ALONE void weightsChunk(
  const uint8_t *x, size_t xStride, const uint8_t *dy, size_t yStride, count panels,
  uint8_t *dw, count inputs, count outputs, bool isFirst
) {
  _Alignas(64) uint8_t packed[CHUNK_PANELS * LANES * TILE_VECTORS * VECTOR_BYTES];
  tile kept[BLOCK_OUTPUTS / TILE_OUTPUTS][2];
  const size_t wStride = (size_t)inputs * WEIGHT_BYTES;
#if PACKS_GRADIENTS
  _Alignas(64) uint8_t gradients[CHUNK_PANELS * BLOCK_OUTPUTS * PART_BYTES];
  const factors right = packGradients(dy, yStride, panels, outputs, gradients);
#else
  const factors right = { dy, sizeof(number), PANEL_BYTES, yStride };
#endif
  for (count input = 0; input < inputs;) {
    const count vectors = tileVectors(inputs - input, VECTOR_FEATURES);
    const count features = least(inputs - input, vectors * VECTOR_FEATURES);
    const size_t pitch = (size_t)vectors * VECTOR_BYTES;
    packLanes(
      x + input * PART_BYTES, PART_BYTES, xStride, panels, features, vectors,
      packed, panels * pitch, pitch
    );
    uint8_t *to = dw + (size_t)input * WEIGHT_BYTES;
#define LANE(vectors, lane) \
  weightsLane(vectors, lane, packed, panels, right, kept, to, wStride, features, outputs, isFirst)
#if LANES == 4
#define WEIGHTS(vectors) (LANE(vectors, 0), LANE(vectors, 1), LANE(vectors, 2), LANE(vectors, 3))
#else
#define WEIGHTS(vectors) (LANE(vectors, 0), LANE(vectors, 1))
#endif
    WITH_VECTORS(vectors, WEIGHTS)
#undef WEIGHTS
#undef LANE
    input += features;
  }
}

/* dw[i,o] = the sum of x[b,i] * dy[b,o], and db[o] that of dy[b,o]; chunks of lane sums, folded in order. */
void KERNEL(denseBackwardWeights)(
  uint8_t *memory, offset x, offset dy, offset dw, offset db,
  count panels, count inputs, count outputPanels, offset xStride, offset yStride
) {
  const count outputs = 4 * outputPanels;
  const bool isNarrow = inputs <= VECTOR_FEATURES / 2;
  for (count panel = 0; panel < panels; panel += CHUNK_PANELS) {
    const count some = least(panels - panel, CHUNK_PANELS);
    const uint8_t *features = memory + x + (size_t)panel * xStride;
    const uint8_t *gradients = memory + dy + (size_t)panel * yStride;
    biasChunk(gradients, yStride, some, outputs, numbers(memory, db), panel == 0);
    for (count output = 0; output < outputs; output += BLOCK_OUTPUTS) {
      (isNarrow ? narrowChunk : weightsChunk)(
        features, xStride, gradients + output * PART_BYTES, yStride, some,
        memory + dw + (size_t)output * inputs * sizeof(number), inputs,
        least(outputs - output, BLOCK_OUTPUTS), panel == 0
      );
    }
  }
}

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
  _Alignas(64) uint8_t packed[FORWARD_STEPS * TILE_VECTORS * VECTOR_BYTES];
  const size_t aStride = (size_t)inputs * WEIGHT_BYTES, bStride = (size_t)inner * WEIGHT_BYTES;
  const count padded = roundUp(outputs, 4);
  for (count first = 0; first < inner; first += FORWARD_STEPS) {
    const count steps = least(inner - first, FORWARD_STEPS);
    const uint8_t *right = memory + b + (size_t)first * WEIGHT_BYTES;
    for (count input = 0; input < inputs;) {
      const count vectors = tileVectors(inputs - input, VECTOR_FEATURES);
      const count rows = least(inputs - input, vectors * VECTOR_FEATURES);
      const size_t pitch = (size_t)vectors * VECTOR_BYTES;
      const uint8_t *left = memory + a + (first >> 2) * aStride + (size_t)input * WEIGHT_BYTES;
      for (int o = 0; o < 4; o += LANES) {
        packLanes(
          left + o * sizeof(number), WEIGHT_BYTES, aStride, (steps + 3) >> 2, rows, vectors,
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
