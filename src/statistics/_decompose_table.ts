/** What some axes of a table together do to its values that fewer of them do not. */
export interface Component {
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
export function* decomposeTable(
  values: Float64Array,
  sizes: readonly number[],
): Generator<Component> {
  yield* decomposeFrom(0, values, sizes, { axes: [], repeats: 1 });
}

/** `repeats`: how many values of the whole table each of these stands for. */
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
