/** A matrix (B,F) in lane panels, in a kernel memory. */
export interface Panels {
  /** Byte offset of the values. */
  readonly values: number;
  /** Bytes from panel to panel. */
  readonly stride: number;
}

/** Rows (B,F) and their targets, in a kernel memory. */
export interface Rows extends Panels {
  /**
   * Byte offset of the targets: labels, int32 per row and −1 in padding; or quantities, a number of
   * the kernels' precision per row and NaN in padding.
   */
  readonly targets: number;
  /**
   * Byte offset of the numbers by which the rows' losses are multiplied in training, 0 in padding;
   * absent if all are 1.
   */
  readonly factors?: number;
  readonly count: number;
  /** What the rows are mixed with, in training; absent if they are not. */
  readonly mixed?: MixedTargets;
}

/**
 * The targets of the rows that others are mixed with, one for each of them: byte offsets as in
 * `Rows`.
 */
export interface MixedTargets {
  readonly targets: number;
  readonly factors?: number;
  /** Of these targets; the rows' own have the rest of 1. */
  readonly share: number;
}

/** A run's rows: regions of the arena. */
export interface RunRows {
  readonly train: Rows;
  readonly validation: Rows;
  /** Absent if test rows are not to be scored, or if there are none. */
  readonly test?: Rows;
}

/**
 * A pass of training, one of evaluation, or one more of training over other values of the same rows,
 * which draws nothing anew.
 */
export type PassMode = "training" | "again" | "evaluation";
