/*
 * Vectors of WIDTH bits. A part is 16 bytes of one, a vector of WebAssembly: all that a lane panel has
 * of a feature. A vector holds PARTS of them side by side, of different panels or features.
 */

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* So that inner loops get constant bounds, and tiles of sums stay in registers. */
#define INLINE static inline __attribute__((always_inline))
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

/* The two 64-bit words of each part. */
typedef int64_t words __attribute__((vector_size(VECTOR_BYTES)));

/* Memory is aligned to parts. */
typedef number stored_vector __attribute__((vector_size(VECTOR_BYTES), aligned(PART_BYTES), may_alias));

INLINE vector loadVector(const uint8_t *at) { return *(const stored_vector *)(const void *)at; }
INLINE void storeVector(uint8_t *at, vector v) { *(stored_vector *)(void *)at = v; }
INLINE part loadPart(const uint8_t *at) { return *(const part *)(const void *)at; }
INLINE void storePart(uint8_t *at, part p) { *(part *)(void *)at = p; }

/* A number in all lanes; subtracting 0 changes no number, and compilers leave it out. */
INLINE vector spread(number n) { return n - (vector){0}; }

/* A part in all parts. */
INLINE vector spreadPart(const uint8_t *at) {
#if WIDTH == 512 && PRECISION == 32
  return (vector)_mm512_broadcast_f32x4(_mm_load_ps((const void *)at));
#elif WIDTH == 512
  return (vector)_mm512_broadcast_f64x2(_mm_load_pd((const void *)at));
#elif WIDTH == 256 && PRECISION == 32
  return (vector)_mm256_broadcast_ps((const void *)at);
#elif WIDTH == 256
  return (vector)_mm256_broadcast_pd((const void *)at);
#else
  return loadPart(at);
#endif
}

#if defined(__clang__)
#define SHUFFLE(type, indices, a, b, ...) ((type)__builtin_shufflevector(a, b, __VA_ARGS__))
#else
#define SHUFFLE(type, indices, a, b, ...) ((type)__builtin_shuffle(a, b, (indices){__VA_ARGS__}))
#endif

#if PARTS > 1
#define WORDS(a, b, ...) SHUFFLE(vector, words, (words)(a), (words)(b), __VA_ARGS__)
#endif

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

#define PAIRS(a, b, ...) SHUFFLE(vector, integers, a, b, __VA_ARGS__)
typedef integer integers __attribute__((vector_size(VECTOR_BYTES)));

/* Part by part, the sums of neighbouring lanes: those of a, then those of b. */
INLINE vector addNeighbours(vector a, vector b) {
#if PRECISION == 32 && PARTS == 1
  return PAIRS(a, b, 0, 2, 4, 6) + PAIRS(a, b, 1, 3, 5, 7);
#elif PRECISION == 32 && PARTS == 2
  return PAIRS(a, b, 0, 2, 8, 10, 4, 6, 12, 14) + PAIRS(a, b, 1, 3, 9, 11, 5, 7, 13, 15);
#elif PRECISION == 32
  return PAIRS(a, b, 0, 2, 16, 18, 4, 6, 20, 22, 8, 10, 24, 26, 12, 14, 28, 30) +
    PAIRS(a, b, 1, 3, 17, 19, 5, 7, 21, 23, 9, 11, 25, 27, 13, 15, 29, 31);
#elif PARTS == 1
  return PAIRS(a, b, 0, 2) + PAIRS(a, b, 1, 3);
#elif PARTS == 2
  return PAIRS(a, b, 0, 4, 2, 6) + PAIRS(a, b, 1, 5, 3, 7);
#else
  return PAIRS(a, b, 0, 8, 2, 10, 4, 12, 6, 14) + PAIRS(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
#endif
}
