/** A layer's weights (I,O), or its biases or scales (1,O), in output panels: byte offsets of kernel memory. */
export interface ParameterBlock {
  /** Regularizers act on weights only. */
  readonly kind: "weights" | "biases" | "scales";
  readonly inputs: number;
  readonly outputs: number;
  /** Bytes of each of these regions, padding included. */
  readonly bytes: number;
  readonly values: number;
  readonly gradient: number;
  /** Bits are 0 where a parameter stays 0. */
  readonly mask: number;
}

/** The sums over all weights that an evaluation needs. */
export interface WeightSums {
  /** Σ|w| and Σw². */
  readonly l1: number;
  readonly squares: number;
  /** Share of weights that are exactly 0. */
  readonly sparsity: number;
}
