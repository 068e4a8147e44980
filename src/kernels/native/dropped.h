/*
 * Dropout of few units: lists of what is dropped, and products for listed units only.
 *
 * Lists: a row's dropped units, ascending, as int32 in a multiple of 4 places; zeros fill them up to one.
 * Row-major rows are a whole number of cache lines, so that the last vector of a row can be loaded, but
 * not stored: what follows the row's numbers stays as it is.
 */

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/* Vectors of a row whose sums stay in registers at a time. */
#if WIDTH == 512
#define BLOCK_VECTORS 8
#else
#define BLOCK_VECTORS 12
#endif

/* Bytes from row to row of row-major rows: the same rule as in ../layouts.ts. */
INLINE size_t rowPitch(count features) {
  return (((size_t)features * sizeof(number) + 63) >> 6 | 1) << 6;
}

/* Parts of a row's numbers. */
INLINE count rowParts(count features) { return roundUp(features, 4) / LANES; }

/* Lane n of part m becomes lane m of part n. */
INLINE void transposePart(part *p) {
#if LANES == 4
  transposeFours((four *)p);
#else
  const part first = p[0], last = p[1];
  p[0] = (part){first[0], last[0]};
  p[1] = (part){first[1], last[1]};
#endif
}

/* Draws at most four numbers of each generator; bit 4 * number + lane is set where one is below the limit. */
INLINE uint64_t drawBelow(draws *s, draws limit, const int numbers) {
  draws below[4] = {{0}};
  UNROLL
  for (int n = 0; n < numbers; n++) below[n] = (draws)(nextBlock(s) < limit);
#if defined(__x86_64__)
  const __m128i low = _mm_packs_epi32((__m128i)below[0], (__m128i)below[1]);
  const __m128i high = _mm_packs_epi32((__m128i)below[2], (__m128i)below[3]);
  return (uint64_t)_mm_movemask_epi8(_mm_packs_epi16(low, high));
#else
  const draws bits = (below[0] & (draws){1, 2, 4, 8}) | (below[1] & (draws){16, 32, 64, 128}) |
    (below[2] & (draws){256, 512, 1024, 2048}) | (below[3] & (draws){4096, 8192, 16384, 32768});
  return bits[0] | bits[1] | bits[2] | bits[3];
#endif
}

/*
 * Lists the units that `drawDropout()` would set to 0, with the same random numbers. 16 blocks of the
 * generator give a word of 64 bits, whose set bits are visited.
 */
void KERNEL(drawDropped)(
  uint8_t *memory, offset state, offset units, offset counts,
  count panels, count width, offset stride, uint32_t threshold
) {
  draws *words = (draws *)(void *)(memory + state);
  draws s[4] = {words[0], words[1], words[2], words[3]};
  const draws limit = {threshold, threshold, threshold, threshold};
  const size_t pitch = roundUp(width, 4);
  const count blocks = (count)(stride / (4 * sizeof(number)));
  int32_t *lists = int32s(memory, units), *lengths = int32s(memory, counts);
  for (; panels > 0; panels--, lists += LANES * pitch, lengths += LANES) {
    int32_t *ends[LANES];
    for (int lane = 0; lane < LANES; lane++) ends[lane] = lists + lane * pitch;
    for (count block = 0; block < blocks; block += 16) {
      uint64_t word = 0;
      const int drawn = least(16, blocks - block);
      int n = 0;
      for (; n + 4 <= drawn; n += 4) word |= drawBelow(s, limit, 4) << (4 * n);
      for (; n < drawn; n++) word |= drawBelow(s, limit, 1) << (4 * n);
      const count first = block * 4 / LANES;
      const count valid = (width - first) * LANES;
      if (valid < 64) word &= valid <= 0 ? 0 : ((uint64_t)1 << valid) - 1;
      for (; word != 0; word &= word - 1) {
        const int bit = __builtin_ctzll(word);
        *ends[bit % LANES]++ = first + bit / LANES;
      }
    }
    for (int lane = 0; lane < LANES; lane++) {
      const count length = (count)(ends[lane] - (lists + lane * pitch));
      lengths[lane] = length;
      for (count k = length; k < roundUp(length, 4); k++) *ends[lane]++ = 0;
    }
  }
  for (int n = 0; n < 4; n++) words[n] = s[n];
}

