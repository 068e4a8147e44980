/* Activations: plain loops, which compilers turn into vectors without changing a bit. */

/* y = max(y, 0); -0 and NaN stay the same. */
void KERNEL(relu)(uint8_t *memory, offset y, offset bytes) {
  number *values = numbers(memory, y);
  for (offset n = 0; n < bytes / sizeof(number); n++) {
    values[n] = values[n] < 0 ? 0 : values[n];
  }
}

/* dy = dy where y > 0, else 0. */
void KERNEL(reluBackward)(uint8_t *memory, offset y, offset dy, offset bytes) {
  const number *values = numbers(memory, y);
  number *gradients = numbers(memory, dy);
  for (offset n = 0; n < bytes / sizeof(number); n++) {
    gradients[n] = values[n] > 0 ? gradients[n] : 0;
  }
}

/* dy = dy * (1 - y * y). */
void KERNEL(tanhBackward)(uint8_t *memory, offset y, offset dy, offset bytes) {
  const number *values = numbers(memory, y);
  number *gradients = numbers(memory, dy);
  for (offset n = 0; n < bytes / sizeof(number); n++) {
    gradients[n] = gradients[n] * (1 - values[n] * values[n]);
  }
}

/* z = x + y. */
void KERNEL(add)(uint8_t *memory, offset x, offset y, offset z, offset bytes) {
  const number *left = numbers(memory, x), *right = numbers(memory, y);
  number *sums = numbers(memory, z);
  for (offset n = 0; n < bytes / sizeof(number); n++) sums[n] = left[n] + right[n];
}

/* z = x * y. */
void KERNEL(multiply)(uint8_t *memory, offset x, offset y, offset z, offset bytes) {
  const number *left = numbers(memory, x), *right = numbers(memory, y);
  number *products = numbers(memory, z);
  for (offset n = 0; n < bytes / sizeof(number); n++) products[n] = left[n] * right[n];
}

/* z = factor * x. */
void KERNEL(scale)(uint8_t *memory, offset x, offset z, offset bytes, number factor) {
  const number *values = numbers(memory, x);
  number *scaled = numbers(memory, z);
  for (offset n = 0; n < bytes / sizeof(number); n++) scaled[n] = factor * values[n];
}
