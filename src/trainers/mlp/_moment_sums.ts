import type { Kernels } from "../../kernels/kernels.ts";
import type { Norm, NormalizedRows } from "./_batch_norm.ts";
import { numbersAt } from "./row_targets.ts";

/**
 * Mean and variance of a layer's sums over rows that come in several passes.
 *
 * Method: the moments of a pass are those of `batchMoments()`, and passes are combined in float64 in
 * their order, by the deviations of their means.
 *
 * Source: Chan, Golub and LeVeque, Algorithms for computing the sample variance: analysis and
 * recommendations (1983), the updating formulas for two samples.
 */
export class MomentSums {
  readonly #kernels: Kernels;
  readonly #norm: Norm;
  #rows = 0;
  readonly #means: Float64Array;
  /** Sums of squared deviations from the means. */
  readonly #squares: Float64Array;

  constructor(kernels: Kernels, norm: Norm) {
    this.#kernels = kernels;
    this.#norm = norm;
    this.#means = new Float64Array(norm.outputs);
    this.#squares = new Float64Array(norm.outputs);
  }

  /** Adds the rows of a pass. */
  add({ rows, stride, normalized }: NormalizedRows): void {
    const { outputs, batchMean, batchVariance } = this.#norm;
    const features = Math.ceil(outputs / 4) * 4;
    this.#kernels.batchMoments(normalized, batchMean, batchVariance, rows, features, stride);
    const means = numbersAt(this.#kernels, batchMean, outputs);
    const variances = numbersAt(this.#kernels, batchVariance, outputs);
    const all = this.#rows + rows;
    for (let o = 0; o < outputs; o++) {
      const deviation = means[o] - this.#means[o];
      const between = deviation * deviation * (this.#rows * rows / all);
      this.#means[o] += deviation * (rows / all);
      this.#squares[o] += rows * variances[o] + between;
    }
    this.#rows = all;
  }

  /** Makes them the moments that evaluations use; the variance is unbiased, as running ones are. */
  write(): void {
    const { outputs, mean, variance } = this.#norm;
    const divisor = Math.max(this.#rows - 1, 1);
    numbersAt(this.#kernels, mean, outputs).set(this.#means);
    numbersAt(this.#kernels, variance, outputs).set(this.#squares.map((sum) => sum / divisor));
  }
}
