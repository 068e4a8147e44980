import type { TrainerDefinition } from "../../src/mod.ts";
import { targetsOf } from "./_targets.ts";

/**
 * k nearest neighbours: a row is like the training rows next to it.
 *
 * It learns nothing but the rows, so it has no parameters. The more neighbours, the smoother the
 * prediction: with one, each training row is predicted by itself.
 *
 * Source: Cover and Hart, Nearest Neighbor Pattern Classification (1967).
 */
export default {
  name: "nearest-neighbours",
  tasks: ["classification", "regression"],
  hyperparameters: {
    neighbours: {
      type: "integer",
      minimum: 1,
      default: 5,
      label: "Neighbours",
      help: "how many training rows a prediction is the mean of; all of them if there are fewer",
    },
    weighting: {
      type: "choice",
      choices: ["equal", "distance"],
      default: "equal",
      label: "Weighting",
      help: "whether neighbours count the same, or each by 1/distance",
    },
  },
  *train({ config: { neighbours, weighting }, data }) {
    const { train: { x: known, rows: knownRows }, features } = data;
    const { outputs, values, toPredictions } = targetsOf(data);
    const count = Math.min(neighbours, knownRows);
    const predict = (x: Float64Array, rows: number) => {
      const fitted = new Float64Array(rows * outputs);
      for (let row = 0; row < rows; row++) {
        const nearest = nearestTo(x.subarray(row * features, (row + 1) * features), known, count);
        // At a distance of 0, 1/distance is more than all others together.
        const isKnown = nearest[0].squares === 0;
        const weights = nearest.map(({ squares }) => {
          if (weighting === "equal") return 1;
          return isKnown ? (squares === 0 ? 1 : 0) : 1 / Math.sqrt(squares);
        });
        const sum = weights.reduce((sum, weight) => sum + weight);
        nearest.forEach(({ row: neighbour }, at) => {
          for (let o = 0; o < outputs; o++) {
            fitted[row * outputs + o] += weights[at] / sum * values[neighbour * outputs + o];
          }
        });
      }
      return toPredictions(fitted);
    };
    yield { step: 0, predict };
  },
} satisfies TrainerDefinition<{ neighbours: number; weighting: string }>;

/** A training row and its squared distance. */
interface Neighbour {
  readonly row: number;
  readonly squares: number;
}

/** The rows nearest to x, nearest first; of those equally near, the first ones. */
function nearestTo(x: Float64Array, known: Float64Array, count: number): Neighbour[] {
  const nearest: Neighbour[] = [];
  for (let row = 0; row < known.length / x.length; row++) {
    let squares = 0;
    for (let i = 0; i < x.length; i++) {
      const difference = x[i] - known[row * x.length + i];
      squares += difference * difference;
    }
    let place = nearest.length;
    while (place > 0 && squares < nearest[place - 1].squares) place--;
    if (place === count) continue;
    nearest.splice(place, 0, { row, squares });
    if (nearest.length > count) nearest.pop();
  }
  return nearest;
}
