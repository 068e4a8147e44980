/* The widest vectors, in bits, that this processor has kernels for. */

#include <stdint.h>

uint32_t widest(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    return 512;
  }
  if (__builtin_cpu_supports("avx2")) return 256;
#endif
  return 128;
}
