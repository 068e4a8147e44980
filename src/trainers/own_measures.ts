import type { NumberFormat } from "../measures/measure.ts";
import type { TrainerName } from "./hyperparameters.ts";

/** A number that a trainer gives of its runs beside the common measures. */
export interface OwnMeasure extends NumberFormat {
  /** Its column. */
  readonly key: string;
  /** The files that have it: each evaluation in curves.csv, the run in runs.csv. */
  readonly files: readonly ("curves" | "runs")[];
  /** Its heading in the report's table of cells; absent of what is not shown there. */
  readonly heading?: string;
}

/**
 * Both trainers say these of their weights, biases excluded: what the penalties add to the loss, the
 * share of weights that are exactly 0, and Σ|w| and √Σw² over the final ones.
 */
const OF_WEIGHTS: readonly OwnMeasure[] = [
  { key: "penalty", files: ["curves"], isPercent: false, decimals: 2, fullDecimals: 4 },
  {
    key: "sparsity",
    files: ["curves", "runs"],
    heading: "Weights at 0",
    isPercent: true,
    decimals: 1,
    fullDecimals: 4,
  },
  { key: "weight_l1", files: ["runs"], isPercent: false, decimals: 2, fullDecimals: 4 },
  {
    key: "weight_l2",
    files: ["runs"],
    heading: "Weights’ L2 norm",
    isPercent: false,
    decimals: 2,
    fullDecimals: 4,
  },
];

const OWN_MEASURES: Readonly<Record<TrainerName, readonly OwnMeasure[]>> = {
  mlp: OF_WEIGHTS,
  notebook: OF_WEIGHTS,
};

/** The measures of some trainers beside the common ones, in the order of columns. */
export function ownMeasuresOf(trainers: Iterable<TrainerName>): OwnMeasure[] {
  const measures = Array.from(trainers, (trainer) => OWN_MEASURES[trainer]).flat();
  return [...new Map(measures.map((measure) => [measure.key, measure])).values()];
}
