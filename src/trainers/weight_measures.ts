import type { OwnMeasure } from "./trainer.ts";

/**
 * The measures of weights, biases excluded, that all trainers of networks have: the penalties'
 * contribution to the loss, the share of weights that are exactly 0, and Σ|w| and √Σw² of the final
 * weights.
 */
export const WEIGHT_MEASURES: readonly OwnMeasure[] = [
  { key: "penalty", files: ["curves"], isPercent: false, decimals: 2, fullDecimals: 4 },
  {
    key: "sparsity",
    files: ["curves", "runs"],
    heading: "Zero weights",
    isPercent: true,
    decimals: 1,
    fullDecimals: 4,
  },
  { key: "weight_l1", files: ["runs"], isPercent: false, decimals: 2, fullDecimals: 4 },
  {
    key: "weight_l2",
    files: ["runs"],
    heading: "L2 norm of weights",
    isPercent: false,
    decimals: 2,
    fullDecimals: 4,
  },
];
