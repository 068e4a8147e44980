/*
 * What all kernels share. Each file is compiled once per precision and width: PRECISION is a number's
 * bits, WIDTH the bits of the vectors that the processor is to use.
 *
 * A kernel does what the function of the same name in ../assembly/ does, on the same memory, with the
 * same operations in the same order: ../kernels.ts says which. Lanes of a vector are different
 * elements, so its width does not change a sum.
 */

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if PRECISION == 32
typedef float number;
typedef int32_t integer;
typedef uint32_t unsigned_integer;
#define ROOT sqrtf
#else
typedef double number;
typedef int64_t integer;
typedef uint64_t unsigned_integer;
#define ROOT sqrt
#endif

/* Byte offsets into the memory, which are unsigned, and counts, which are not. */
typedef uint32_t offset;
typedef int32_t count;

#define JOIN_(name, precision, width) name##_f##precision##_##width
#define JOIN(name, precision, width) JOIN_(name, precision, width)

/* The name that a kernel is exported by, as in relu_f32_256. */
#define KERNEL(name) JOIN(name, PRECISION, WIDTH)

/* Numbers at an offset. Kernels may get the same offset twice, so nothing is `restrict`. */
static inline number *numbers(uint8_t *memory, offset at) {
  return (number *)(void *)(memory + at);
}

/* Labels, lists, their lengths and the like at an offset. */
static inline int32_t *int32s(uint8_t *memory, offset at) {
  return (int32_t *)(void *)(memory + at);
}
