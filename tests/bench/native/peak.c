/*
 * The most that strict multiply-then-add can do without touching memory, as in ../assembly/peak.ts,
 * with vectors of each width that the processor may have.
 */

#include <stdint.h>

/* Seven products, each added to a sum of its own, in each turn. */
const uint32_t OPERATIONS_PER_TURN = 14;

#define EACH(n) n(0) n(1) n(2) n(3) n(4) n(5) n(6)
#define START(n) vector product##n = one + n, sum##n = product##n;
#define TURN(n) \
  product##n = product##n * factor; \
  sum##n = sum##n + product##n;
#define ADD(n) total = total + sum##n;

/* Runs some turns; the result only keeps the compiler from dropping them. */
#define PEAK(bits, target) \
  target float peak##bits(uint32_t turns) { \
    typedef float vector __attribute__((vector_size(bits / 8))); \
    const vector one = (vector){0} + 1, factor = one + (float)turns * 1e-12f; \
    EACH(START) \
    for (; turns > 0; turns--) { \
      EACH(TURN) \
    } \
    vector total = {0}; \
    EACH(ADD) \
    return total[0]; \
  }

PEAK(128, )
#if defined(__x86_64__)
PEAK(256, __attribute__((target("avx2"))))
PEAK(512, __attribute__((target("avx512f"))))
#endif
