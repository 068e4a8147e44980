import type { BatchNormKernels } from "./batch_norm_kernels.ts";
import type { ReferenceMemory } from "./_reference_memory.ts";

/** Plain twins of the kernels for batch normalization. */
export function referenceBatchNorm(
  { lanes, size, round, values, activationAt }: ReferenceMemory,
): BatchNormKernels {
  /** Σ_b of term(b), in float64: a sum per lane, folded. */
  function sumOver(rows: number, term: (b: number) => number): number {
    const sums = new Array<number>(lanes).fill(0);
    for (let b = 0; b < rows; b++) sums[b % lanes] += term(b);
    return lanes === 4 ? (sums[0] + sums[1]) + (sums[2] + sums[3]) : sums[0] + sums[1];
  }

  /** d of feature f. */
  const factorOf = (variance: number, f: number, epsilon: number) =>
    round(1 / round(Math.sqrt(round(values()[variance / size + f] + round(epsilon)))));

  return {
    batchMoments(x, mean, variance, rows, features, stride) {
      const v = values();
      for (let f = 0; f < features; f++) {
        const at = (b: number) => v[activationAt(x, stride, b, f)];
        const centre = sumOver(rows, at) / rows;
        const squares = sumOver(rows, (b) => (at(b) - centre) * (at(b) - centre));
        v[variance / size + f] = squares / rows;
        v[mean / size + f] = centre;
      }
    },

    normalize(x, mean, variance, scale, shift, y, panels, features, stride, epsilon) {
      const v = values();
      for (let f = 0; f < features; f++) {
        const factor = factorOf(variance, f, epsilon);
        for (let b = 0; b < panels * lanes; b++) {
          const at = activationAt(x, stride, b, f);
          v[at] = round(round(v[at] - v[mean / size + f]) * factor);
          const scaled = round(v[at] * v[scale / size + f]);
          v[activationAt(y, stride, b, f)] = round(scaled + v[shift / size + f]);
        }
      }
    },

    normalizeBackward(
      x,
      dy,
      variance,
      scale,
      dscale,
      dshift,
      rows,
      features,
      stride,
      epsilon,
    ) {
      const v = values();
      for (let f = 0; f < features; f++) {
        const xAt = (b: number) => v[activationAt(x, stride, b, f)];
        const dyAt = (b: number) => v[activationAt(dy, stride, b, f)];
        const shiftSum = sumOver(rows, dyAt);
        const scaleSum = sumOver(rows, (b) => dyAt(b) * xAt(b));
        v[dshift / size + f] = shiftSum;
        v[dscale / size + f] = scaleSum;
        const factor = round(v[scale / size + f] * factorOf(variance, f, epsilon));
        const [shiftMean, scaleMean] = [round(shiftSum / rows), round(scaleSum / rows)];
        for (let b = 0; b < Math.ceil(rows / lanes) * lanes; b++) {
          const centred = round(round(dyAt(b) - shiftMean) - round(xAt(b) * scaleMean));
          v[activationAt(dy, stride, b, f)] = b < rows ? round(factor * centred) : 0;
        }
      }
    },
  };
}
