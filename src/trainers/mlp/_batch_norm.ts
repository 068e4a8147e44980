import type { Kernels } from "../../kernels/kernels.ts";
import { bytesAt, type KeptBytes } from "../kept_bytes.ts";
import type { TrainedNorm } from "../trained_layer.ts";
import { numbersAt } from "./row_targets.ts";
import type { Arena } from "./arena.ts";
import type { PassMode } from "./rows.ts";

/** Added to a variance before it divides; PyTorch's and TensorFlow's fused kernels have the same. */
const EPSILON = 1e-5;

/** A layer's batch normalization: byte offsets of one number per unit each. */
export interface Norm {
  /** Of the layer. */
  readonly outputs: number;
  /** Bytes of each region, padding included. */
  readonly bytes: number;
  /** What normalized units are multiplied by, and its gradient. The layer's biases are added. */
  readonly scale: number;
  readonly dscale: number;
  /** Mean and variance for evaluations: running ones, or those that were measured. */
  readonly mean: number;
  readonly variance: number;
  /** Those of the rows of the last training pass, or of the last one that measured them. */
  readonly batchMean: number;
  readonly batchVariance: number;
  /** The gradient of a bias before normalization, which takes it away: 0 but for rounding, unused. */
  readonly noGradient: number;
}

/** Reserves a layer's batch normalization; `bytes` are those of its biases. */
export function reserveNorm(arena: Arena, outputs: number, bytes: number): Norm {
  const region = () => arena.region(bytes);
  return {
    ...{ outputs, bytes, scale: region(), dscale: region(), mean: region(), variance: region() },
    ...{ batchMean: region(), batchVariance: region(), noGradient: region() },
  };
}

/** Sets scales and running variances to 1, and running means to 0. */
export function initializeNorm(kernels: Kernels, { outputs, scale, mean, variance }: Norm): void {
  numbersAt(kernels, scale, outputs).fill(1);
  numbersAt(kernels, mean, outputs).fill(0);
  numbersAt(kernels, variance, outputs).fill(1);
}

/** What lives from step to step, and what a model ends with. */
export function keptNorm(kernels: Kernels, norm: Norm, layer: string): KeptBytes[] {
  const scale = bytesAt(kernels, norm.scale, norm.bytes);
  return [{ name: `${layer}.scale`, bytes: scale }, ...keptMoments(kernels, norm, layer)];
}

/** Of these, the moments that evaluations use. */
export function keptMoments(
  kernels: Kernels,
  { bytes, mean, variance }: Norm,
  layer: string,
): KeptBytes[] {
  return [
    { name: `${layer}.running_mean`, bytes: bytesAt(kernels, mean, bytes) },
    { name: `${layer}.running_variance`, bytes: bytesAt(kernels, variance, bytes) },
  ];
}

export function trainedNorm(kernels: Kernels, norm: Norm): TrainedNorm {
  const copy = (offset: number) => Float32Array.from(numbersAt(kernels, offset, norm.outputs));
  return { scale: copy(norm.scale), mean: copy(norm.mean), variance: copy(norm.variance) };
}

/** Sets what `trainedNorm()` would then give. */
export function loadNorm(kernels: Kernels, norm: Norm, trained: TrainedNorm): void {
  numbersAt(kernels, norm.scale, norm.outputs).set(trained.scale);
  numbersAt(kernels, norm.mean, norm.outputs).set(trained.mean);
  numbersAt(kernels, norm.variance, norm.outputs).set(trained.variance);
}

/** Activations of one layer: byte offsets and the stride of lane panels. */
export interface NormalizedRows {
  readonly rows: number;
  readonly panels: number;
  readonly stride: number;
  /** Sums (B,O) that are replaced by their normalized values. */
  readonly normalized: number;
}

/**
 * Normalizes each unit over the rows, then scales and shifts it: y = scale·x̂ + bias with
 * x̂ = (x − mean)/√(variance + 10⁻⁵).
 *
 * In training, mean and variance are the rows' own, and a step moves the running ones towards them:
 * running = momentum·running + (1 − momentum)·batch, with the unbiased variance, rows/(rows − 1) times
 * that of the rows. A single row has variance 0: x̂ is 0, and only biases reach its output. In
 * evaluation they are the running ones, so that a row's prediction does not depend on other rows. A
 * pass over rows again leaves the running ones as they are.
 *
 * Source: Ioffe and Szegedy, Batch normalization: accelerating deep network training by reducing
 * internal covariate shift (2015), algorithms 1 and 2. The shift takes the place of the layer's bias,
 * as section 3.2 says.
 *
 * @param y Where the result goes.
 */
export function normalizeRows(
  kernels: Kernels,
  norm: Norm,
  { rows, panels, stride, normalized }: NormalizedRows,
  { bias, y, momentum, mode }: {
    readonly bias: number;
    readonly y: number;
    readonly momentum: number;
    readonly mode: PassMode;
  },
): void {
  const { outputs, scale, mean, variance, batchMean, batchVariance } = norm;
  const features = Math.ceil(outputs / 4) * 4;
  const isOwn = mode !== "evaluation";
  const moments = isOwn ? [batchMean, batchVariance] as const : [mean, variance] as const;
  if (isOwn) kernels.batchMoments(normalized, ...moments, rows, features, stride);
  if (mode === "training") {
    const unbiased = rows > 1 ? rows / (rows - 1) : 1;
    moveTowards(kernels, norm, { running: mean, batch: batchMean, momentum, factor: 1 });
    const variances = { running: variance, batch: batchVariance, factor: unbiased };
    moveTowards(kernels, norm, { ...variances, momentum });
  }
  kernels.normalize(normalized, ...moments, scale, bias, y, panels, features, stride, EPSILON);
}

function moveTowards(
  kernels: Kernels,
  { outputs }: Norm,
  { running, batch, momentum, factor }: {
    readonly running: number;
    readonly batch: number;
    readonly momentum: number;
    readonly factor: number;
  },
): void {
  const values = numbersAt(kernels, running, outputs);
  const next = numbersAt(kernels, batch, outputs);
  const share = (1 - momentum) * factor;
  for (let o = 0; o < outputs; o++) values[o] = momentum * values[o] + share * next[o];
}

/**
 * Replaces dy, the gradient of what `normalizeRows()` gave in training, by that of the sums, and
 * computes the gradients of scales and biases.
 */
export function normalizeBackward(
  kernels: Kernels,
  { outputs, batchVariance, scale, dscale }: Norm,
  { rows, stride, normalized }: NormalizedRows,
  { dy, dbias }: { readonly dy: number; readonly dbias: number },
): void {
  const features = Math.ceil(outputs / 4) * 4;
  const lists = [batchVariance, scale, dscale, dbias] as const;
  kernels.normalizeBackward(normalized, dy, ...lists, rows, features, stride, EPSILON);
}
