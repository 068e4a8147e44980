import type { Rows } from "./rows.ts";

/** A model's outputs (B,O) for some rows: lane panels in kernel memory. */
export interface Outputs {
  readonly values: number;
  readonly stride: number;
  readonly panels: number;
}

/** The same, to be read row by row: those of a row begin at `startOf(row)`, `lanes` apart. */
export interface OutputRows {
  readonly values: Float32Array | Float64Array;
  startOf(row: number): number;
  readonly lanes: number;
  /** How many a row has. */
  readonly width: number;
}

/** Sums over rows, which evaluations add to. */
export interface Totals {
  loss: number;
  /** Rows whose class has the largest output. */
  correct: number;
}

/** How a model's outputs are compared with targets. */
export interface OutputLoss {
  /** Replaces the outputs by the gradient of the mean loss over the rows. */
  backward(outputs: Outputs, rows: Rows): void;
  /** Adds up what an evaluation needs of the rows. */
  evaluate(outputs: Outputs, rows: Rows, totals: Totals): void;
  /**
   * Writes what the first rows are predicted to be to the start of `scores`: class probabilities
   * (rows, classes), row-major, or standardized quantities (rows).
   */
  writeScores(outputs: OutputRows, count: number, scores: Float64Array): void;
  /** Replaces the outputs of the first rows by such as have these scores. */
  writeOutputs(scores: Float64Array, count: number, outputs: OutputRows): void;
}
