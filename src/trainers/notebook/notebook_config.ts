import type { Config } from "../hyperparameter.ts";
import { toCamelCase } from "../to_camel_case.ts";

/** Width of both hidden layers. */
export const DIM_H = 128;

/**
 * The highest dropout rate at which dropped units are corrected one by one. Above it, this costs
 * more than products with all of h1; and if all units of a row are dropped, it would leave rounding
 * errors instead of scores that are all exactly 0.
 */
export const FEW_DROPPED = 0.05;

/** The `notebook` trainer's hyperparameters, under the notebook's own names. */
export interface NotebookConfig {
  readonly learningRate: number;
  readonly dropoutRate: number;
  /** In standard deviations of a layer's weights; 0 prunes nothing. */
  readonly pruningRate: number;
  readonly prunePeriod: number;
  readonly lambdaL1: number;
  readonly lambdaL2: number;
  /** The number of the last step, counted from 0. */
  readonly maxSteps: number;
  readonly dispPeriod: number;
  readonly initScale: number;
}

/** The camelCase names of a config of the hyperparameter table. */
export function notebookConfig(config: Config): NotebookConfig {
  return toCamelCase(config) as unknown as NotebookConfig;
}