/* Row-major rows of lane panels. */
void KERNEL(panelsToRows)(
  uint8_t *memory, offset x, offset rows, count panels, count features, offset stride
) {
  const size_t pitch = rowPitch(features), bytes = rowParts(features) * PART_BYTES;
  const uint8_t *panel = memory + x;
  uint8_t *row = memory + rows;
  for (; panels > 0; panels--, panel += stride, row += LANES * pitch) {
    for (size_t at = 0; at < bytes; at += PART_BYTES) {
      part block[LANES];
      UNROLL
      for (int n = 0; n < LANES; n++) block[n] = loadPart(panel + at * LANES + n * PART_BYTES);
      transposePart(block);
      UNROLL
      for (int n = 0; n < LANES; n++) storePart(row + n * pitch + at, block[n]);
    }
  }
}

/* Adds row-major rows to lane panels. */
void KERNEL(addRowsToPanels)(
  uint8_t *memory, offset rows, offset x, count panels, count features, offset stride
) {
  const size_t pitch = rowPitch(features), bytes = rowParts(features) * PART_BYTES;
  const uint8_t *row = memory + rows;
  uint8_t *panel = memory + x;
  for (; panels > 0; panels--, row += LANES * pitch, panel += stride) {
    for (size_t at = 0; at < bytes; at += PART_BYTES) {
      part block[LANES];
      UNROLL
      for (int n = 0; n < LANES; n++) block[n] = loadPart(row + n * pitch + at);
      transposePart(block);
      UNROLL
      for (int n = 0; n < LANES; n++) {
        uint8_t *to = panel + at * LANES + n * PART_BYTES;
        storePart(to, (part)(loadPart(to) + block[n]));
      }
    }
  }
}

/* Row-major rows (I,O) of weights. */
void KERNEL(weightsToRows)(uint8_t *memory, offset w, offset rows, count inputs, count outputs) {
  const size_t pitch = rowPitch(outputs);
  uint8_t *from = memory + w;
  for (count o = 0; o < outputs; o += 4) {
    uint8_t *to = memory + rows + o * sizeof(number);
    for (count i = 0; i < inputs; i++, from += WEIGHT_BYTES, to += pitch) FOUR_AT(to) = FOUR_AT(from);
  }
}

/* Weights (I,O) of row-major rows. */
void KERNEL(rowsToWeights)(uint8_t *memory, offset rows, offset w, count inputs, count outputs) {
  const size_t pitch = rowPitch(outputs);
  uint8_t *to = memory + w;
  for (count o = 0; o < outputs; o += 4) {
    uint8_t *from = memory + rows + o * sizeof(number);
    for (count i = 0; i < inputs; i++, from += pitch, to += WEIGHT_BYTES) FOUR_AT(to) = FOUR_AT(from);
  }
}

#if PARTS > 1
/* Two parts of one row, or one part of each of two rows. */
typedef number pair __attribute__((vector_size(2 * PART_BYTES), aligned(PART_BYTES), may_alias));
typedef int64_t pair_words __attribute__((vector_size(2 * PART_BYTES)));
#define PAIR_AT(at) (*(pair *)(void *)(at))
#define PAIR_WORDS(a, b, ...) SHUFFLE(pair, pair_words, (pair_words)(a), (pair_words)(b), __VA_ARGS__)
#endif

