/* The loss of one output that predicts a quantity, one row per lane. */

/* outputs = the error limited to +-delta, times scale; 0 in padding rows and padding outputs. */
void KERNEL(huberBackward)(
  uint8_t *memory, offset outputs, offset targets, count panels, offset stride, number scale,
  number delta
) {
  const number *target = numbers(memory, targets);
  for (; panels > 0; panels--, outputs += stride, target += LANES) {
    number *output = numbers(memory, outputs);
    for (int n = 0; n < LANES; n++) {
      number error = output[n] - target[n];
      error = error > delta ? delta : error;
      error = error < -delta ? -delta : error;
      // Only a padding row's target is not a number.
      output[n] = target[n] == target[n] ? error * scale : 0;
    }
    for (int n = LANES; n < 4 * LANES; n++) output[n] = 0;
  }
}

/* Adds each row's loss to a double, rows ascending. */
void KERNEL(huberEvaluate)(
  uint8_t *memory, offset outputs, offset targets, count panels, offset stride, double delta,
  offset sums
) {
  double *total = (double *)(void *)(memory + sums);
  double loss = *total;
  const number *target = numbers(memory, targets);
  for (; panels > 0; panels--, outputs += stride, target += LANES) {
    const number *output = numbers(memory, outputs);
    for (int n = 0; n < LANES; n++) {
      if (target[n] != target[n]) continue;
      const double error = (double)output[n] - target[n], size = fabs(error);
      loss += size > delta ? delta * (size - 0.5 * delta) : 0.5 * (error * error);
    }
  }
  *total = loss;
}
