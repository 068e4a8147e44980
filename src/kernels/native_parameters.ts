import type { Kernels } from "./kernels.ts";

/** What a kernel takes: an offset, a count, 32 bits, a number of its precision, or a float64. */
export type NativeParameter = "offset" | "count" | "word" | "number" | "float64";

/** The methods of `Kernels`. */
export type KernelName = {
  [K in keyof Kernels]: Kernels[K] extends (...args: never[]) => unknown ? K : never;
}[keyof Kernels];

/**
 * THE list of kernels that native/ has a twin of, and what each takes after the memory; the others
 * are WebAssembly's also where a library is used.
 */
export const NATIVE_PARAMETERS = {
  denseForward: [...offsets(4), ...counts(3), ...offsets(2)],
  denseBackwardWeights: [...offsets(4), ...counts(3), ...offsets(2)],
  transposeWeights: [...offsets(2), ...counts(2)],
  addWeightProduct: [...offsets(3), ...counts(3)],
  addOuterProduct: [...offsets(3), ...counts(2)],
  drawDropped: [...offsets(3), ...counts(2), "offset", "word"],
  panelsToRows: [...offsets(2), ...counts(2), "offset"],
  addRowsToPanels: [...offsets(2), ...counts(2), "offset"],
  weightsToRows: [...offsets(2), ...counts(2)],
  rowsToWeights: [...offsets(2), ...counts(2)],
  dotDropped: [...offsets(6), ...counts(3)],
  combineDropped: [...offsets(5), ...counts(3)],
  transposeDropped: [...offsets(4), ...counts(2), ...offsets(4)],
  sumDropped: [...offsets(3), ...counts(2)],
  softmaxBackward: [...offsets(2), ...counts(2), "offset", "number", "float64"],
  softmaxEvaluate: [...offsets(2), ...counts(2), ...offsets(2)],
  huberBackward: [...offsets(2), "count", "offset", ...numbers(2)],
  huberEvaluate: [...offsets(2), "count", "offset", "float64", "offset"],
  scaleRows: [...offsets(2), ...counts(2), "offset"],
  gatherRows: [...offsets(3), ...counts(2), "offset"],
  addMatrix: [...offsets(3), ...counts(2), "offset"],
  batchMoments: [...offsets(3), ...counts(2), "offset"],
  normalize: [...offsets(6), ...counts(2), "offset", "number"],
  normalizeBackward: [...offsets(6), ...counts(2), "offset", "number"],
  sgdUpdate: [...offsets(5), ...numbers(6)],
  penalizeGradient: [...offsets(3), ...numbers(3)],
  adamUpdate: [...offsets(6), "number", "float64", "float64", ...numbers(3)],
  adamStepSizes: [...offsets(3), ...numbers(2)],
  softThreshold: [...offsets(2), "number"],
  moveTowards: [...offsets(3), "number"],
  weightSums: ["offset", ...counts(2), "offset"],
  pruneWeights: [...offsets(2), ...counts(2), "float64"],
  addGroupGradient: [...offsets(2), ...counts(2), "float64"],
  drawDropout: [...offsets(3), "word", "number"],
  drawUniform: [...offsets(2), ...counts(2), "float64"],
  drawNormal: [...offsets(2), ...counts(2), "float64"],
  tanh: ["offset", "offset"],
  relu: ["offset", "offset"],
  reluBackward: ["offset", "offset", "offset"],
  tanhBackward: ["offset", "offset", "offset"],
  add: ["offset", "offset", "offset", "offset"],
  multiply: ["offset", "offset", "offset", "offset"],
  scale: ["offset", "offset", "offset", "number"],
} satisfies { readonly [K in KernelName]?: readonly NativeParameter[] };

/** The kernels that native/ has a twin of; native_calls.ts calls each of them. */
export type NativeKernelName = keyof typeof NATIVE_PARAMETERS;

/** The results of those of them that return one. */
export const NATIVE_RESULTS: { readonly [K in KernelName]?: NativeParameter } = {
  pruneWeights: "count",
};

function offsets(length: number): NativeParameter[] {
  return Array.from({ length }, () => "offset" as const);
}

function counts(length: number): NativeParameter[] {
  return Array.from({ length }, () => "count" as const);
}

function numbers(length: number): NativeParameter[] {
  return Array.from({ length }, () => "number" as const);
}
