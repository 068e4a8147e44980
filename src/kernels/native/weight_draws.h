/* Initial weights and noise: numbers that are drawn ahead, and stored row by row in their panels. */

/* Blocks of four words that are drawn at once, at most. */
#define MOST_BLOCKS 32

/* Vectors of float64 in either precision, and their bits. */
typedef double doubles __attribute__((vector_size(VECTOR_BYTES)));
typedef uint64_t patterns __attribute__((vector_size(VECTOR_BYTES)));
#define DOUBLES (VECTOR_BYTES / 8)

/* The same anywhere in memory, and as many words of 32 bits. */
typedef doubles stored_doubles __attribute__((aligned(8), may_alias));
typedef uint32_t some_words __attribute__((vector_size(VECTOR_BYTES / 2)));
typedef some_words stored_words __attribute__((aligned(4), may_alias));

INLINE void storeDoubles(double *at, doubles d) { *(stored_doubles *)(void *)at = d; }

/* Integers below 2^52 as numbers; not all processors have vectors that convert 64 bits. */
INLINE doubles exactly(patterns n) {
  return (doubles)(n | 0x4330000000000000) - 4503599627370496.0;
}

/* The middle points in (-1, 1) of words, from a number of them on. */
INLINE doubles toSymmetric(const draws *blocks, count n) {
  const some_words loaded = *(const stored_words *)(const void *)((const uint8_t *)blocks + 4 * n);
  return (exactly(__builtin_convertvector(loaded, patterns)) + 0.5) * (1.0 / 2147483648) - 1;
}

/* logOf() of positive, finite and normal numbers. */
INLINE doubles logOfEach(doubles x) {
  const doubles one = (doubles){0} + 1;
  const doubles whole = (doubles)(((patterns)x & 0x000fffffffffffff) | (patterns)one);
  const patterns isLarge = (patterns)(whole >= 1.4142135623730951);
  const doubles m = (doubles)(((patterns)(whole * 0.5) & isLarge) | ((patterns)whole & ~isLarge));
  const doubles e = exactly((patterns)x >> 52) - 1023 + (doubles)((patterns)one & isLarge);
  const doubles s = (m - 1) / (m + 1), q = s * s;
  doubles sum = (doubles){0} + 2.0 / 25;
  UNROLL
  for (int k = 23; k >= 3; k -= 2) sum = sum * q + 2.0 / k;
  return e * LN2_HIGH_F64 + (2 * s + (s * (q * sum) + e * LN2_LOW_F64));
}

INLINE doubles rootOfEach(doubles x) {
  doubles roots;
  UNROLL
  for (int n = 0; n < DOUBLES; n++) roots[n] = sqrt(x[n]);
  return roots;
}

/* Draws so many blocks of four uniform numbers; returns how many numbers that are. */
INLINE count drawUniforms(draws *state, double *to, count blocks, double scale) {
  draws words[MOST_BLOCKS] = {0};
  for (count n = 0; n < blocks; n++) words[n] = nextBlock(state);
  for (count n = 0; n < 4 * blocks; n += DOUBLES) {
    storeDoubles(to + n, toSymmetric(words, n) * scale);
  }
  return 4 * blocks;
}

/* Draws so many blocks of four points, of which those in the unit circle give two numbers each. */
INLINE count drawNormals(draws *state, double *to, count blocks, double scale) {
  draws x[MOST_BLOCKS] = {0}, y[MOST_BLOCKS] = {0};
  for (count n = 0; n < blocks; n++) {
    x[n] = nextBlock(state);
    y[n] = nextBlock(state);
  }
  double first[4 * MOST_BLOCKS], second[4 * MOST_BLOCKS], squares[4 * MOST_BLOCKS];
  for (count n = 0; n < 4 * blocks; n += DOUBLES) {
    const doubles u = toSymmetric(x, n), v = toSymmetric(y, n), s = u * u + v * v;
    const doubles factor = rootOfEach(-2 * logOfEach(s) / s) * scale;
    storeDoubles(first + n, u * factor);
    storeDoubles(second + n, v * factor);
    storeDoubles(squares + n, s);
  }
  count drawn = 0;
  for (count n = 0; n < 4 * blocks; n++) {
    /* Branches on random bits would take longer. */
    to[drawn] = first[n];
    to[drawn + 1] = second[n];
    drawn += squares[n] < 1 ? 2 : 0;
  }
  return drawn;
}

INLINE void fillWeights(
  uint8_t *memory, offset state, offset w, count inputs, count outputs, double scale, bool isNormal
) {
  draws *kept = (draws *)(void *)(memory + state);
  draws words[4] = {kept[0], kept[1], kept[2], kept[3]};
  number *weights = numbers(memory, w);
  /* Vectors and points that do not count may be stored past the last number. */
  double ahead[4 + 8 * MOST_BLOCKS + DOUBLES];
  count from = 0, to = 0, missing = inputs * outputs;
  for (count i = 0; i < inputs; i++) {
    for (count o = 0; o < outputs; o += 4) {
      const count taken = least(4, outputs - o);
      if (to - from < taken) {
        to -= from;
        for (count n = 0; n < to; n++) ahead[n] = ahead[from + n];
        from = 0;
      }
      while (to < taken) {
        /* Not more blocks than needed, whatever they give: the state goes on from here. */
        const count needed = (missing - to) / (isNormal ? 8 : 4);
        const count blocks = needed < 1 ? 1 : least(MOST_BLOCKS, needed);
        to += isNormal
          ? drawNormals(words, ahead + to, blocks, scale)
          : drawUniforms(words, ahead + to, blocks, scale);
      }
      number *at = weights + ((size_t)(o / 4) * inputs + i) * 4;
      for (count n = 0; n < taken; n++) at[n] = (number)ahead[from + n];
      from += taken;
      missing -= taken;
    }
  }
  for (int n = 0; n < 4; n++) kept[n] = words[n];
}

/* Weights uniform in (-scale, scale), drawn in row-major order. */
void KERNEL(drawUniform)(
  uint8_t *memory, offset state, offset w, count inputs, count outputs, double scale
) {
  fillWeights(memory, state, w, inputs, outputs, scale, false);
}

/* Normal weights of deviation scale, drawn in row-major order. */
void KERNEL(drawNormal)(
  uint8_t *memory, offset state, offset w, count inputs, count outputs, double scale
) {
  fillWeights(memory, state, w, inputs, outputs, scale, true);
}
