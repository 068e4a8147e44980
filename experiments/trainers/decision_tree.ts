import type { TrainerDefinition } from "../../src/mod.ts";
import { bestQuestion } from "./_best_question.ts";
import { targetsOf } from "./_targets.ts";

/**
 * A decision tree: each node splits its rows by a question, whether a column is at most a threshold.
 * A row that reaches a leaf gets the mean of the training rows there.
 *
 * The best split leaves the smallest squared error. Of classes, as 0 and 1, that is the Gini impurity.
 * It is chosen node by node, without looking ahead. Step d of the curve is the tree of depth d.
 *
 * Source: Breiman, Friedman, Olshen and Stone, Classification and Regression Trees (1984).
 */
export default {
  name: "decision-tree",
  tasks: ["classification", "regression"],
  hyperparameters: {
    max_depth: {
      type: "integer",
      minimum: 0,
      maximum: 30,
      default: 10,
      label: "Depth",
      help: "the largest number of questions that a row is asked",
    },
    min_leaf_rows: {
      type: "integer",
      minimum: 1,
      default: 1,
      label: "Rows per leaf",
      help: "the smallest number of training rows on either side of a question",
    },
  },
  *train({ config: { max_depth, min_leaf_rows }, data }) {
    const { train: { x, rows }, features } = data;
    const { outputs, values: y, toPredictions } = targetsOf(data);
    const table = { x, features, y, outputs };
    const nodes: Node[] = [];

    /** Adds a node for some rows, in the order of each column, with all below it, and gives its place. */
    const grow = (orders: readonly Int32Array[], depth: number): number => {
      const sums = new Float64Array(outputs);
      for (const row of orders[0]) sums.forEach((_, o) => sums[o] += y[row * outputs + o]);
      const mean = sums.map((sum) => sum / orders[0].length);
      const node: Node = { mean, column: -1, threshold: 0, low: -1, high: -1 };
      const place = nodes.push(node) - 1;
      const question = depth < max_depth && bestQuestion(table, orders, sums, min_leaf_rows);
      if (!question) return place;
      Object.assign(node, question);
      const isLow = (row: number) => x[row * features + node.column] <= node.threshold;
      // Both sides stay sorted, so that no node has to sort.
      node.low = grow(orders.map((order) => order.filter(isLow)), depth + 1);
      node.high = grow(orders.map((order) => order.filter((row) => !isLow(row))), depth + 1);
      return place;
    };
    grow(
      Array.from({ length: features }, (_, column) => {
        const order = Int32Array.from({ length: rows }, (_, row) => row);
        return order.sort((a, b) => x[a * features + column] - x[b * features + column] || a - b);
      }),
      0,
    );

    for (let depth = 0; depth <= max_depth; depth++) {
      const predict = (x: Float64Array, rows: number) => {
        const fitted = new Float64Array(rows * outputs);
        for (let row = 0; row < rows; row++) {
          let node = nodes[0];
          for (let asked = 0; asked < depth && node.column >= 0; asked++) {
            const isLow = x[row * features + node.column] <= node.threshold;
            node = nodes[isLow ? node.low : node.high];
          }
          fitted.set(node.mean, row * outputs);
        }
        return toPredictions(fitted);
      };
      yield { step: depth, predict };
    }
    const all = (key: "column" | "threshold" | "low" | "high") =>
      Float64Array.from(nodes, (node) => node[key]);
    const [column, threshold, low, high] = [
      all("column"),
      all("threshold"),
      all("low"),
      all("high"),
    ];
    const mean = Float64Array.from(nodes.flatMap(({ mean }) => [...mean]));
    return { parameters: { column, threshold, low, high, mean } };
  },
} satisfies TrainerDefinition<{ max_depth: number; min_leaf_rows: number }>;

/** A node, and the places of those that its question leads to; -1 if it asks nothing. */
interface Node {
  readonly mean: Float64Array;
  column: number;
  threshold: number;
  low: number;
  high: number;
}
