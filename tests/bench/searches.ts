import { type Observation, proposePlaces } from "../../src/experiment/search/propose_places.ts";
import { samplePlaces } from "../../src/experiment/grid/sample_points.ts";
import type { Hyperparameter } from "../../src/trainers/hyperparameter.ts";
import { SEARCH_FUNCTIONS, type SearchFunction } from "./_search_functions.ts";
import type { Measurement } from "./measure.ts";

const [POINTS, BATCH, SEEDS] = [96, 16, 50];
/** Of Student's t with 49 degrees of freedom: 95% are within. */
const T_95 = 2.0096;

type Method = "random" | "sobol" | "tpe";

/**
 * How near to the minimum the best of 96 points is, on functions whose minimum is known: proposed by
 * tpe in batches of 16, drawn independently, and drawn from Sobol's sequence; each with 50 seeds.
 */
export function measureSearches(): Measurement[] {
  return SEARCH_FUNCTIONS.map((searched) => {
    const gaps = { tpe: [] as number[], random: [] as number[], sobol: [] as number[] };
    for (let seed = 1; seed <= SEEDS; seed++) {
      for (const method of ["tpe", "random", "sobol"] as const) {
        gaps[method].push(gapOf(searched, method, seed));
      }
    }
    const against = (method: Method) => {
      const less = gaps[method].map((gap, seed) => gap - gaps.tpe[seed]);
      const mean = meanOf(less);
      const margin = T_95 * deviationOf(less, mean) / Math.sqrt(SEEDS);
      const wins = less.filter((difference) => difference > 0).length;
      return `${method} ${digits(meanOf(gaps[method]))}, ${digits(mean - margin)} to ` +
        `${digits(mean + margin)} more, worse with ${wins} of ${SEEDS} seeds`;
    };
    return {
      name: `tpe above the minimum: ${searched.name}`,
      value: meanOf(gaps.tpe),
      unit: "",
      note: `${against("random")}; ${against("sobol")}`,
    };
  });
}

/** How far the best of a search's points is above the minimum. */
function gapOf({ box, minimum, of }: SearchFunction, method: Method, seed: number): number {
  const axes = box.map((_, index) => ({ name: `x${index}` }));
  const valueAt = (point: ReadonlyMap<string, number>) =>
    of(box.map(([low, high], index) => low + (high - low) * (point.get(`x${index}`) ?? 0)));
  const drawn = method === "tpe" ? BATCH : POINTS;
  const places = axes.map(({ name }, index) => {
    const row = { key: name, sobolDimension: index + 1 } as Hyperparameter;
    return samplePlaces(row, {
      count: drawn,
      method: method === "random" ? "random" : "sobol",
      seed,
    });
  });
  const observed = Array.from({ length: drawn }, (_, number): Observation => {
    const point = new Map(axes.map(({ name }, index) => [name, places[index](number)]));
    return { point, merit: -valueAt(point) };
  });
  const space = { axes, identityOf: (point: ReadonlyMap<string, number>) => [...point].join() };
  for (let batch = 1; observed.length < POINTS; batch++) {
    const proposed = proposePlaces(space, observed, { count: BATCH, name: `${seed}/tpe/${batch}` });
    for (const point of proposed) observed.push({ point, merit: -valueAt(point) });
  }
  return -Math.max(...observed.map(({ merit }) => merit)) - minimum;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[], mean: number): number {
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function digits(value: number): string {
  return value.toPrecision(3);
}
