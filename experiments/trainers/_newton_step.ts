import { solve } from "./_cholesky.ts";

/** Where a function of n weights is, and how it goes on from there. */
export interface Slope {
  /** (n). */
  readonly gradient: Float64Array;
  /** (n, n), of which the lower triangle is read. */
  readonly hessian: Float64Array;
}

/**
 * Takes one step of Newton's method: to the minimum of the quadratic function with the same gradient
 * and Hessian, or part of the way, since the whole step can lead too far (backtracking line search).
 *
 * Source: Nocedal and Wright, Numerical Optimization (2006), algorithm 3.1.
 *
 * @returns The new weights; the old ones at the minimum, where no step makes the function smaller.
 */
export function newtonStep(
  weight: Float64Array<ArrayBuffer>,
  { gradient, hessian }: Slope,
  objective: (weight: Float64Array) => number,
): Float64Array<ArrayBuffer> {
  const direction = solve(hessian, gradient.slice(), weight.length);
  /** What the function falls by per step, at its beginning: twice what is left to the minimum. */
  const fall = gradient.reduce((sum, g, at) => sum + g * direction[at], 0);
  const before = objective(weight);
  if (fall < 1e-18 * before) return weight;
  // Near the minimum, the function falls by less than the rounding of its value.
  const rounding = 10 * Number.EPSILON * before;
  // Armijo's condition: the function falls by some of what its slope promises.
  for (let share = 1; share > 1e-9; share /= 2) {
    const next = weight.map((w, at) => w - share * direction[at]);
    if (objective(next) <= before - 1e-4 * share * fall + rounding) return next;
  }
  return weight;
}
