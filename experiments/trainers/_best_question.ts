/** Rows with the numbers that a tree is to predict. */
export interface Table {
  /** (rows, features). */
  readonly x: Float64Array;
  readonly features: number;
  /** (rows, outputs). */
  readonly y: Float64Array;
  readonly outputs: number;
}

/** Is this column of a row at most the threshold? */
export interface Question {
  readonly column: number;
  readonly threshold: number;
}

/**
 * Finds the best split: the question after which the means of the two sides have the smallest squared
 * error; of several, the first. Undefined if all rows have the same y, or no question leaves enough
 * rows on both sides.
 *
 * @param orders The numbers of some rows, by ascending values of each column.
 * @param sums (outputs): the sums of y over these rows.
 */
export function bestQuestion(
  { x, features, y, outputs }: Table,
  orders: readonly Int32Array[],
  sums: Float64Array,
  minLeafRows: number,
): Question | undefined {
  const [rows] = orders;
  const isLikeFirst = (row: number) =>
    sums.every((_, o) => y[row * outputs + o] === y[rows[0] * outputs + o]);
  if (rows.every(isLikeFirst)) return undefined;
  let best: Question | undefined;
  let bestMerit = -Infinity;
  orders.forEach((order, column) => {
    const low = new Float64Array(outputs);
    for (let count = 1; count < order.length; count++) {
      const row = order[count - 1];
      for (let o = 0; o < outputs; o++) low[o] += y[row * outputs + o];
      const value = x[row * features + column];
      const next = x[order[count] * features + column];
      const others = order.length - count;
      if (value === next || count < minLeafRows || others < minLeafRows) continue;
      // Σy² − Σ(y − mean)² of both sides: the larger, the smaller the error.
      let merit = 0;
      for (let o = 0; o < outputs; o++) {
        const high = sums[o] - low[o];
        merit += low[o] * low[o] / count + high * high / others;
      }
      if (merit <= bestMerit) continue;
      bestMerit = merit;
      // Halfway, but not at the next value, if there is no number in between.
      const middle = value + (next - value) / 2;
      best = { column, threshold: middle < next ? middle : value };
    }
  });
  return best;
}
