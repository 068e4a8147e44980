import { expOfNegative, log } from "../../kernels/exact_math.ts";
import type { RandomStream } from "../../random_stream.ts";
import { placeOnAxis, placeWhenOn } from "./off_places.ts";

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
  /** Below this place, the key is off; absent if it never is. What follows is of the other places. */
  readonly off?: number;
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
  /** The point's place. */
  readonly at: number;
  /** Around its place among the drawn values; absent if the key is off. */
  readonly normal?: NormalKernel;
}

interface NormalKernel {
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
 * for choices, the point's own, mixed with the prior, and so is whether the key is off. Where a point
 * lacks an axis that is asked for, its kernel is the prior there.
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
    for (const { name, off = 0 } of axes) {
      const own = points.flatMap((point, index) => {
        const at = point.get(name);
        if (at === undefined) return [];
        if (at >= off) return [{ index, at, place: placeWhenOn(at, off) }];
        kernels[index].set(name, { at });
        return [];
      }).sort((a, b) => a.place - b.place || a.index - b.index);
      // The prior counts as a point in the middle.
      const least = 1 / Math.min(NARROWEST, own.length + 2);
      const all = [...own.map(({ place }) => place), MIDDLE].sort((a, b) => a - b);
      own.forEach(({ index, at, place }, rank) => {
        const among = place > MIDDLE ? rank + 1 : rank;
        const below = among > 0 ? place - all[among - 1] : 0;
        const above = among < own.length ? all[among + 1] - place : 0;
        const width = own.length === 1 ? MIDDLE : Math.max(below, above, least);
        const inside = normalShare((1 - place) / width) - normalShare(-place / width);
        const normal = { place, width, height: 1 / (width * SQRT_2_PI * inside) };
        kernels[index].set(name, { at, normal });
      });
    }
    this.#kernels = kernels;
  }

  /** Chooses what to draw a point around: draws its place on any axis. */
  drawer(random: RandomStream): (axis: string) => number {
    const chosen = this.#kernels[Math.floor(random() * (this.#kernels.length + 1))];
    return (name) => {
      const kernel = chosen?.get(name);
      if (!kernel) return random();
      const { choices, off = 0, priorShare } = this.#axisOf(name);
      if (priorShare > 0 && random() < priorShare) return random();
      if (!kernel.normal) return off * random();
      if (choices !== undefined) return kernel.at;
      return placeOnAxis(drawNormal(kernel.normal, random), off);
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

  /** An axis, and how much of its kernels is the prior: something, unless they reach all places. */
  #axisOf(name: string) {
    const { choices, off } = this.#axes.get(name) ?? {};
    const isEverywhere = choices === undefined && off === undefined;
    return { choices, off, priorShare: isEverywhere ? 0 : 1 / (this.#kernels.length + 2) };
  }

  #relativeDensity(name: string, { normal }: Kernel, place: number): number {
    const { choices, off = 0, priorShare } = this.#axisOf(name);
    const ofPoint = 1 - priorShare;
    if (place < off) return priorShare + (normal ? 0 : ofPoint / off);
    if (!normal) return priorShare;
    const on = placeWhenOn(place, off);
    const density = choices === undefined
      ? normalDensity(normal, on)
      : choiceAt(on, choices) === choiceAt(normal.place, choices)
      ? choices
      : 0;
    return priorShare + ofPoint * density / (1 - off);
  }
}

function normalDensity({ place: centre, width, height }: NormalKernel, place: number): number {
  const distance = (place - centre) / width;
  return height * expOfNegative(-distance * distance / 2);
}

/** Draws from a normal distribution until a place is in [0, 1). Source: Marsaglia and Bray (1964). */
function drawNormal({ place, width }: NormalKernel, random: RandomStream): number {
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
