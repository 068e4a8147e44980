import { randomStream, shuffle } from "../random_stream.ts";
import { type Column, growTree, hasPlace, type Leaf } from "./regression_tree.ts";

/** What a random forest says of each swept key. */
export interface ForestImportance {
  /** In the order of the columns. */
  readonly effects: readonly ForestEffect[];
  /** The share of the forest's variance that only several keys together account for. */
  readonly together: number;
  /**
   * R² of the forest on cells that its trees were not fitted to. Where it is near 0 or below, shares
   * mean nothing.
   */
  readonly predicted: number;
}

/** What a key accounts for by itself. */
export interface ForestEffect {
  readonly key: string;
  /** Of the forest's variance, from 0 to 1. */
  readonly share: number;
  /** The largest of the shares that the key had with its values shuffled `SHUFFLES` times. */
  readonly chance: number;
}

const TREES = 64;
/** Fewer trees vary more: what chance alone gives is over- rather than underestimated. */
const SHUFFLED_TREES = 16;
/** A key without any effect exceeds the largest of so many shares once in 20 times. */
export const SHUFFLES = 19;

/**
 * How much of the metric's variation over the cells each swept key accounts for, where cells are no
 * full product but points of a sample.
 *
 * Method: a random forest is fitted to the cells. A tree is constant on boxes, so sums over its boxes
 * give its variance over all combinations of values, and the variance that is left when it is averaged
 * over all keys but one. The second as a share of the first, averaged over the trees, is the key's.
 * A value counts as often as cells have it. A tree asks for a key only where all its cells have a value:
 * what it means to have none belongs to the key that decides about it. A key whose share is no larger
 * than with its values shuffled among the cells is not known to matter.
 *
 * Source: Hutter, Hoos and Leyton-Brown, An Efficient Approach for Assessing Hyperparameter Importance
 * (2014), algorithm 2; Breiman, Random Forests (2001), for cells left out; Altmann et al.,
 * Permutation Importance: A Corrected Feature Importance Measure (2010), for shuffling.
 *
 * @param columns At least one.
 * @param metric The metric's mean in each cell.
 * @returns Undefined if no tree finds anything to divide the cells by.
 */
export function forestImportance(
  columns: readonly Column[],
  metric: Float64Array,
): ForestImportance | undefined {
  return importanceWith(columns, metric, drawBags(metric.length));
}

/**
 * As `forestImportance()`, with a tree for each bag.
 *
 * @param bags The cells that trees are fitted to, some of them several times.
 */
export function importanceWith(
  columns: readonly Column[],
  metric: Float64Array,
  bags: readonly Int32Array[],
): ForestImportance | undefined {
  const mean = metric.reduce((sum, value) => sum + value, 0) / metric.length;
  const values = metric.map((value) => value - mean);
  const forest = { values, bags, weights: columns.map(weightsOf) };
  const trees = growTrees(columns, forest);
  const shares = columns.map((_, at) => shareOf(at, trees, forest));
  if (shares.some(Number.isNaN)) return undefined;
  return {
    effects: columns.map(({ key }, at) => {
      return { key, share: shares[at], chance: chanceOf(at, columns, forest) };
    }),
    together: Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0)),
    predicted: predictedShare(trees, columns, forest),
  };
}

/** Cells drawn with replacement, as many as there are, for each tree. */
function drawBags(cells: number): Int32Array[] {
  const random = randomStream("importance/bags");
  return Array.from(
    { length: TREES },
    () => Int32Array.from({ length: cells }, () => Math.floor(random() * cells)),
  );
}

/** What a forest is fitted to, whatever is shuffled. */
interface ForestData {
  /** Deviations of the metric from its mean, by cell. */
  readonly values: Float64Array;
  readonly bags: readonly Int32Array[];
  /** By column, the share of cells with each of its values, of those that have one. */
  readonly weights: readonly Float64Array[];
}

function weightsOf({ places, size }: Column): Float64Array {
  const weights = new Float64Array(size);
  const having = places.filter((place) => place >= 0);
  for (const place of having) weights[place] += 1 / having.length;
  return weights;
}

