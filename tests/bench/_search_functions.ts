/** A function to be minimized, on a box. */
export interface SearchFunction {
  readonly name: string;
  /** The ends of each variable. */
  readonly box: readonly (readonly [number, number])[];
  readonly minimum: number;
  of(x: readonly number[]): number;
}

const { cos, exp, sqrt, PI, E } = Math;

function cube(dimensions: number, low: number, high: number): SearchFunction["box"] {
  return Array.from({ length: dimensions }, () => [low, high] as const);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

const HARTMANN_ALPHA = [1, 1.2, 3, 3.2];
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

/**
 * Functions that searches are commonly compared on.
 *
 * Source: Surjanovic and Bingham, "Virtual library of simulation experiments" (2013), for constants
 * and boxes; Branin (1972), Hartman (1973), Rosenbrock (1960), Ackley (1987) and Rastrigin (1974).
 */
export const SEARCH_FUNCTIONS: readonly SearchFunction[] = [
  {
    name: "Branin, 2 variables",
    box: [[-5, 10], [0, 15]],
    minimum: 0.397887,
    of: ([a, b]) => {
      const bend = b - 5.1 / (4 * PI * PI) * a * a + 5 / PI * a - 6;
      return bend * bend + 10 * (1 - 1 / (8 * PI)) * cos(a) + 10;
    },
  },
  {
    name: "Hartmann, 6 variables",
    box: cube(6, 0, 1),
    minimum: -3.32237,
    of: (x) =>
      -sumOf(HARTMANN_ALPHA.map((alpha, row) =>
        alpha *
        exp(
          -sumOf(
            x.map((value, column) =>
              HARTMANN_A[row][column] * (value - HARTMANN_P[row][column]) ** 2
            ),
          ),
        )
      )),
  },
  {
    name: "Rosenbrock, 4 variables",
    box: cube(4, -2.048, 2.048),
    minimum: 0,
    of: (x) =>
      sumOf(
        x.slice(1).map((next, index) => 100 * (next - x[index] ** 2) ** 2 + (1 - x[index]) ** 2),
      ),
  },
  {
    name: "Ackley, 5 variables",
    box: cube(5, -32.768, 32.768),
    minimum: 0,
    of: (x) =>
      -20 * exp(-0.2 * sqrt(sumOf(x.map((value) => value * value)) / x.length)) -
      exp(sumOf(x.map((value) => cos(2 * PI * value))) / x.length) + 20 + E,
  },
  {
    name: "Rastrigin, 4 variables",
    box: cube(4, -5.12, 5.12),
    minimum: 0,
    of: (x) => 10 * x.length + sumOf(x.map((value) => value * value - 10 * cos(2 * PI * value))),
  },
];
