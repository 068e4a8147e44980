import { replicateName } from "../experiment/replicates.ts";
import { type Metric, metricColumn } from "../measures/metrics.ts";
import type { RunRow } from "../results/run_row.ts";
import { formatValue } from "../trainers/format_value.ts";
import { runsWith } from "./_runs_by_cell.ts";

/** The effect of some swept keys together, beyond the effects of fewer of them. */
export interface Effect {
  /** One key for a main effect, more for their interaction; in the order of the columns. */
  readonly keys: readonly string[];
  /** η²: its share of the sum of squares of all runs. */
  readonly share: number;
}

/** Shares of the sum of squares of the metric over all runs, which add up to 1. */
export interface Importance {
  /** Main effects, then interactions of two keys, and so on; in the order of the columns. */
  readonly effects: readonly Effect[];
  /** The effect of seeds that is the same in all cells. */
  readonly seed: number;
  /** The rest: the effect of seeds on single cells. */
  readonly residual: number;
}

/** Why there is no importance. */
export interface NoImportance {
  readonly reason: "unbalanced" | "lost runs" | "constant";
}

/**
 * How much of the metric's variation each swept key and each interaction accounts for: exact analysis
 * of variance of a full product with one run per cell and seed.
 *
 * Seeds, with their folds, are blocks, not replicates: a seed's split and initial weights shift all of its runs, and
 * pairing by seed removes that shift. It counts in the total but has its own share: in the residual,
 * it would make settings look unimportant.
 *
 * Source: Fisher, Statistical Methods for Research Workers (1925), chapter VII.
 *
 * @returns A reason if the cells do not form a full product (`unbalanced`), a run has no value of
 *   the metric (`lost runs`) or all runs have the same metric (`constant`).
 */
export function importance(runs: readonly RunRow[], metric: Metric): Importance | NoImportance {
  const keys = Object.keys(runs[0]?.values ?? {})
    .map((key) => axisOf(key, runs.map(({ values }) => formatValue(values[key]))))
    .filter(({ placeOf }) => placeOf.size > 1);
  const seeds = axisOf("", runs.map(replicateName));
  const axes = [seeds, ...keys];
  const sizes = axes.map(({ placeOf }) => placeOf.size);
  const isProduct = runs.length === sizes.reduce((product, size) => product * size, 1);
  if (keys.length === 0 || !isProduct) return { reason: "unbalanced" };
  const column = metricColumn(metric);
  const completed = runsWith(column, runs);
  if (completed.length < runs.length) return { reason: "lost runs" };

  const table = new Float64Array(runs.length).fill(NaN);
  completed.forEach(({ measures }, run) => {
    const place = axes.reduce((place, { levels, placeOf }) => {
      return place * placeOf.size + (placeOf.get(levels[run]) ?? NaN);
    }, 0);
    table[place] = measures[column];
  });
  // There are as many runs as places: if a place has no run, another has two.
  if (table.some(Number.isNaN)) return { reason: "unbalanced" };
  return sharesOf([...decomposeTable(table, sizes)], ["", ...keys.map(({ key }) => key)]);
}

/** A factor of the product. */
interface Axis {
  readonly key: string;
  /** Its value in each run. */
  readonly levels: readonly string[];
  /** Each value's index, which does not depend on the order of the runs. */
  readonly placeOf: ReadonlyMap<string, number>;
}

function axisOf(key: string, levels: readonly string[]): Axis {
  const distinct = [...new Set(levels)].sort();
  return { key, levels, placeOf: new Map(distinct.map((level, place) => [level, place])) };
}

/** Axis 0 is the seed. */
function sharesOf(
  components: readonly Component[],
  names: readonly string[],
): Importance | NoImportance {
  const varying = components.filter(({ axes }) => axes.length > 0);
  const total = sumOf(varying);
  if (total === 0) return { reason: "constant" };
  const [blocked, effects] = [true, false].map((isSeed) =>
    varying.filter(({ axes }) => (axes[0] === 0) === isSeed)
  );
  return {
    effects: effects.sort((a, b) => a.axes.length - b.axes.length).map((effect) => ({
      keys: effect.axes.map((axis) => names[axis]),
      share: effect.sumOfSquares / total,
    })),
    seed: sumOf(blocked.filter(({ axes }) => axes.length === 1)) / total,
    residual: sumOf(blocked.filter(({ axes }) => axes.length > 1)) / total,
  };
}

function sumOf(components: readonly Component[]): number {
  return components.reduce((sum, { sumOfSquares }) => sum + sumOfSquares, 0);
}

/** The effect of some axes of a table together, beyond the effects of fewer of them. */
interface Component {
  /** Axes by number, ascending; none for the mean of all. */
  readonly axes: readonly number[];
  /** Over all values of the table. */
  readonly sumOfSquares: number;
}

/**
 * Takes a table apart into orthogonal components, one per set of axes.
 *
 * Method: along one axis after the other, the table is divided into its means over that axis and the
 * deviations from them. Each path through these divisions ends in one component; no sum of squares
 * is the difference of two others, so that small effects keep their digits. Sets of as many axes
 * come in the order of their axes.
 *
 * @param values As many as the product of `sizes`, the last axis varying fastest.
 */
function* decomposeTable(
  values: Float64Array,
  sizes: readonly number[],
): Generator<Component> {
  yield* decomposeFrom(0, values, sizes, { axes: [], repeats: 1 });
}

/** `repeats`: how many values of the whole table each of these values represents. */
function* decomposeFrom(
  axis: number,
  values: Float64Array,
  sizes: readonly number[],
  { axes, repeats }: { readonly axes: readonly number[]; readonly repeats: number },
): Generator<Component> {
  if (axis === sizes.length) {
    const squares = values.reduce((sum, value) => sum + value * value, 0);
    yield { axes, sumOfSquares: squares * repeats };
    return;
  }
  const size = sizes[axis];
  const inner = sizes.slice(axis + 1).reduce((product, size) => product * size, 1);
  const means = new Float64Array(values.length / size);
  const deviations = new Float64Array(values.length);
  for (let index = 0; index < means.length; index++) {
    const first = Math.floor(index / inner) * size * inner + index % inner;
    const end = first + size * inner;
    let sum = 0;
    for (let at = first; at < end; at += inner) sum += values[at] - values[first];
    means[index] = values[first] + sum / size;
    for (let at = first; at < end; at += inner) deviations[at] = values[at] - means[index];
  }
  yield* decomposeFrom(axis + 1, deviations, sizes, { axes: [...axes, axis], repeats });
  yield* decomposeFrom(axis + 1, means, sizes, { axes, repeats: repeats * size });
}
