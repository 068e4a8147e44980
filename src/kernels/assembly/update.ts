/* Parameter updates: one pass over contiguous vectors each. */

// @ts-nocheck: AssemblyScript

/** dw + l2·w + l1·sign(w), limited to ±most; sign(0) = 0. */
// @ts-ignore: decorator
@inline
function penalized<T>(dw: v128, weight: v128, l1s: v128, l2s: v128, most: v128, least: v128): v128 {
  const zero = v128.splat<T>(0);
  let g = v128.add<T>(dw, v128.mul<T>(l2s, weight));
  g = v128.add<T>(g, v128.and(l1s, v128.gt<T>(weight, zero)));
  g = v128.sub<T>(g, v128.and(l1s, v128.lt<T>(weight, zero)));
  return v128.max<T>(v128.min<T>(g, most), least);
}

/** w moved towards 0 by `limit`, but not past 0. */
// @ts-ignore: decorator
@inline
function shrunk<T>(weight: v128, limit: v128): v128 {
  return v128.sub<T>(weight, v128.max<T>(v128.min<T>(weight, limit), v128.neg<T>(limit)));
}

/**
 * One step of SGD on `bytes` of parameters, element by element:
 *
 *   g = dw + l2·w + l1·sign(w), limited to ±clip
 *   v = momentum·v + g
 *   w = w − rate·(v + decay·w), then 0 where the mask's bits are 0
 */
// @ts-ignore: decorator
@inline
export function sgdUpdate<T>(
  w: usize, dw: usize, v: usize, mask: usize, bytes: usize,
  rate: T, momentum: T, l1: T, l2: T, decay: T, clip: T,
): void {
  const end = w + bytes;
  const rates = v128.splat<T>(rate), momenta = v128.splat<T>(momentum);
  const l1s = v128.splat<T>(l1), l2s = v128.splat<T>(l2), decays = v128.splat<T>(decay);
  const most = v128.splat<T>(clip), least = v128.neg<T>(most);
  for (; w < end; w += 16, dw += 16, v += 16, mask += 16) {
    const weight = v128.load(w);
    const g = penalized<T>(v128.load(dw), weight, l1s, l2s, most, least);
    const velocity = v128.add<T>(v128.mul<T>(momenta, v128.load(v)), g);
    v128.store(v, velocity);
    const change = v128.mul<T>(rates, v128.add<T>(velocity, v128.mul<T>(decays, weight)));
    v128.store(w, v128.and(v128.sub<T>(weight, change), v128.load(mask)));
  }
}

/** dw = dw + l2·w + l1·sign(w), limited to ±clip: the first step of `sgdUpdate()`. */
// @ts-ignore: decorator
@inline
export function penalizeGradient<T>(
  w: usize, dw: usize, bytes: usize, l1: T, l2: T, clip: T,
): void {
  const end = w + bytes;
  const l1s = v128.splat<T>(l1), l2s = v128.splat<T>(l2);
  const most = v128.splat<T>(clip), least = v128.neg<T>(most);
  for (; w < end; w += 16, dw += 16) {
    v128.store(dw, penalized<T>(v128.load(dw), v128.load(w), l1s, l2s, most, least));
  }
}

/**
 * One step of Adam on `bytes` of parameters, element by element:
 *
 *   m = beta1·m + (1 − beta1)·dw
 *   s = beta2·s + (1 − beta2)·dw²
 *   a = rate/(√s + epsilon)
 *   w = w − (a·m + decay·w), moved towards 0 by a·shrinkage but not past 0,
 *       then 0 where the mask's bits are 0
 */
// @ts-ignore: decorator
@inline
export function adamUpdate<T>(
  w: usize, dw: usize, m: usize, s: usize, mask: usize, bytes: usize,
  rate: T, beta1: f64, beta2: f64, epsilon: T, decay: T, shrinkage: T,
): void {
  const end = w + bytes;
  const rates = v128.splat<T>(rate), epsilons = v128.splat<T>(epsilon);
  const decays = v128.splat<T>(decay), shrinkages = v128.splat<T>(shrinkage);
  const oldMean = v128.splat<T>(<T>beta1), newMean = v128.splat<T>(<T>(1 - beta1));
  const oldSquare = v128.splat<T>(<T>beta2), newSquare = v128.splat<T>(<T>(1 - beta2));
  for (; w < end; w += 16, dw += 16, m += 16, s += 16, mask += 16) {
    const g = v128.load(dw), weight = v128.load(w);
    const mean = v128.add<T>(v128.mul<T>(oldMean, v128.load(m)), v128.mul<T>(newMean, g));
    const square = v128.add<T>(
      v128.mul<T>(oldSquare, v128.load(s)), v128.mul<T>(newSquare, v128.mul<T>(g, g)),
    );
    v128.store(m, mean);
    v128.store(s, square);
    const step = v128.div<T>(rates, v128.add<T>(v128.sqrt<T>(square), epsilons));
    const change = v128.add<T>(v128.mul<T>(step, mean), v128.mul<T>(decays, weight));
    const moved = shrunk<T>(v128.sub<T>(weight, change), v128.mul<T>(step, shrinkages));
    v128.store(w, v128.and(moved, v128.load(mask)));
  }
}

/** steps = rate/(√s + epsilon): the factor of the mean in `adamUpdate()`. */
// @ts-ignore: decorator
@inline
export function adamStepSizes<T>(s: usize, steps: usize, bytes: usize, rate: T, epsilon: T): void {
  const end = s + bytes;
  const rates = v128.splat<T>(rate), epsilons = v128.splat<T>(epsilon);
  for (; s < end; s += 16, steps += 16) {
    v128.store(steps, v128.div<T>(rates, v128.add<T>(v128.sqrt<T>(v128.load(s)), epsilons)));
  }
}

/** w = w moved towards 0 by `threshold`, but not past 0. */
// @ts-ignore: decorator
@inline
export function softThreshold<T>(w: usize, bytes: usize, threshold: T): void {
  const end = w + bytes;
  const limit = v128.splat<T>(threshold);
  for (; w < end; w += 16) v128.store(w, shrunk<T>(v128.load(w), limit));
}

/** y = y + share·(x − y). */
// @ts-ignore: decorator
@inline
export function moveTowards<T>(x: usize, y: usize, bytes: usize, share: T): void {
  const end = y + bytes;
  const shares = v128.splat<T>(share);
  for (; y < end; x += 16, y += 16) {
    const own = v128.load(y);
    v128.store(y, v128.add<T>(own, v128.mul<T>(shares, v128.sub<T>(v128.load(x), own))));
  }
}
