/** The weights of a network, or their gradients: views of one array, which is `all`. */
export interface Weights {
  readonly all: Float64Array<ArrayBuffer>;
  /** (channels, 3, 3). */
  readonly kernel: Float64Array;
  /** (channels). */
  readonly kernelBias: Float64Array;
  /** (classes, units); units are (channels, side/2, side/2). */
  readonly dense: Float64Array;
  /** (classes). */
  readonly denseBias: Float64Array;
}

/** Weights of 0, for pictures of side × side pixels. */
export function makeWeights(side: number, channels: number, classes: number): Weights {
  const units = channels * (side >> 1) * (side >> 1);
  const sizes = [9 * channels, channels, classes * units, classes];
  const all = new Float64Array(sizes.reduce((sum, size) => sum + size));
  let end = 0;
  const [kernel, kernelBias, dense, denseBias] = sizes.map((size) =>
    all.subarray(end, end += size)
  );
  return { all, kernel, kernelBias, dense, denseBias };
}