/* The sums of a row's products with some listed rows, a part each. */
INLINE void dotRows(
  part *sums, const int listed, uint8_t *x, uint8_t *r, size_t pitch, const int32_t *units, count parts
) {
  uint8_t *rows[8];
  UNROLL
  for (int n = 0; n < listed; n++) rows[n] = r + units[n] * pitch;
#if PARTS == 1
  part totals[8];
  UNROLL
  for (int n = 0; n < listed; n++) totals[n] = (part){0};
  for (size_t at = 0; parts > 0; at += PART_BYTES, parts--) {
    const part left = loadPart(x + at);
    UNROLL
    for (int n = 0; n < listed; n++) totals[n] = totals[n] + left * loadPart(rows[n] + at);
  }
  UNROLL
  for (int n = 0; n < listed; n++) sums[n] = totals[n];
#else
  // Two rows' sums share a vector: wider ones would take longer to fill.
  pair totals[4];
  UNROLL
  for (int n = 0; n < listed; n += 2) totals[n / 2] = (pair){0};
  for (size_t at = 0; parts > 0; at += 2 * PART_BYTES, parts -= 2) {
    const pair left = PAIR_AT(x + at);
    UNROLL
    for (int n = 0; n < listed; n += 2) {
      const pair a = left * PAIR_AT(rows[n] + at), b = left * PAIR_AT(rows[n + 1] + at);
      totals[n / 2] = totals[n / 2] + PAIR_WORDS(a, b, 0, 1, 4, 5);
      if (parts > 1) totals[n / 2] = totals[n / 2] + PAIR_WORDS(a, b, 2, 3, 6, 7);
    }
  }
  UNROLL
  for (int n = 0; n < listed; n += 2) PAIR_AT(sums + n) = totals[n / 2];
#endif
}

/* Stores −(bias + sum) of some listed rows, the sum over the lanes. */
INLINE void storeDots(
  part *sums, const int listed, const number *bias, const int32_t *units, number *coefficients
) {
  UNROLL
  for (int first = 0; first < listed; first += 4) {
    part *s = sums + first;
#if LANES == 4
    transposePart(s);
    const four sum = (s[0] + s[1]) + (s[2] + s[3]);
#else
    const four sum = {s[0][0] + s[0][1], s[1][0] + s[1][1], s[2][0] + s[2][1], s[3][0] + s[3][1]};
#endif
    const int32_t *unit = units + first;
    const four biases = {bias[unit[0]], bias[unit[1]], bias[unit[2]], bias[unit[3]]};
    FOUR_AT(coefficients + first) = -(biases + sum);
  }
}

/* c[b,k] = −(bias[j] + the sum of x[b,f] * r[j,f]) for each listed unit j; lanes apart, then folded. */
void KERNEL(dotDropped)(
  uint8_t *memory, offset x, offset r, offset bias, offset units, offset counts, offset coefficients,
  count rows, count features, count width
) {
  const size_t pitch = rowPitch(features), listPitch = roundUp(width, 4);
  const count parts = rowParts(features);
  uint8_t *from = memory + x;
  const number *biases = numbers(memory, bias);
  const int32_t *lists = int32s(memory, units), *lengths = int32s(memory, counts);
  number *to = numbers(memory, coefficients);
  for (count row = 0; row < rows; row++, from += pitch, lists += listPitch, to += listPitch) {
    part sums[8];
    count k = 0;
    for (; k + 4 < lengths[row]; k += 8) {
      dotRows(sums, 8, from, memory + r, pitch, lists + k, parts);
      storeDots(sums, 8, biases, lists + k, to + k);
    }
    if (k < lengths[row]) {
      dotRows(sums, 4, from, memory + r, pitch, lists + k, parts);
      storeDots(sums, 4, biases, lists + k, to + k);
    }
  }
}

/* What all blocks of columns share in `combineDropped()`. */
typedef struct {
  const number *coefficients;
  const int32_t *units, *counts;
  size_t pitch, listPitch;
  count rows;
} lists;

/* out[b] = the sum of c[b,k] * r[j], k ascending, for some vectors of all rows. */
INLINE void combineBlock(
  const int vectors, const lists *l, const uint8_t *r, uint8_t *out, count parts
) {
  for (count row = 0; row < l->rows; row++, out += l->pitch) {
    const number *coefficients = l->coefficients + row * l->listPitch;
    const int32_t *units = l->units + row * l->listPitch;
    const count length = l->counts[row];
    vector sums[BLOCK_VECTORS];
    UNROLL
    for (int v = 0; v < vectors; v++) sums[v] = (vector){0};
    for (count k = 0; k < length; k++) {
      const uint8_t *from = r + units[k] * l->pitch;
      const vector factor = spread(coefficients[k]);
      UNROLL
      for (int v = 0; v < vectors; v++) sums[v] = sums[v] + factor * loadVector(from + v * VECTOR_BYTES);
    }
    UNROLL
    for (int v = 0; v < vectors; v++) {
      storeFirst(out + v * VECTOR_BYTES, sums[v], parts - v * PARTS);
    }
  }
}

