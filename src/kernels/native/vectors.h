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

/* v times a number. AVX-512 spreads a number for nothing while it multiplies, but not while it loads. */
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

#define NUMBERS(a, b, ...) SHUFFLE(vector, integers, a, b, __VA_ARGS__)
typedef integer integers __attribute__((vector_size(VECTOR_BYTES)));

/* Part by part, the first lanes of a and b in turns, then the last ones. */
#if PRECISION == 32 && PARTS == 1
#define FIRST_LANES(a, b) NUMBERS(a, b, 0, 4, 1, 5)
#define LAST_LANES(a, b) NUMBERS(a, b, 2, 6, 3, 7)
#define FIRST_PAIRS(a, b) NUMBERS(a, b, 0, 1, 4, 5)
#define LAST_PAIRS(a, b) NUMBERS(a, b, 2, 3, 6, 7)
#elif PRECISION == 32 && PARTS == 2
#define FIRST_LANES(a, b) NUMBERS(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define LAST_LANES(a, b) NUMBERS(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define FIRST_PAIRS(a, b) NUMBERS(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define LAST_PAIRS(a, b) NUMBERS(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#elif PRECISION == 32
#define FIRST_LANES(a, b) NUMBERS(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define LAST_LANES(a, b) NUMBERS(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define FIRST_PAIRS(a, b) NUMBERS(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define LAST_PAIRS(a, b) NUMBERS(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
#elif PARTS == 1
#define FIRST_LANES(a, b) NUMBERS(a, b, 0, 2)
#define LAST_LANES(a, b) NUMBERS(a, b, 1, 3)
#elif PARTS == 2
#define FIRST_LANES(a, b) NUMBERS(a, b, 0, 4, 2, 6)
#define LAST_LANES(a, b) NUMBERS(a, b, 1, 5, 3, 7)
#else
#define FIRST_LANES(a, b) NUMBERS(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define LAST_LANES(a, b) NUMBERS(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#endif

/* Part by part, lane n of vector m becomes lane m of vector n. */
INLINE void transposeLanes(vector *v) {
#if PRECISION == 32
  const vector first = FIRST_LANES(v[0], v[1]), last = LAST_LANES(v[0], v[1]);
  const vector nextFirst = FIRST_LANES(v[2], v[3]), nextLast = LAST_LANES(v[2], v[3]);
  v[0] = FIRST_PAIRS(first, nextFirst);
  v[1] = LAST_PAIRS(first, nextFirst);
  v[2] = FIRST_PAIRS(last, nextLast);
  v[3] = LAST_PAIRS(last, nextLast);
#else
  const vector first = FIRST_LANES(v[0], v[1]), last = LAST_LANES(v[0], v[1]);
  v[0] = first;
  v[1] = last;
#endif
}
