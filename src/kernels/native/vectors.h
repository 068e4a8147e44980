/*
 * Vectors of WIDTH bits. A part is 16 bytes of one, a vector of WebAssembly: all that a lane panel
 * has of a feature. A vector holds PARTS of them side by side, of different panels or features.
 */

/* So that inner loops get constant bounds, and tiles of sums stay in registers. */
#define INLINE static inline __attribute__((always_inline))

/* So that registers are allocated for one kind of loop at a time. */
#define ALONE static __attribute__((noinline))

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 32")
#endif

#define PART_BYTES 16
#define VECTOR_BYTES (WIDTH / 8)
#define PARTS (WIDTH / 128)
#define LANES (128 / PRECISION)

typedef number part __attribute__((vector_size(PART_BYTES), may_alias));
typedef number vector __attribute__((vector_size(VECTOR_BYTES)));

/* What compares numbers, or their indices; their bits; and the two 64-bit words of each part. */
typedef integer integers __attribute__((vector_size(VECTOR_BYTES)));
typedef unsigned_integer bits __attribute__((vector_size(VECTOR_BYTES)));
typedef int64_t words __attribute__((vector_size(VECTOR_BYTES)));

/* Memory is aligned to parts. */
typedef vector stored_vector __attribute__((aligned(PART_BYTES), may_alias));

INLINE vector loadVector(const uint8_t *at) { return *(const stored_vector *)(const void *)at; }
INLINE void storeVector(uint8_t *at, vector v) { *(stored_vector *)(void *)at = v; }
INLINE part loadPart(const uint8_t *at) { return *(const part *)(const void *)at; }
INLINE void storePart(uint8_t *at, part p) { *(part *)(void *)at = p; }

/* PARTS parts that are `apart` bytes apart, or as many as are left, and zeros. */
INLINE vector loadParts(const uint8_t *at, const size_t apart, count left) {
  if (apart == PART_BYTES && left >= PARTS) return loadVector(at);
  vector v = {0};
  part *parts = (part *)&v;
  for (count n = 0; n < PARTS && n < left; n++) parts[n] = loadPart(at + n * apart);
  return v;
}

/* Parts of a lane panel, which is padded to four parts: what padding holds is not used. */
INLINE vector loadFeatures(const uint8_t *at, count left) {
  return left > 0 ? loadVector(at) : (vector){0};
}

/* The parts of a vector to where they are `apart` bytes apart. */
INLINE void storeParts(uint8_t *at, const size_t apart, vector v) {
  if (apart == PART_BYTES) {
    storeVector(at, v);
    return;
  }
  const part *parts = (const part *)&v;
  UNROLL
  for (count n = 0; n < PARTS; n++) storePart(at + n * apart, parts[n]);
}

/* Stores the first parts of a vector. */
INLINE void storeFirst(uint8_t *at, vector v, count left) {
  if (left >= PARTS) {
    storeVector(at, v);
    return;
  }
  const part *parts = (const part *)&v;
  UNROLL
  for (count n = 0; n < PARTS; n++) {
    if (n < left) storePart(at + n * PART_BYTES, parts[n]);
  }
}

/* The head of a loop over some bytes: where each vector is, and how many parts are left from there. */
#define EACH_VECTOR(at, left, bytes) \
  (ptrdiff_t at = 0, left = (bytes) / PART_BYTES; left > 0; left -= PARTS, at += VECTOR_BYTES)

/* Where a comparison holds a's numbers, elsewhere b's. */
INLINE vector choose(integers holds, vector a, vector b) {
  return (vector)(((bits)a & (bits)holds) | ((bits)b & ~(bits)holds));
}

/* A vector's numbers where a comparison holds, else 0. */
INLINE vector orZero(integers holds, vector v) { return (vector)((bits)v & (bits)holds); }

/* A number in all lanes; subtracting 0 changes no number, and compilers leave it out. */
INLINE vector spread(number n) { return n - (vector){0}; }

