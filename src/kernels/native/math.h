/* exp, log and tanh from + - * / alone, lane by lane; ../assembly/math.ts explains them. */

#define LN2_HIGH_F64 0.693147180369123816490
#define LN2_LOW_F64 1.90821492927058770002e-10

#if PRECISION == 32
#define ROUND 12582912.0f
#define LN2_HIGH 0.693145751953125f
#define LN2_LOW ((number)1.42860682030941723212e-6)
#define SMALLEST -87.0f
#define MANTISSA_BITS 23
#define BIAS 127u
#else
#define ROUND 6755399441055744.0
#define LN2_HIGH LN2_HIGH_F64
#define LN2_LOW LN2_LOW_F64
#define SMALLEST -708.0
#define MANTISSA_BITS 52
#define BIAS 1023ull
#endif

#define LOG2_E ((number)1.44269504088896340736)

/* 1/k!, from the first term of the series to 1/2. */
static const number TERMS[] = {
#if PRECISION == 64
  1.0 / 87178291200, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
  1.0 / 362880, 1.0 / 40320,
#endif
  1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5,
};

/* e^x - 1 = series * power + (power - 1). */
struct exponential {
  vector series, power;
};

/* Of numbers whose e^x is normal, and of NaN. */
INLINE struct exponential exponentialOf(vector x) {
  const vector rounded = x * LOG2_E + ROUND;
  const vector n = rounded - ROUND;
  const vector r = x - n * LN2_HIGH - n * LN2_LOW;
  vector sum = spread(TERMS[0]);
  UNROLL
  for (size_t k = 1; k < sizeof(TERMS) / sizeof(number); k++) sum = sum * r + TERMS[k];
  // The last bits of the rounded number are those of n.
  const bits power = ((bits)rounded << MANTISSA_BITS) + (BIAS << MANTISSA_BITS);
  return (struct exponential){.series = sum * r * r + r, .power = (vector)power};
}

/* e^x for x <= 0; 0 where it would be subnormal, NaN for NaN. */
INLINE vector expOfNegative(vector x) {
  const struct exponential e = exponentialOf(x);
  return orZero(~(x < SMALLEST), e.power * e.series + e.power);
}

/* tanh x = |t/(2 + t)| with t = e^(-2|x|) - 1, and the sign of x; NaN for NaN. */
INLINE vector tanhOf(vector x) {
  const bits signs = (bits)spread(-0.0), sign = (bits)x & signs;
  const vector size = (vector)((bits)x & ~signs);
  const struct exponential e = exponentialOf(choose(size > 20, spread(20), size) * -2);
  const vector t = e.power * e.series + (e.power - 1);
  return (vector)(((bits)(t / (2 + t)) & ~signs) | sign);
}

/* y = tanh y. */
void KERNEL(tanh)(uint8_t *memory, offset y, offset bytes) {
  uint8_t *values = memory + y;
  for EACH_VECTOR(at, left, bytes) {
    storeFirst(values + at, tanhOf(loadParts(values + at, PART_BYTES, left)), left);
  }
}

/* The natural logarithm of a positive normal number. */
static double logOf(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  if (x == INFINITY) return x;
  uint64_t pattern;
  memcpy(&pattern, &x, sizeof x);
  int32_t e = (int32_t)(pattern >> 52) - 1023;
  pattern = (pattern & 0x000fffffffffffff) | 0x3ff0000000000000;
  double m;
  memcpy(&m, &pattern, sizeof m);
  if (m >= 1.4142135623730951) {
    m *= 0.5;
    e += 1;
  }
  const double s = (m - 1) / (m + 1), q = s * s;
  double sum = 2.0 / 25;
  UNROLL
  for (int k = 23; k >= 3; k -= 2) sum = sum * q + 2.0 / k;
  return e * LN2_HIGH_F64 + (2 * s + (s * (q * sum) + e * LN2_LOW_F64));
}
