/* The loss of one output that predicts a quantity, one row per lane. */

// @ts-nocheck: AssemblyScript

// @ts-ignore: decorator
@inline
function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/**
 * Replaces outputs by the loss's gradient, the error y − target limited to ±delta, times scale; 0 in
 * padding. Other numbers of the same output panel become 0.
 */
// @ts-ignore: decorator
@inline
export function huberBackward<T>(
  outputs: usize, targets: usize, panels: i32, stride: usize, scale: T, delta: T,
): void {
  const zero = v128.splat<T>(0), scales = v128.splat<T>(scale);
  const most = v128.splat<T>(delta), least = v128.splat<T>(-delta);
  for (let panel = 0; panel < panels; panel++) {
    const target = v128.load(targets);
    const error = v128.sub<T>(v128.load(outputs), target);
    const limited = v128.max<T>(v128.min<T>(error, most), least);
    // Only a padding row's target is not a number.
    const isRow = v128.eq<T>(target, target);
    v128.store(outputs, v128.and(v128.mul<T>(limited, scales), isRow));
    for (let o = 1; o < 4; o++) v128.store(outputs + o * 16, zero);
    outputs += stride;
    targets += 16;
  }
}

/**
 * Adds each row's loss to the f64 at `sums`, rows ascending: ½·e² where the error's size is at most
 * delta, else delta·(|e| − ½·delta).
 */
// @ts-ignore: decorator
@inline
export function huberEvaluate<T>(
  outputs: usize, targets: usize, panels: i32, stride: usize, delta: f64, sums: usize,
): void {
  let loss = load<f64>(sums);
  for (let panel = 0; panel < panels; panel++) {
    for (let lane = 0; lane < lanes<T>(); lane++) {
      const target = <f64>load<T>(targets + lane * sizeof<T>());
      if (target != target) continue;
      const error = <f64>load<T>(outputs + lane * sizeof<T>()) - target;
      const size = abs<f64>(error);
      loss += size > delta ? delta * (size - 0.5 * delta) : 0.5 * (error * error);
    }
    outputs += stride;
    targets += 16;
  }
  store<f64>(sums, loss);
}
