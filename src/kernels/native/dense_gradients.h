/* The gradients of a dense layer. */

/* Lane panels after which a sum over rows is folded. */
#define CHUNK_PANELS 128

/* Outputs whose sums of lanes are kept, and gradients packed, at a time. */
#define BLOCK_OUTPUTS 128

/*
 * Whether gradients are packed lane by lane. They are read in place where a tile has enough outputs to
 * make up for it: packing would take longer.
 */
#define PACKS_GRADIENTS (TILE_OUTPUTS == 4)

/* Gradients of outputs: bytes between lanes, outputs, panels of four outputs, and steps. */
typedef struct {
  const uint8_t *at;
  size_t lane, panel, step;
} factors;
#define FACTORS_APART (PACKS_GRADIENTS ? sizeof(number) : PART_BYTES)

INLINE void addTile(
  vector (*sums)[TILE_OUTPUTS], const int vectors, const int outputs, const tile more
) {
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o++) sums[v][o] = more[v][o] + sums[v][o];
  }
}

/*
 * The sums of a chunk's lane in `denseBackwardWeights()`, which are kept until the lanes can be
 * folded as (0+1)+(2+3).
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
  if (lane == 3) addTile(sums, vectors, outputs, kept[1]);
  if (lane % 2 == 1) addTile(sums, vectors, outputs, kept[0]);
  if (lane + 1 < LANES) {
    UNROLL
    for (int v = 0; v < vectors; v++) {
      UNROLL
      for (int o = 0; o < outputs; o++) kept[lane / 2][v][o] = sums[v][o];
    }
    return;
  }
  UNROLL
  for (int v = 0; v < vectors; v++) {
    UNROLL
    for (int o = 0; o < outputs; o += 4) {
      const count feature = v * VECTOR_FEATURES;
      uint8_t *at = dw + (o >> 2) * wStride + feature * WEIGHT_BYTES;
      keepWeights(sums[v] + o, at, features - feature, isFirst);
    }
  }
}

INLINE void weightsLane(
  const int vectors, const int lane, const uint8_t *packed, count panels,
  factors dy, tile (*kept)[2], uint8_t *dw, size_t wStride, count features, count outputs, bool isFirst
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
 * The sums of a chunk in `denseBackwardWeights()` for some vectors of outputs and at most four
 * features, read in place: vectors of one lane's features would be mostly empty.
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
      x + input * PART_BYTES, false, xStride, panels, features, vectors,
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

/*
 * dw[i,o] = the sum of x[b,i] * dy[b,o], and db[o] that of dy[b,o]: sums of lanes over chunks of panels,
 * folded and added in order.
 */
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
