import { type Observation, proposePlaces } from "../../src/experiment/search/propose_places.ts";
import type { Axis, Places } from "../../src/experiment/search/parzen.ts";
import { samplePlaces } from "../../src/experiment/grid/sample_points.ts";
import type { Hyperparameter } from "../../src/trainers/hyperparameter.ts";
import { SEARCH_FUNCTIONS, type SearchFunction } from "./_search_functions.ts";
import type { Measurement } from "./measure.ts";

const [POINTS, BATCH, SEEDS] = [96, 16, 50];
/** How many places are drawn for each point at most, where some are of points that were there before. */
const DRAWS = 10;
/** Of Student's t with 49 degrees of freedom: 95% are within. */
const T_95 = 2.0096;

type Method = "random" | "sobol" | "tpe";

/** Something to be minimized on places in [0, 1) of each axis. */
export interface Searched {
  readonly name: string;
  readonly axes: readonly Axis[];
  /** The smallest value that there is. */
  readonly minimum: number;
  /** Infinite where there is none. */
  valueAt(point: Places): number;
  /** What distinguishes points. */
  identityOf(point: Places): string;
}

/**
 * How near to the minimum the best of 96 points is: proposed by tpe in batches of 16, drawn
 * independently, and drawn from Sobol's sequence; each with 50 seeds.
 */
export function compareSearches(searched: Searched): Measurement {
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
}

/** Searches on functions whose minimum is known. */
export function measureSearches(): Measurement[] {
  return SEARCH_FUNCTIONS.map(onPlaces).map(compareSearches);
}

function onPlaces({ name, box, minimum, of }: SearchFunction): Searched {
  return {
    name,
    axes: box.map((_, index) => ({ name: `x${index}` })),
    minimum,
    valueAt: (point) =>
      of(box.map(([low, high], index) => low + (high - low) * (point.get(`x${index}`) ?? 0))),
    identityOf: (point) => [...point].join(),
  };
}

/** How far the best of a search's points is above the minimum. */
function gapOf(
  { axes, minimum, valueAt, identityOf }: Searched,
  method: Method,
  seed: number,
): number {
  const first = method === "tpe" ? BATCH : POINTS;
  const places = axes.map(({ name }, index) => {
    const row = { key: name, sobolDimension: index + 1 } as Hyperparameter;
    return samplePlaces(row, {
      count: POINTS * DRAWS,
      method: method === "random" ? "random" : "sobol",
      seed,
    });
  });
  const known = new Set<string>();
  const observed: Observation[] = [];
  for (let number = 0; observed.length < first && number < POINTS * DRAWS; number++) {
    const point = new Map(axes.map(({ name }, index) => [name, places[index](number)]));
    // No method tries a point twice.
    if (known.has(identityOf(point))) continue;
    known.add(identityOf(point));
    observed.push({ point, merit: -valueAt(point) });
  }
  for (let batch = 1; observed.length < POINTS; batch++) {
    const name = `${seed}/tpe/${batch}`;
    const proposed = proposePlaces({ axes, identityOf }, observed, { count: BATCH, name });
    if (proposed.length === 0) break;
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