/*
 * A part in all parts, in one instruction. Intrinsics would do the same, but their headers take longer to
 * read than most kernels take to compile.
 */
INLINE vector spreadPart(const uint8_t *at) {
#if WIDTH == 128
  return loadPart(at);
#else
  vector v;
#if WIDTH == 512 && PRECISION == 32
  __asm__("vbroadcastf32x4 %1, %0" : "=v"(v) : "m"(*(const part *)(const void *)at));
#elif WIDTH == 512
  __asm__("vbroadcastf64x2 %1, %0" : "=v"(v) : "m"(*(const part *)(const void *)at));
#else
  __asm__("vbroadcastf128 %1, %0" : "=x"(v) : "m"(*(const part *)(const void *)at));
#endif
  return v;
#endif
}

/* v times a number, which AVX-512 spreads at no cost as it multiplies, but not as it loads. */
INLINE vector timesNumber(vector v, const number *n) {
#if WIDTH == 512 && PRECISION == 32
  vector product;
  __asm__("vmulps %2%{1to16%}, %1, %0" : "=v"(product) : "v"(v), "m"(*n));
  return product;
#elif WIDTH == 512
  vector product;
  __asm__("vmulpd %2%{1to8%}, %1, %0" : "=v"(product) : "v"(v), "m"(*n));
  return product;
#else
  return v * spread(*n);
#endif
}

/*
 * With sixteen registers, one vector of a full tile has to stay in memory. gcc leaves it there; clang
 * would move sums to memory and back.
 */
#if defined(__clang__) && WIDTH == 256
#define STORED_VECTORS 1
#else
#define STORED_VECTORS 0
#endif

/* A stored vector times a number. */
INLINE vector storedTimesNumber(const uint8_t *at, const number *n) {
#if STORED_VECTORS > 0 && PRECISION == 32
  vector product;
  __asm__("vmulps %2, %1, %0" : "=x"(product) : "x"(spread(*n)), "m"(*(const stored_vector *)at));
  return product;
#elif STORED_VECTORS > 0
  vector product;
  __asm__("vmulpd %2, %1, %0" : "=x"(product) : "x"(spread(*n)), "m"(*(const stored_vector *)at));
  return product;
#else
  return loadVector(at) * spread(*n);
#endif
}

/* Numbers or words of a, and of b, which go on counting, by their indices. */
#if defined(__clang__)
#define SHUFFLE(type, indices, a, b, ...) ((type)__builtin_shufflevector(a, b, __VA_ARGS__))
#else
#define SHUFFLE(type, indices, a, b, ...) ((type)__builtin_shuffle(a, b, (indices){__VA_ARGS__}))
#endif

#define NUMBERS(a, b, ...) SHUFFLE(vector, integers, a, b, __VA_ARGS__)
#define WORDS(a, b, ...) SHUFFLE(vector, words, (words)(a), (words)(b), __VA_ARGS__)

/* Part n of vector m becomes part m of vector n. */
INLINE void transposeParts(vector *v) {
#if PARTS == 2
  const vector a = v[0], b = v[1];
  v[0] = WORDS(a, b, 0, 1, 4, 5);
  v[1] = WORDS(a, b, 2, 3, 6, 7);
#elif PARTS == 4
  const vector low = WORDS(v[0], v[1], 0, 1, 2, 3, 8, 9, 10, 11);
  const vector high = WORDS(v[0], v[1], 4, 5, 6, 7, 12, 13, 14, 15);
  const vector nextLow = WORDS(v[2], v[3], 0, 1, 2, 3, 8, 9, 10, 11);
  const vector nextHigh = WORDS(v[2], v[3], 4, 5, 6, 7, 12, 13, 14, 15);
  v[0] = WORDS(low, nextLow, 0, 1, 4, 5, 8, 9, 12, 13);
  v[1] = WORDS(low, nextLow, 2, 3, 6, 7, 10, 11, 14, 15);
  v[2] = WORDS(high, nextHigh, 0, 1, 4, 5, 8, 9, 12, 13);
  v[3] = WORDS(high, nextHigh, 2, 3, 6, 7, 10, 11, 14, 15);
#else
  (void)v;
#endif
}