/** A tree as sums over its boxes need it. */
interface Tree {
  readonly leaves: readonly Leaf[];
  /** By leaf and column, the share of the column's values that the leaf has. */
  readonly widths: readonly (readonly number[])[];
  /** By leaf, the share of all combinations of values. */
  readonly volumes: readonly number[];
  /** By leaf, the deviation from the tree's mean over all combinations. */
  readonly deviations: readonly number[];
  readonly variance: number;
}

function growTrees(columns: readonly Column[], { values, bags, weights }: ForestData): Tree[] {
  const sums = weights.map((own) => {
    let sum = 0;
    return Float64Array.of(0, ...own.map((weight) => sum += weight));
  });
  return bags.map((bag) => {
    const leaves = growTree(columns, values, bag);
    const widths = leaves.map(({ spans }) =>
      spans.map((span, at) => {
        if (!span) return 1;
        const { from, to, mask } = span;
        if (!mask) return sums[at][to] - sums[at][from];
        return mask.reduce((sum, has, place) => sum + has * weights[at][place], 0);
      })
    );
    const volumes = widths.map((of) => of.reduce((product, width) => product * width, 1));
    const mean = leaves.reduce((sum, { value }, leaf) => sum + value * volumes[leaf], 0);
    const deviations = leaves.map(({ value }) => value - mean);
    const variance = deviations.reduce((sum, own, leaf) => sum + square(own) * volumes[leaf], 0);
    return { leaves, widths, volumes, deviations, variance };
  });
}

/** A column's share of the variance, averaged over the trees that have any; NaN if none has. */
function shareOf(at: number, trees: readonly Tree[], { weights }: ForestData): number {
  const varying = trees.filter(({ variance }) => variance > 0);
  const shares = varying.map(({ leaves, widths, volumes, deviations, variance }) => {
    // The tree's mean over all other columns, by place of this one.
    const marginal = new Float64Array(weights[at].length);
    leaves.forEach(({ spans }, leaf) => {
      const { from, to, mask } = spans[at] ?? { from: 0, to: marginal.length };
      const part = deviations[leaf] * volumes[leaf] / widths[leaf][at];
      for (let place = from; place < to; place++) if (!mask || mask[place]) marginal[place] += part;
    });
    const squares = marginal.reduce((sum, own, place) => sum + weights[at][place] * square(own), 0);
    return squares / variance;
  });
  return shares.reduce((sum, share) => sum + share, 0) / varying.length;
}

/** The largest share that a column has with its values shuffled among the cells that have one. */
function chanceOf(at: number, columns: readonly Column[], forest: ForestData): number {
  const { key, places } = columns[at];
  const having = Int32Array.from(places.keys().filter((cell) => places[cell] >= 0));
  const few = { ...forest, bags: forest.bags.slice(0, SHUFFLED_TREES) };
  const random = randomStream(`importance/shuffle/${key}`);
  const shares = Array.from({ length: SHUFFLES }, () => {
    const order = having.slice();
    shuffle(order, random);
    const shuffled = places.slice();
    order.forEach((from, index) => shuffled[having[index]] = places[from]);
    const others = columns.with(at, { ...columns[at], places: shuffled });
    return shareOf(at, growTrees(others, few), forest);
  });
  return Math.max(0, ...shares.filter((share) => !Number.isNaN(share)));
}

/** R² of the mean prediction for each cell by the trees whose bags lack it. */
function predictedShare(
  trees: readonly Tree[],
  columns: readonly Column[],
  { values, bags }: ForestData,
): number {
  const bagged = bags.map((bag) => new Set(bag));
  let [missed, total] = [0, 0];
  for (const [cell, value] of values.entries()) {
    const others = trees.filter((_, tree) => !bagged[tree].has(cell));
    if (others.length === 0) continue;
    const sum = others.reduce((sum, { leaves }) => sum + predict(cell, leaves, columns), 0);
    missed += square(value - sum / others.length);
    total += square(value);
  }
  return total > 0 ? 1 - missed / total : 0;
}

/** What a tree predicts; of a key that the cell goes without, it takes the first answer that fits. */
function predict(cell: number, leaves: readonly Leaf[], columns: readonly Column[]): number {
  const found = leaves.find(({ spans }) =>
    spans.every((span, at) => {
      const place = columns[at].places[cell];
      return !span || place < 0 || hasPlace(span, place);
    })
  );
  return found?.value ?? NaN;
}

function square(value: number): number {
  return value * value;
}
