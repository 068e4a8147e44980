/* xoshiro128++ in four lanes, each a separate generator; its state stays in registers. */

typedef uint32_t draws __attribute__((vector_size(PART_BYTES), may_alias));
typedef int32_t choices __attribute__((vector_size(PART_BYTES)));

INLINE draws rotateLeft(draws x, const int n) { return x << n | x >> (32 - n); }

/* The next number of each lane, uniform in 0..2^32-1. */
INLINE draws nextBlock(draws *state) {
  const draws result = rotateLeft(state[0] + state[3], 7) + state[0];
  const draws t2 = state[2] ^ state[0], t3 = state[3] ^ state[1];
  state[0] ^= t3;
  state[2] = t2 ^ state[1] << 9;
  state[1] ^= t2;
  state[3] = rotateLeft(t3, 11);
  return result;
}

/* mask = 0 where a drawn number is below a threshold, else scale. */
void KERNEL(drawDropout)(
  uint8_t *memory, offset state, offset mask, offset bytes, uint32_t threshold, number scale
) {
  draws *kept = (draws *)(void *)(memory + state);
  draws words[4] = {kept[0], kept[1], kept[2], kept[3]};
  uint8_t *at = memory + mask;
  const uint8_t *end = at + bytes;
  for (; at < end; at += 4 * sizeof(number)) {
    const choices isKept = nextBlock(words) >= threshold;
    typedef unsigned_integer patterns __attribute__((vector_size(4 * sizeof(number))));
    const patterns chosen = (patterns)__builtin_convertvector(isKept, four_integers);
    FOUR_AT(at) = (four)(chosen & (patterns)(scale - (four){0}));
  }
  for (int n = 0; n < 4; n++) kept[n] = words[n];
}
