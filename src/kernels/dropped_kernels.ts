/**
 * Kernels for dropout of few units: lists of what is dropped, and products for listed units only.
 *
 * Arguments named after a matrix or list are byte offsets into the memory, 16-aligned. reference.ts
 * defines the letters and the layouts of rows and lists.
 */
export interface DroppedKernels {
  /**
   * Lists the units of activations (B,H) that `drawDropout()` would set to 0 with the same state,
   * for all rows of the panels.
   */
  drawDropped(
    state: number,
    units: number,
    counts: number,
    panels: number,
    width: number,
    stride: number,
    threshold: number,
  ): void;
  /** Row-major rows (B,F) of activations, padding rows and features included. */
  panelsToRows(x: number, rows: number, panels: number, features: number, stride: number): void;
  /** x += rows (B,F), padding included. */
  addRowsToPanels(rows: number, x: number, panels: number, features: number, stride: number): void;
  /** Row-major rows (I,O) of weights, padding included. */
  weightsToRows(w: number, rows: number, inputs: number, outputs: number): void;
  /** Weights (I,O) of row-major rows, padding included. */
  rowsToWeights(rows: number, w: number, inputs: number, outputs: number): void;

  /**
   * c[b,k] = −(bias[j] + Σ_f x[b,f]·r[j,f]) for each listed unit j = units[b,k]: the term that
   * removes the unit from a sum. x (B,F) and r (H,F) are rows, `width` is H.
   *
   * Order: a sum per lane, f ascending by lanes, folded as (0+1)+(2+3), then added to the bias.
   * Coefficients are padded like the lists.
   */
  dotDropped(
    x: number,
    r: number,
    bias: number,
    units: number,
    counts: number,
    coefficients: number,
    rows: number,
    features: number,
    width: number,
  ): void;
  /**
   * out[b] = Σ_k c[b,k]·r[units[b,k]], k ascending from 0: out (B,F) and r (H,F) are rows. With
   * lists by unit, rows and units swap roles: out is (H,F), r (B,F) and `width` is B.
   */
  combineDropped(
    coefficients: number,
    r: number,
    out: number,
    units: number,
    counts: number,
    rows: number,
    features: number,
    width: number,
  ): void;
  /**
   * The lists by unit, with two kinds of coefficients a and b: unit j's rows, ascending, are int32
   * at j·(rows rounded up to 4) of `unitRows`, their count is element j of `unitCounts`.
   */
  transposeDropped(
    units: number,
    counts: number,
    a: number,
    b: number,
    rows: number,
    width: number,
    unitRows: number,
    unitCounts: number,
    unitA: number,
    unitB: number,
  ): void;
  /** sums[b] = Σ_k c[b,k], k ascending from 0. */
  sumDropped(
    coefficients: number,
    sums: number,
    counts: number,
    rows: number,
    width: number,
  ): void;
}
