/** Twins of assembly/update.ts and assembly/weights.ts: operations on weights only. */
import type { ReferenceMemory } from "./_reference_memory.ts";
import type { Kernels } from "./kernels.ts";

export function referenceWeights(reference: ReferenceMemory) {
  const { memory, size, round, multiplyAdd, values, weightAt, map, forEachWeight } = reference;

  /** gradient + l2·w + l1·sign(w), limited to ±clip. */
  function penalized(
    gradient: number,
    weight: number,
    { l1, l2, clip }: { l1: number; l2: number; clip: number },
  ): number {
    let g = multiplyAdd(gradient, l2, weight);
    // Adding 0 turns -0 into 0.
    g = round(g + (weight > 0 ? l1 : 0));
    g = round(g - (weight < 0 ? l1 : 0));
    return Math.max(Math.min(g, clip), -clip);
  }

  /** The weight moved towards 0 by `limit`, but not past 0. */
  const shrunk = (weight: number, limit: number) =>
    round(weight - Math.max(Math.min(weight, limit), -limit));

  /** Elements of the weights of input i, padding outputs included, o ascending. */
  const groupAt = (w: number, inputs: number, outputs: number, i: number) =>
    Array.from({ length: Math.ceil(outputs / 4) * 4 }, (_, o) => weightAt(w, inputs, i, o));

  /** The sum of a group's terms in float64: a sum per o mod 4, folded as (0+1)+(2+3). */
  function foldGroup(terms: readonly number[]): number {
    const sums = [0, 0, 0, 0];
    terms.forEach((term, o) => sums[o % 4] += term);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }

  /** Whether any bit of each element's mask is set: a mask is all ones or all zeros. */
  function isKeptBy(mask: number, bytes: number): boolean[] {
    const words = new Int32Array(memory.buffer, mask, bytes / 4);
    return Array.from({ length: bytes / size }, (_, n) => words[n * size / 4] !== 0);
  }

  return {
    sgdUpdate(w, dw, v, mask, bytes, ...hyperparameters) {
      const [rate, momentum, l1, l2, decay, clip] = hyperparameters.map(round);
      const x = values();
      const isKept = isKeptBy(mask, bytes);
      map(w, bytes, (weight, n) => {
        const g = penalized(x[dw / size + n], weight, { l1, l2, clip });
        const velocity = round(round(momentum * x[v / size + n]) + g);
        x[v / size + n] = velocity;
        const change = round(rate * round(velocity + round(decay * weight)));
        return isKept[n] ? round(weight - change) : 0;
      });
    },

    penalizeGradient(w, dw, bytes, ...hyperparameters) {
      const [l1, l2, clip] = hyperparameters.map(round);
      const x = values();
      map(dw, bytes, (gradient, n) => penalized(gradient, x[w / size + n], { l1, l2, clip }));
    },

    adamUpdate(w, dw, m, s, mask, bytes, rate, beta1, beta2, epsilon, decay, shrinkage) {
      const x = values();
      const isKept = isKeptBy(mask, bytes);
      const average = (at: number, share: number, next: number) =>
        x[at] = multiplyAdd(round(round(share) * x[at]), round(1 - share), next);
      map(w, bytes, (weight, n) => {
        const g = x[dw / size + n];
        const mean = average(m / size + n, beta1, g);
        const square = average(s / size + n, beta2, round(g * g));
        const step = round(round(rate) / round(round(Math.sqrt(square)) + round(epsilon)));
        const change = multiplyAdd(round(step * mean), round(decay), weight);
        const moved = shrunk(round(weight - change), round(step * round(shrinkage)));
        return isKept[n] ? moved : 0;
      });
    },

    adamStepSizes(s, steps, bytes, rate, epsilon) {
      const x = values();
      map(steps, bytes, (_, n) => {
        const root = round(Math.sqrt(x[s / size + n]));
        return round(round(rate) / round(root + round(epsilon)));
      });
    },

    softThreshold: (w, bytes, threshold) =>
      map(w, bytes, (weight) => shrunk(weight, round(threshold))),

    moveTowards(x, y, bytes, share) {
      const v = values();
      map(y, bytes, (own, n) => multiplyAdd(own, round(share), round(v[x / size + n] - own)));
    },

    weightSums(w, inputs, outputs, sums) {
      const v = values();
      let l1 = 0, squares = 0, zeros = 0;
      forEachWeight(w, inputs, outputs, (at) => {
        l1 += Math.abs(v[at]);
        squares += v[at] * v[at];
        if (v[at] === 0) zeros += 1;
      });
      new Float64Array(memory.buffer, sums, 3).set([l1, squares, zeros]);
    },

    pruneWeights(w, mask, inputs, outputs, threshold) {
      const v = values();
      const count = inputs * outputs;
      let sum = 0, squares = 0, zeros = 0;
      forEachWeight(w, inputs, outputs, (at) => sum += v[at]);
      const mean = sum / count;
      forEachWeight(w, inputs, outputs, (at) => squares += (v[at] - mean) * (v[at] - mean));
      const limit = threshold * Math.sqrt(squares / count);
      forEachWeight(w, inputs, outputs, (at) => {
        if (Math.abs(v[at]) < limit) {
          v[at] = 0;
          v[at + (mask - w) / size] = 0;
        }
        if (v[at] === 0) zeros++;
      });
      return zeros;
    },

    limitNorms(w, inputs, outputs, limit) {
      const v = values();
      for (let o = 0; o < Math.ceil(outputs / 4) * 4; o++) {
        const places = Array.from({ length: inputs }, (_, i) => weightAt(w, inputs, i, o));
        const norm = Math.sqrt(places.reduce((sum, at) => sum + v[at] * v[at], 0));
        if (norm > limit) places.forEach((at) => v[at] = round(v[at] * round(limit / norm)));
      }
    },

    addGroupGradient(w, dw, inputs, outputs, strength) {
      const v = values();
      for (let i = 0; i < inputs; i++) {
        const group = groupAt(w, inputs, outputs, i);
        const norm = Math.sqrt(foldGroup(group.map((at) => v[at] * v[at])));
        if (norm === 0) continue;
        for (const at of group) {
          const to = at + (dw - w) / size;
          v[to] = multiplyAdd(v[to], round(strength / norm), v[at]);
        }
      }
    },

    shrinkGroups(w, steps, inputs, outputs, strength) {
      const v = values();
      const stepOf = (at: number) => v[at + (steps - w) / size];
      for (let i = 0; i < inputs; i++) {
        const group = groupAt(w, inputs, outputs, i);
        const slopes = group.map((at) => v[at] / stepOf(at));
        if (Math.sqrt(foldGroup(slopes.map((slope) => slope * slope))) <= strength) {
          group.forEach((at) => v[at] = 0);
          continue;
        }
        let t = 0;
        for (let round = 0; round < 40; round++) {
          const inverses = group.map((at) => 1 / (t + strength * stepOf(at)));
          const terms = group.map((at, n) => (v[at] * inverses[n]) * (v[at] * inverses[n]));
          const squares = foldGroup(terms);
          const excess = Math.sqrt(squares) - 1;
          t += squares * excess / foldGroup(terms.map((term, n) => term * inverses[n]));
          if (!(excess > 1e-8)) break;
        }
        group.forEach((at) => v[at] *= t / (t + strength * stepOf(at)));
      }
    },
  } satisfies Partial<Kernels>;
}
