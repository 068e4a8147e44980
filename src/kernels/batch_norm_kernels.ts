/**
 * Kernels for batch normalization: each feature of activations (B,F) in lane panels is normalized over
 * the first `rows` rows. Padding rows never enter a sum.
 *
 * Sums are in float64: a sum per lane, panels ascending, folded as (0+1)+(2+3). Mean, variance, scale,
 * shift and their gradients are lists of F numbers; F is a multiple of 4, padding features included.
 *
 * Source: Ioffe and Szegedy, Batch normalization: accelerating deep network training by reducing
 * internal covariate shift (2015), algorithm 1 and section 3.
 */
export interface BatchNormKernels {
  /**
   * mean[f] = Σ_b x[b,f]/rows and variance[f] = Σ_b (x[b,f] − mean)²/rows, the population's; deviations
   * are from the mean before it is rounded.
   */
  batchMoments(
    x: number,
    mean: number,
    variance: number,
    rows: number,
    features: number,
    stride: number,
  ): void;

  /**
   * x = (x − mean)·d with d = 1/√(variance + epsilon), then y = x·scale + shift; in padding rows, too.
   */
  normalize(
    x: number,
    mean: number,
    variance: number,
    scale: number,
    shift: number,
    y: number,
    panels: number,
    features: number,
    stride: number,
    epsilon: number,
  ): void;

  /**
   * The gradients of `normalize()` with the moments of the rows themselves: with its x and the gradient
   * dy of its y, dshift[f] = Σ_b dy[b,f], dscale[f] = Σ_b dy[b,f]·x[b,f] and
   * dy = scale·d·((dy − dshift/rows) − x·(dscale/rows)), which is 0 in padding rows.
   */
  normalizeBackward(
    x: number,
    dy: number,
    variance: number,
    scale: number,
    dscale: number,
    dshift: number,
    rows: number,
    features: number,
    stride: number,
    epsilon: number,
  ): void;
}
