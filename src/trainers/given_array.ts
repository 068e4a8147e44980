/** An array of the final model, as a module or a program gave it, checked. */
export interface GivenArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array | Float64Array;
}