/* out[b] = the sum of c[b,k] * r[j], k ascending. */
void KERNEL(combineDropped)(
  uint8_t *memory, offset coefficients, offset r, offset out, offset units, offset counts,
  count rows, count features, count width
) {
  const lists l = {
    numbers(memory, coefficients),
    int32s(memory, units),
    int32s(memory, counts),
    rowPitch(features),
    roundUp(width, 4),
    rows,
  };
  const uint8_t *from = memory + r;
  uint8_t *to = memory + out;
  count parts = rowParts(features);
  while (parts > 0) {
    const count left = (parts + PARTS - 1) / PARTS;
    const count vectors = left >= BLOCK_VECTORS ? BLOCK_VECTORS : left >= 4 ? 4 : left;
    switch (vectors) {
      case 1: combineBlock(1, &l, from, to, parts); break;
      case 2: combineBlock(2, &l, from, to, parts); break;
      case 3: combineBlock(3, &l, from, to, parts); break;
      case 4: combineBlock(4, &l, from, to, parts); break;
      default: combineBlock(BLOCK_VECTORS, &l, from, to, parts);
    }
    parts -= vectors * PARTS;
    from += vectors * VECTOR_BYTES;
    to += vectors * VECTOR_BYTES;
  }
}

/* The same lists by unit, with two kinds of coefficients. */
void KERNEL(transposeDropped)(
  uint8_t *memory, offset units, offset counts, offset a, offset b, count rows, count width,
  offset unitRows, offset unitCounts, offset unitA, offset unitB
) {
  const int32_t *lists = int32s(memory, units), *lengths = int32s(memory, counts);
  const number *as = numbers(memory, a), *bs = numbers(memory, b);
  int32_t *toRows = int32s(memory, unitRows), *toCounts = int32s(memory, unitCounts);
  number *toA = numbers(memory, unitA), *toB = numbers(memory, unitB);
  const size_t listPitch = roundUp(width, 4), unitPitch = roundUp(rows, 4);
  for (count unit = 0; unit < width; unit++) toCounts[unit] = 0;
  for (count row = 0; row < rows; row++) {
    for (count k = 0; k < lengths[row]; k++) {
      const int32_t unit = lists[k];
      const size_t to = unit * unitPitch + toCounts[unit]++;
      toRows[to] = row;
      toA[to] = as[k];
      toB[to] = bs[k];
    }
    lists += listPitch;
    as += listPitch;
    bs += listPitch;
  }
}

/* sums[b] = the sum of c[b,k], k ascending from 0; four rows at a time, as each sum waits for itself. */
void KERNEL(sumDropped)(
  uint8_t *memory, offset coefficients, offset sums, offset counts, count rows, count width
) {
  const number *from = numbers(memory, coefficients);
  number *to = numbers(memory, sums);
  const int32_t *lengths = int32s(memory, counts);
  const size_t pitch = roundUp(width, 4);
  for (; rows > 0; rows -= 4, from += 4 * pitch, to += 4, lengths += 4) {
    const int together = least(rows, 4);
    number sum[4] = {0};
    count k = 0;
    if (together == 4) {
      const count shared = least(least(lengths[0], lengths[1]), least(lengths[2], lengths[3]));
      for (; k < shared; k++) {
        UNROLL
        for (int n = 0; n < 4; n++) sum[n] = sum[n] + from[n * pitch + k];
      }
    }
    for (int n = 0; n < together; n++) {
      for (count rest = k; rest < lengths[n]; rest++) sum[n] = sum[n] + from[n * pitch + rest];
      to[n] = sum[n];
    }
  }
}