/* What a macro makes of each part's number. */
#if PARTS == 1
#define EACH_PART(indices) indices(0)
#elif PARTS == 2
#define EACH_PART(indices) indices(0), indices(1)
#else
#define EACH_PART(indices) indices(0), indices(1), indices(2), indices(3)
#endif

#define FIRST_WORDS(part) 2 * part, 2 * (PARTS + part)
#define LAST_WORDS(part) 2 * part + 1, 2 * (PARTS + part) + 1
#define FIRST_LANES(part) 4 * part, 4 * (PARTS + part), 4 * part + 1, 4 * (PARTS + part) + 1
#define LAST_LANES(part) 4 * part + 2, 4 * (PARTS + part) + 2, 4 * part + 3, 4 * (PARTS + part) + 3

/* Part by part, lane n of vector m becomes lane m of vector n. */
INLINE void transposeLanes(vector *v) {
#if PRECISION == 32
  const vector first = NUMBERS(v[0], v[1], EACH_PART(FIRST_LANES));
  const vector last = NUMBERS(v[0], v[1], EACH_PART(LAST_LANES));
  const vector nextFirst = NUMBERS(v[2], v[3], EACH_PART(FIRST_LANES));
  const vector nextLast = NUMBERS(v[2], v[3], EACH_PART(LAST_LANES));
  v[0] = WORDS(first, nextFirst, EACH_PART(FIRST_WORDS));
  v[1] = WORDS(first, nextFirst, EACH_PART(LAST_WORDS));
  v[2] = WORDS(last, nextLast, EACH_PART(FIRST_WORDS));
  v[3] = WORDS(last, nextLast, EACH_PART(LAST_WORDS));
#else
  const vector a = v[0], b = v[1];
  v[0] = WORDS(a, b, EACH_PART(FIRST_WORDS));
  v[1] = WORDS(a, b, EACH_PART(LAST_WORDS));
#endif
}

#define EVEN_LANES(part) 4 * part, 4 * part + 2, 4 * (PARTS + part), 4 * (PARTS + part) + 2
#define ODD_LANES(part) 4 * part + 1, 4 * part + 3, 4 * (PARTS + part) + 1, 4 * (PARTS + part) + 3

/* Part by part, the sums of neighbouring lanes: those of a, then those of b. */
INLINE vector addNeighbours(vector a, vector b) {
#if PRECISION == 32
  return NUMBERS(a, b, EACH_PART(EVEN_LANES)) + NUMBERS(a, b, EACH_PART(ODD_LANES));
#else
  return WORDS(a, b, EACH_PART(FIRST_WORDS)) + WORDS(a, b, EACH_PART(LAST_WORDS));
#endif
}

/* The weights of four outputs with one input. */
typedef number whole_four __attribute__((vector_size(4 * sizeof(number))));
typedef whole_four four __attribute__((aligned(PART_BYTES), may_alias));
typedef integer four_integers __attribute__((vector_size(4 * sizeof(number))));

/* No function, as not all processors can pass it. */
#define FOUR_AT(at) (*(four *)(void *)(at))

#define FOUR(a, b, ...) SHUFFLE(four, four_integers, a, b, __VA_ARGS__)

/* Number n of four m becomes number m of four n. */
INLINE void transposeFours(four *f) {
  const four first = FOUR(f[0], f[1], 0, 4, 1, 5), last = FOUR(f[0], f[1], 2, 6, 3, 7);
  const four nextFirst = FOUR(f[2], f[3], 0, 4, 1, 5), nextLast = FOUR(f[2], f[3], 2, 6, 3, 7);
  f[0] = FOUR(first, nextFirst, 0, 1, 4, 5);
  f[1] = FOUR(first, nextFirst, 2, 3, 6, 7);
  f[2] = FOUR(last, nextLast, 0, 1, 4, 5);
  f[3] = FOUR(last, nextLast, 2, 3, 6, 7);
}
