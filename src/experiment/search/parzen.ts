import { expOfNegative, log } from "../../kernels/exact_math.ts";
import type { RandomStream } from "../../random_stream.ts";

/**
 * Where a point is on each axis that it has, by the axis's name, in [0, 1): the share of the axis's
 * distribution below its value.
 */
export type Places = ReadonlyMap<string, number>;

/** What points are drawn on: a key with its distribution. */
export interface Axis {
  /** No other axis has it. */
  readonly name: string;
  /** How many values it has without an order; absent if its values are numbers. */
  readonly choices?: number;
}

/** The number of the choice at a place. */
export function choiceAt(place: number, choices: number): number {
  return Math.floor(place * choices);
}

/** Kernels are no narrower than 1 / 100 of an axis. */
const NARROWEST = 100;
const MIDDLE = 0.5;
const SQRT_2 = Math.sqrt(2);
const SQRT_2_PI = 2.5066282746310002;

/** What one point adds to the density on one axis. */
interface Kernel {
  readonly place: number;
  readonly width: number;
  /** The density where it is highest, so that all of it is in [0, 1). */
  readonly height: number;
}

/**
 * A density over points: a mixture of one kernel around each of some points, and the prior, which is
 * even over all places; each has the same weight.
 *
 * A kernel is the product of its axes': a normal distribution cut to [0, 1) for numbers, as wide as
 * the larger of the distances to the neighbours on both sides, of which the middle of the axis is one;
 * for choices, the point's own, mixed with the prior. Where a point lacks an axis that is asked for, its kernel is the prior there.
 *
 * Source: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization" (2011),
 * section 4.1; widths are those of its implementation, hyperopt (`adaptive_parzen_normal`).
 */
export class ParzenEstimator {
  readonly #axes: ReadonlyMap<string, Axis>;
  readonly #kernels: readonly ReadonlyMap<string, Kernel>[];

  constructor(points: readonly Places[], axes: readonly Axis[]) {
    this.#axes = new Map(axes.map((axis) => [axis.name, axis]));
    const kernels = points.map(() => new Map<string, Kernel>());
    for (const { name } of axes) {
      const own = points.flatMap((point, index) => {
        const place = point.get(name);
        return place === undefined ? [] : [{ index, place }];
      }).sort((a, b) => a.place - b.place || a.index - b.index);
      // The prior counts as a point in the middle.
      const least = 1 / Math.min(NARROWEST, own.length + 2);
      const all = [...own.map(({ place }) => place), MIDDLE].sort((a, b) => a - b);
      own.forEach(({ index, place }, rank) => {
        const at = place > MIDDLE ? rank + 1 : rank;
        const below = at > 0 ? place - all[at - 1] : 0;
        const above = at < own.length ? all[at + 1] - place : 0;
        const width = own.length === 1 ? MIDDLE : Math.max(below, above, least);
        const inside = normalShare((1 - place) / width) - normalShare(-place / width);
        kernels[index].set(name, { place, width, height: 1 / (width * SQRT_2_PI * inside) });
      });
    }
    this.#kernels = kernels;
  }

  /** Chooses what to draw a point around: draws its place on any axis. */
  drawer(random: RandomStream): (axis: string) => number {
    const chosen = this.#kernels[Math.floor(random() * (this.#kernels.length + 1))];
    return (axis) => {
      const kernel = chosen?.get(axis);
      const { choices } = this.#axes.get(axis) ?? {};
      if (!kernel) return random();
      if (choices === undefined) return drawNormal(kernel, random);
      return random() < this.#priorShare ? random() : kernel.place;
    };
  }

  /** The density at a point, relative to the prior's. */
  densityAt(point: Places): number {
    let sum = 1;
    for (const kernels of this.#kernels) {
      let product = 1;
      for (const [axis, place] of point) {
        const kernel = kernels.get(axis);
        if (kernel) product *= this.#relativeDensity(axis, kernel, place);
      }
      sum += product;
    }
    return sum / (this.#kernels.length + 1);
  }

  /** How much of a choice's kernel is the prior. */
  get #priorShare(): number {
    return 1 / (this.#kernels.length + 2);
  }

  #relativeDensity(axis: string, { place: centre, width, height }: Kernel, place: number): number {
    const { choices } = this.#axes.get(axis) ?? {};
    if (choices === undefined) {
      const distance = (place - centre) / width;
      return height * expOfNegative(-distance * distance / 2);
    }
    const share = this.#priorShare;
    const isSame = choiceAt(place, choices) === choiceAt(centre, choices);
    return share + (isSame ? (1 - share) * choices : 0);
  }
}

/** Draws from a normal distribution until a place is in [0, 1). Source: Marsaglia and Bray (1964). */
function drawNormal({ place, width }: Kernel, random: RandomStream): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const square = x * x + y * y;
    if (square >= 1 || square === 0) continue;
    const drawn = place + width * x * Math.sqrt(-2 * log(square) / square);
    if (drawn >= 0 && drawn < 1) return drawn;
  }
}

/**
 * The share of the standard normal distribution below x, to within 1e-7.
 *
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26.
 */
function normalShare(x: number): number {
  const z = Math.abs(x) / SQRT_2;
  const t = 1 / (1 + 0.3275911 * z);
  const sum = 0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t *
                  1.061405429)));
  const tail = t * sum * expOfNegative(-z * z) / 2;
  return x < 0 ? tail : 1 - tail;
}
