/** One swept key of a sampled design, with its value in each cell. */
export interface Column {
  readonly key: string;
  /** Each cell's value by its place among the key's values; −1 for a cell that goes without the key. */
  readonly places: Int32Array;
  /** How many values there are. */
  readonly size: number;
  /** False for words, which have no order. */
  readonly isOrdered: boolean;
}

/** The values of one column that a box has: places from one up to, without, another. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Of words, 1 for each place that the box has, otherwise 0. */
  readonly mask?: Uint8Array;
}

/** A box of a regression tree: the combinations of values that it predicts the same for. */
export interface Leaf {
  /** The mean of its cells. */
  readonly value: number;
  /** By column; absent where the box has all values. */
  readonly spans: Box;
}

/** By column, what a box has of it. */
type Box = readonly (Span | undefined)[];

/** Fewer cells are no leaf: a tree would follow chance. */
const LEAST_CELLS = 3;
/** A split that improves by no more, as a share of all squares, is a rounding error. */
const LEAST_GAIN = 1e-12;

/** A way to divide a node in two. */
interface Split {
  readonly at: number;
  readonly first: Span;
  readonly second: Span;
  /** Sum of squares of the parts' sums over their sizes: the larger, the better. */
  readonly score: number;
}

/** What is the same for all nodes of a tree. */
interface Tree {
  readonly columns: readonly Column[];
  readonly values: Float64Array;
  /** Room for a column's cells, their sums and the places that have any; a node overwrites them. */
  readonly counts: Int32Array;
  readonly sums: Float64Array;
  readonly order: Int32Array;
}

/** True if a span has a place. */
export function hasPlace({ from, to, mask }: Span, place: number): boolean {
  return from <= place && place < to && (!mask || mask[place] === 1);
}

/**
 * Fits a regression tree by least squares. Words are divided in the order of their means, which finds
 * the best of all divisions.
 *
 * Source: Breiman et al., Classification and Regression Trees (1984), chapters 8 and 9.
 *
 * @param cells Those to fit to, some of them several times.
 */
export function growTree(
  columns: readonly Column[],
  values: Float64Array,
  cells: Int32Array,
): Leaf[] {
  const most = Math.max(...columns.map(({ size }) => size));
  const tree: Tree = {
    columns,
    values,
    counts: new Int32Array(most),
    sums: new Float64Array(most),
    order: new Int32Array(most),
  };
  const squares = cells.reduce((sum, cell) => sum + values[cell] * values[cell], 0);
  const leaves: Leaf[] = [];
  const divide = (cells: Int32Array, spans: Box): void => {
    const sum = cells.reduce((sum, cell) => sum + values[cell], 0);
    const least = sum * sum / cells.length + LEAST_GAIN * squares;
    const split = bestSplit(tree, spans, cells);
    if (!split || split.score <= least) {
      leaves.push({ value: sum / cells.length, spans });
      return;
    }
    const { at, first, second } = split;
    const { places } = columns[at];
    divide(cells.filter((cell) => hasPlace(first, places[cell])), spans.with(at, first));
    divide(cells.filter((cell) => !hasPlace(first, places[cell])), spans.with(at, second));
  };
  divide(cells, columns.map(() => undefined));
  return leaves;
}

/** The best way to divide a node; the first of several that are equally good. */
function bestSplit(tree: Tree, spans: Box, cells: Int32Array): Split | undefined {
  if (cells.length < 2 * LEAST_CELLS) return undefined;
  let best: Split | undefined;
  for (let at = 0; at < tree.columns.length; at++) {
    const span = spans[at] ?? { from: 0, to: tree.columns[at].size };
    const split = bestOfColumn(at, tree, cells, span);
    if (split && (!best || split.score > best.score)) best = split;
  }
  return best;
}

function bestOfColumn(
  at: number,
  { columns, values, counts, sums, order }: Tree,
  cells: Int32Array,
  span: Span,
): Split | undefined {
  const { from, to } = span;
  const { places, isOrdered } = columns[at];
  counts.fill(0, from, to);
  sums.fill(0, from, to);
  let total = 0;
  // Loops over indices: these take most of the time.
  for (let index = 0; index < cells.length; index++) {
    const place = places[cells[index]];
    // A cell without a value would belong to neither part.
    if (place < 0) return undefined;
    const value = values[cells[index]];
    counts[place]++;
    sums[place] += value;
    total += value;
  }
  let seen = 0;
  for (let place = from; place < to; place++) if (counts[place] > 0) order[seen++] = place;
  if (!isOrdered) {
    order.subarray(0, seen).sort((a, b) => sums[a] / counts[a] - sums[b] / counts[b] || a - b);
  }
  let [count, sum, cut, score] = [0, 0, 0, -Infinity];
  for (let index = 1; index < seen; index++) {
    count += counts[order[index - 1]];
    sum += sums[order[index - 1]];
    const rest = cells.length - count;
    if (count < LEAST_CELLS || rest < LEAST_CELLS) continue;
    const left = total - sum;
    const own = sum * sum / count + left * left / rest;
    if (own > score) {
      cut = index;
      score = own;
    }
  }
  if (cut === 0) return undefined;
  if (isOrdered) {
    // Values between the two that were seen go with the nearer one.
    const middle = ((order[cut - 1] + order[cut]) >> 1) + 1;
    return { at, score, first: { from, to: middle }, second: { from: middle, to } };
  }
  const [first, second] = dividedWords([...order.subarray(0, seen)], cut, counts, span);
  return { at, score, first: { from, to, mask: first }, second: { from, to, mask: second } };
}

/** Masks of the first words in an order, and of the others; words without cells go with the more. */
function dividedWords(
  order: readonly number[],
  cut: number,
  counts: Int32Array,
  { to: size, mask }: Span,
): [Uint8Array, Uint8Array] {
  const countOf = (places: readonly number[]) =>
    places.reduce((sum, place) => sum + counts[place], 0);
  const [before, after] = [order.slice(0, cut), order.slice(cut)];
  const [fewer, others] = countOf(before) < countOf(after) ? [before, after] : [after, before];
  const own = Uint8Array.from({ length: size }, (_, place) => Number(fewer.includes(place)));
  const rest = own.map((isOwn, place) => isOwn === 0 && (mask?.[place] ?? 1) === 1 ? 1 : 0);
  return others === after ? [own, rest] : [rest, own];
}
